import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { AnyOperation } from "@waggle/contract";
import { type Json, walk } from "@waggle/template";
import { expect, test } from "vitest";
import type { OperationContext } from "../context.ts";
import { editOperations } from "../edit/index.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { getElementDetails } from "./get-element-details.ts";

const corpus = new URL("../../../../../shared/corpus/pages/", import.meta.url);

function pages(): readonly (readonly [name: string, page: Json])[] {
  const own: readonly (readonly [string, Json])[] = [["the small page", smallPage()]];
  if (!existsSync(corpus)) {
    // biome-ignore lint/suspicious/noConsole: says why less is tried
    console.info("No ../shared/corpus beside the project: only the small page is read.");
    return own;
  }
  return [
    ...own,
    ...readdirSync(corpus).map((name) => [name, JSON.parse(readFileSync(new URL(name, corpus), "utf8"))] as const),
  ];
}

/** The argument that names the element. */
const idArguments: Readonly<Record<string, string>> = { row: "sectionId", column: "columnId", module: "elementId" };

test.each(pages())(
  "in %s, what is read of any element can be given to its update, and changes nothing",
  (_name, page) => {
    const story = new Story(page);
    const faults: unknown[] = [];
    let updated = 0;
    for (const { id, kind } of [...walk(story.snapshot)]) {
      const { updateWith, properties } = story.run(getElementDetails, { elementId: id });
      const operation: AnyOperation<OperationContext> | undefined = editOperations.find(
        ({ name }) => name === updateWith,
      );
      if (!operation) continue;
      try {
        const { changed } = story.run(operation, { ...properties, [idArguments[kind] ?? ""]: id });
        updated += 1;
        if (changed.length > 0 || Object.keys(story.change).length > 0)
          faults.push([id, updateWith, changed, story.change]);
      } catch (failure) {
        faults.push([id, updateWith, String(failure)]);
      }
    }
    expect(faults).toEqual([]);
    expect(updated).toBeGreaterThan(0);
  },
);
