import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { AnyOperation } from "@waggle/contract";
import {
  applyChange,
  emptySnapshot,
  exportPage,
  importPage,
  isRichText,
  type Json,
  type ModuleType,
  moduleTypeName,
  moduleTypes,
  walk,
} from "@waggle/template";
import { forEachSeed, type Random } from "@waggle/testing";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import type { OperationContext } from "./context.ts";
import { editOperations } from "./edit/index.ts";
import { findEditable } from "./modules/editable.ts";
import { emptyPage, Story, smallPage } from "./story.test.support.ts";

const corpus = new URL("../../../../shared/corpus/pages/", import.meta.url);

function pages(): readonly Json[] {
  const own = [smallPage(), emptyPage(), oneOfEach(), oneOfEach()];
  if (!existsSync(corpus)) {
    // biome-ignore lint/suspicious/noConsole: says why less is tried
    console.info("No ../shared/corpus beside the project: only the two small pages are edited.");
    return own;
  }
  const files = readdirSync(corpus).map((name) => readFileSync(new URL(name, corpus), "utf8"));
  return [...own, ...files.map((text): Json => JSON.parse(text))];
}

/** A section with one module of each type that a tool changes. */
function oneOfEach(): Json {
  const types = (Object.keys(moduleTypes) as ModuleType[]).map(moduleTypeName);
  const editable = types.filter((type) => findEditable({ type: "module", "/type": type }));
  const modules = editable.map((type) => ({ uuid: `one-${type}`, type, descriptor: {} }));
  return { page: { rows: [{ uuid: "row-1", columns: [{ uuid: "column-1", "grid-columns": 12, modules }] }] } };
}

/** Values for any argument; those its schema accepts are used. */
const values: readonly unknown[] = [
  ...[
    [
      { name: "x", href: "{{ url }}" },
      { name: "Blog", src: "a.png" },
    ],
    [{ name: "email" }],
    [{ name: "nowhere" }],
  ],
  ...[[{ src: "berth.png", text: "A < B" }], [{ src: "a.png", textPosition: "top", width: 40 }, { src: "berth.png" }]],
  ...["outline", "filled", "1px solid #dddddd", "none"],
  ...[true, false, 0, 1, 2, 4, 8, 12, 16, 24, 40, 100, 400, 700, 1.2, 1.5, [12], [6, 6], [4, 4, 4], [2, 10]],
  ...[
    "auto",
    "left",
    "center",
    "right",
    "ltr",
    "rtl",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "top",
    "middle",
    "solid",
    "dashed",
  ],
  ...["#14312b", "transparent", "Georgia, serif", "inherit", "_blank", "_self", "https://example.com", "{{ url }}"],
  ...["50%", "100%", 320, 640, "data:image/png;base64,AA==", "en", "pt-BR"],
  ...["Plain words", "A < B & C", "Hello {{ first_name }}, {% if a < b %}yes{% endif %}", "line\nline\n\nparagraph"],
  ...["<p>One</p><p>Two <b>bold</b></p>", "<ul><li>a</li><li>b</li></ul>", "<b>open", "a<br>b", "<i>in</i>line"],
  ...[
    '<a href="{{ link }}">merge</a>',
    '<span style="color: red;">red</span>',
    "",
    " ",
    "\u2029\ufffc",
    "[name] *|NAME|*",
  ],
  ...[
    ["One", "Two"],
    ["<b>One</b> of", "{{ link }} item", "a<br>b"],
    ["x <ul><li>y</li></ul>", "One"],
  ],
  ...[
    [
      ["One", "Two"],
      ["<i>three</i>", "4 < 5"],
    ],
    [["One"], ["{{ two }}"], [""]],
    [["One", "Two", 3]],
  ],
  ...[[{ text: "Shop", href: "{{ url }}" }], [{ text: "Shop" }, { text: "A < B", href: "#top", target: "_self" }]],
];

function randomInput(random: Random, operation: AnyOperation<OperationContext>, story: Story): Record<string, unknown> {
  const ids = idsFor(random, operation, story);
  const input: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries<z.ZodMiniType>(operation.input.shape)) {
    const isOptional = z.safeParse(schema, undefined).success;
    if (isOptional && random.chance(0.7)) continue;
    const isRow = name === "before_row_id" || (name === "section" && random.chance(0.7));
    const isId = isRow || ["elementId", "sectionId", "columnId"].includes(name);
    const accepted = isId
      ? isRow
        ? rowsOr(ids, story)
        : ids
      : values.filter((value) => z.safeParse(schema, value).success);
    if (accepted.length > 0) input[name] = random.pick(accepted);
  }
  return input;
}

/** The rows there are; any ids where there are none. */
function rowsOr(ids: readonly string[], story: Story): readonly string[] {
  const rows = [...walk(story.snapshot)].filter(({ kind }) => kind === "row").map(({ id }) => id);
  return rows.length > 0 ? rows : ids;
}

/** Mostly ids of the type the operation is for; otherwise any, which it may have to refuse. */
function idsFor(random: Random, { name }: AnyOperation, story: Story): readonly string[] {
  const all = [...story.snapshot.nodes.entries()];
  const fitting = all.filter(([, node]) => findEditable(node)?.updateWith === name);
  return (fitting.length > 0 && random.chance(0.9) ? fitting : all).map(([id]) => id);
}

/** Runs one random edit; answers whether it was accepted. A refusal has to be a declared one. */
function edit(random: Random, operation: AnyOperation<OperationContext>, story: Story): boolean {
  const input = randomInput(random, operation, story);
  try {
    story.run(operation, input);
    return true;
  } catch (failure) {
    const refusal = story.refusal(operation, input);
    if (!operation.errors.includes(refusal.code)) throw failure;
    return false;
  }
}

/** A text that was rich and still is has to have changed by letters, or people's typing in it would be lost. */
function expectDeltas(story: Story, before: Story["snapshot"]): number {
  let deltas = 0;
  for (const [id, cells] of Object.entries(story.change)) {
    for (const [key, cell] of Object.entries(cells)) {
      if (!isRichText(before.nodes.get(id)?.[key]) || !isRichText(story.snapshot.nodes.get(id)?.[key])) continue;
      expect(Object.keys(cell)).toEqual(["text"]);
      deltas += 1;
    }
  }
  return deltas;
}

test("random valid edits leave a valid template that exports to what it imports to", () => {
  const templates = pages();
  const atLeast = { ...Object.fromEntries(editOperations.map(({ name }) => [name, 0.05])), deltas: 0.1 };
  forEachSeed({ count: 80, atLeast }, (random, tally) => {
    const story = new Story(random.pick(templates));
    for (let step = 0; step < 32; step++) {
      const operation: AnyOperation<OperationContext> = random.pick<AnyOperation<OperationContext>>(editOperations);
      const before = story.snapshot;
      if (!edit(random, operation, story)) continue;
      tally.count(operation.name);
      tally.count("deltas", expectDeltas(story, before));
    }
    const exported = story.export();
    const newId = () => expect.fail("An exported element has no uuid of its own.");
    const again = applyChange(emptySnapshot, importPage(exported, { newId, codec: story.codec }));
    expect(exportPage(again, { codec: story.codec })).toEqual(exported);
  });
});
