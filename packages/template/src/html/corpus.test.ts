import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Run } from "../document/value.ts";
import { htmlCodec } from "./codec.ts";
import { parseHtml } from "./parse.ts";
import { sanitiseHtml } from "./sanitise.ts";

const corpus = join(import.meta.dirname, "../../../../../shared/corpus");
const htmlKeys: { readonly [module: string]: string } = {
  heading: "text",
  paragraph: "html",
  text: "html",
  list: "html",
  button: "label",
};

/** The distinct text fields of all pages and rows, translations and table cells included. */
function corpusFields(): string[] {
  const files = ["pages", "rows"].flatMap((folder) =>
    readdirSync(join(corpus, folder)).map((name) => join(corpus, folder, name)),
  );
  const fields = new Set<string>();
  for (const file of files) collect(JSON.parse(readFileSync(file, "utf8")), fields);
  return [...fields];
}

function collect(value: unknown, fields: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const texts = key === "translations" || key === "cells" ? Object.values(child ?? {}) : [child];
    const names = htmlKeys[key] === undefined ? ["html", "text", "label"] : [htmlKeys[key]];
    if (htmlKeys[key] !== undefined || key === "translations" || key === "cells") {
      for (const text of texts) for (const name of names) addField(text, name, fields);
    }
    collect(child, fields);
  }
}

function addField(text: unknown, name: string, fields: Set<string>): void {
  if (typeof text !== "object" || text === null) return;
  const field: unknown = Object.entries(text).find(([key]) => key === name)?.[1];
  if (typeof field === "string") fields.add(field);
}

test.skipIf(!existsSync(corpus))("text fields of real templates are rich text, and come back as they came", () => {
  const fields = corpusFields();
  const rich = fields.filter((html) => htmlCodec.parse(html) !== undefined);
  // biome-ignore lint/suspicious/noConsole: the share is the finding.
  console.info(`${rich.length} of ${fields.length} distinct text fields are rich text`);
  expect(fields.length).toBeGreaterThan(100);
  expect(fields.length - rich.length).toBeLessThanOrEqual(1);
  for (const html of rich) {
    const text = htmlCodec.parse(html);
    expect(text && htmlCodec.serialise(text)).toBe(html);
  }
});

test.skipIf(!existsSync(corpus))("an edited word changes only its block in real texts of several blocks", () => {
  let edited = 0;
  for (const html of corpusFields()) {
    const parsed = parseHtml(html);
    if ("reason" in parsed || parsed.blocks.length < 2) continue;
    const at = parsed.rich.findIndex(([run]) => /[a-z]{3}/i.test(run));
    const run = parsed.rich[at];
    if (!run) continue;
    const changed: Run = [run[0].replace(/[a-z]{3}/i, "XYZ"), run[1] ?? {}];
    const written = htmlCodec.serialise({ rich: parsed.rich.with(at, changed), html });
    const kept = parsed.blocks.filter(({ start, end }) => written.includes(html.slice(start, end)));
    expect(kept.length).toBeGreaterThanOrEqual(parsed.blocks.length - 1);
    expect(written.startsWith(parsed.open)).toBe(true);
    expect(written.endsWith(parsed.close)).toBe(true);
    edited++;
  }
  expect(edited).toBeGreaterThan(0);
});

test.skipIf(!existsSync(corpus))("sanitising takes nothing from real texts that anyone would see", () => {
  for (const html of corpusFields()) {
    const safe = sanitiseHtml(html);
    expect(visible(safe)).toBe(visible(html));
    expect(sanitiseHtml(safe)).toBe(safe);
  }
});

/** Text, and how it looks. */
function visible(html: string): unknown {
  const parsed = parseHtml(html);
  if ("reason" in parsed) return html.replace(/<[^>]*>/g, "");
  return parsed.canonical;
}
