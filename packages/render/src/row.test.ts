import { applyChange, type ElementId, type Snapshot, settingsId, type Value } from "@waggle/template";
import { expect, test } from "vitest";
import everyModule from "./fixtures/every-module.test.json" with { type: "json" };
import { pageSnapshot } from "./fixtures/page-snapshot.test.support.ts";
import { type Page, pageOf } from "./page.ts";
import { RowRenderer, rowIdsOf } from "./row.ts";
import { type ElementNode, isHtmlContent } from "./tree.ts";

test("the same nodes give the same trees", () => {
  const snapshot = pageSnapshot(everyModule);
  const renderer = new RowRenderer();
  const first = draw(renderer, snapshot);
  const second = draw(renderer, snapshot, first);
  expect(second.rows.map((row, index) => row === first.rows[index])).toEqual(Array(5).fill(true));
});

test("one changed property draws one row anew, and in it one module", () => {
  const before = pageSnapshot(everyModule);
  const renderer = new RowRenderer();
  const first = draw(renderer, before);
  const after = withValue(before, {
    id: "module-button",
    key: "/descriptor/button/href",
    value: "https://example.com/new",
  });
  const second = draw(renderer, after, first);

  const changedRows = second.rows.filter((row, index) => row !== first.rows[index]);
  expect(changedRows.map((row) => row.element?.id)).toEqual(["row-media"]);
  const modulesBefore = modulesIn(first.rows);
  const changedModules = [...modulesIn(second.rows)].filter(([id, tree]) => modulesBefore.get(id) !== tree);
  expect(changedModules.map(([id]) => id)).toEqual(["module-button"]);
});

test("a setting that doesn't show draws nothing anew; the width of the message draws all", () => {
  const before = pageSnapshot(everyModule);
  const renderer = new RowRenderer();
  const first = draw(renderer, before);
  const titled = withValue(before, { id: settingsId, key: "/page/title", value: "Another" });
  const widened = withValue(before, {
    id: settingsId,
    key: "/page/body/content/computedStyle/messageWidth",
    value: "700px",
  });

  const second = draw(renderer, titled, first);
  expect(second.page).toBe(first.page);
  expect(second.rows.map((row, index) => row === first.rows[index])).toEqual(Array(5).fill(true));
  const third = draw(renderer, widened, second);
  expect(third.rows.map((row, index) => row === second.rows[index])).toEqual(Array(5).fill(false));
});

test("columns share the width that padding, borders and gaps leave", () => {
  const snapshot = pageSnapshot({
    page: {
      body: { content: { style: {}, computedStyle: { messageWidth: "600px" } } },
      rows: [
        {
          uuid: "row",
          content: {
            style: { "padding-left": "20px", "padding-right": 20 },
            computedStyle: { columnsSpacing: "20px" },
          },
          columns: [
            { uuid: "left", "grid-columns": 4, modules: [image("small", {})] },
            { uuid: "right", "grid-columns": 8, modules: [image("large", { "padding-left": "10px" })] },
          ],
        },
      ],
    },
  });
  const modules = modulesIn(draw(new RowRenderer(), snapshot).rows);
  expect([...modules.values()].map((tree) => findTag(tree, "img")?.attributes.width)).toEqual(["180", "350"]);
});

test("what stands under a parent of the wrong kind is not drawn", () => {
  const snapshot = pageSnapshot(everyModule);
  const stray = applyChange(snapshot, {
    "module-button": { pos: { before: snapshot.nodes.get("module-button")?.pos ?? null, after: ["row-text", "zz"] } },
  });
  expect(modulesIn(draw(new RowRenderer(), stray).rows).has("module-button")).toBe(false);
});

test("people editing see where nothing is, readers don't", () => {
  const snapshot = pageSnapshot(everyModule);
  const texts = (mode: "edit" | "send"): string => {
    const renderer = new RowRenderer();
    return JSON.stringify(rowIdsOf(snapshot).map((id) => renderer.row(snapshot, id, { page: pageOf(snapshot), mode })));
  };
  for (const note of ["Empty column", "countdown", "A “hologram” module can't be shown here", "Weather"]) {
    expect(texts("edit")).toContain(note);
    expect(texts("send")).not.toContain(note);
  }
  expect(texts("send")).toContain("{{ weather }}");
});

interface Drawing {
  readonly page: Page;
  readonly rows: readonly ElementNode[];
}

/** Draws a snapshot, after another one where there was one, as an output does. */
function draw(renderer: RowRenderer, snapshot: Snapshot, previous?: Drawing): Drawing {
  const page = pageOf(snapshot, previous?.page);
  return { page, rows: rowIdsOf(snapshot).map((id) => renderer.row(snapshot, id, { page, mode: "edit" })) };
}

function withValue(snapshot: Snapshot, { id, key, value }: { id: ElementId; key: string; value: Value }): Snapshot {
  const before = snapshot.nodes.get(id)?.[key];
  return applyChange(snapshot, { [id]: { [key]: { ...(before === undefined ? {} : { before }), after: value } } });
}

function modulesIn(rows: readonly ElementNode[]): Map<ElementId, ElementNode> {
  const modules = new Map<ElementId, ElementNode>();
  const visit = (node: ElementNode): void => {
    if (node.element?.kind === "module") modules.set(node.element.id, node);
    for (const child of childrenIn(node)) visit(child);
  };
  for (const row of rows) visit(row);
  return modules;
}

function findTag(node: ElementNode, tag: string): ElementNode | undefined {
  if (node.tag === tag) return node;
  return childrenIn(node)
    .map((child) => findTag(child, tag))
    .find((found) => found !== undefined);
}

function childrenIn({ content }: ElementNode): readonly ElementNode[] {
  return isHtmlContent(content) ? [] : content.filter((child) => typeof child !== "string");
}

function image(uuid: string, style: Record<string, string>): unknown {
  return {
    uuid,
    type: "mailup-bee-newsletter-modules-image",
    descriptor: {
      image: { src: "https://example.com/a.png", alt: "" },
      style,
      computedStyle: { class: "center autowidth" },
    },
  };
}
