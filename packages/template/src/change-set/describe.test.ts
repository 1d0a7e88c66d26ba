import { addRow } from "@waggle/testing";
import { expect, test } from "vitest";
import { type NodeData, rootId, settingsId } from "../document/node.ts";
import { applyChange, type Snapshot, snapshotOf } from "../document/snapshot.ts";
import { blockEnd, type RichText } from "../document/value.ts";
import { Draft } from "../draft/draft.ts";
import { invert } from "./algebra.ts";
import { describeChange } from "./describe.ts";

const text = (words: string): RichText => ({ rich: [[words + blockEnd]] });
const labelKey = "/descriptor/button/label";
const paragraphKey = "/descriptor/paragraph/html";
const long = "Dear customer, we are pleased to inform you that our new timetable for the autumn season is available.";

function module(type: string, order: string, properties: NodeData): NodeData {
  return { type: "module", pos: ["column", order], "/type": `mailup-bee-newsletter-modules-${type}`, ...properties };
}

const before = snapshotOf([
  ["row", { type: "row", pos: [rootId, "a0"] }],
  ["column", { type: "column", pos: ["row", "a0"], "/grid-columns": 12 }],
  ["button", module("button", "a0", { [labelKey]: text("Buy"), "/descriptor/button/href": "https://example.com" })],
  ["paragraph", module("paragraph", "a1", { [paragraphKey]: text(long) })],
]);

test("translations and tables have sentences of their own", () => {
  const french = "/descriptor/paragraph/translations/fr-FR/html";
  const base = snapshotOf([
    ...before.nodes.entries(),
    ["paragraph", module("paragraph", "a1", { [paragraphKey]: text("Hello"), [french]: text("Bonjour") })],
    ["table", module("table", "a2", { "/descriptor/table/content": text("Monday") })],
  ]);
  expect(describe((draft) => draft.set("paragraph", french, text("Salut")), base)).toEqual([
    "Paragraph text in fr-FR “Bonjour” → “Salut”",
  ]);
  expect(describe((draft) => draft.set("table", "/descriptor/table/content", text("Sunday")), base)).toEqual([
    "Table text “Monday” → “Sunday”",
  ]);
});

function describe(edit: (draft: Draft) => void, base: Snapshot = before): string[] {
  const draft = new Draft(base);
  edit(draft);
  const change = draft.changeSet();
  return describeChange(change, base, applyChange(base, change)).map(({ sentence }) => sentence);
}

test("a short text is quoted as a whole, of a long one what changed", () => {
  expect(describe((draft) => draft.set("button", labelKey, text("Order now")))).toEqual([
    "Button text “Buy” → “Order now”",
  ]);
  const shorter = text(long.replace("pleased to inform you", "happy to say"));
  expect(describe((draft) => draft.set("paragraph", paragraphKey, shorter))).toEqual([
    "Paragraph text “pleased to inform you” → “happy to say”",
  ]);
  const more = text(`${long} See below.`);
  expect(describe((draft) => draft.set("paragraph", paragraphKey, more))).toEqual([
    "Paragraph text “See below.” added",
  ]);
  const less = text(long.replace(" for the autumn season", ""));
  expect(describe((draft) => draft.set("paragraph", paragraphKey, less))).toEqual([
    "Paragraph text “for the autumn season” removed",
  ]);
  const bold: RichText = { rich: [["Buy", { strong: {} }], [blockEnd]] };
  expect(describe((draft) => draft.set("button", labelKey, bold))).toEqual(["Button text formatted"]);
});

test("one property is named with its values, several by name", () => {
  const href = "/descriptor/button/href";
  expect(describe((draft) => draft.set("button", href, "https://example.org"))).toEqual([
    "Button link https://example.com → https://example.org",
  ]);
  expect(describe((draft) => draft.set("button", href, undefined))).toEqual(["Button link removed"]);
  expect(describe((draft) => draft.set("button", "/descriptor/button/style/color", "#ffffff"))).toEqual([
    "Button text colour set to #ffffff",
  ]);
  const several = ["color", "background-color", "border-radius", "font-size", "width"];
  const setAll = (draft: Draft) =>
    several.forEach((key) => void draft.set("button", `/descriptor/button/style/${key}`, "1px"));
  expect(describe(setAll)).toEqual(["Button changed: text colour, fill, radius and 2 more"]);
  expect(describe((draft) => draft.set(settingsId, "/page/title", "Spring"))).toHaveLength(1);
});

test("what hides an element says so, other flags are on or off", () => {
  const mobile = "/descriptor/computedStyle/hideContentOnMobile";
  const shown = applyChange(before, { button: { [mobile]: { after: false }, "/locked": { after: false } } });
  const sentences = (key: string): string[] => {
    const draft = new Draft(shown);
    draft.set("button", key, true);
    const change = draft.changeSet();
    return describeChange(change, shown, applyChange(shown, change)).map(({ sentence }) => sentence);
  };
  expect(sentences(mobile)).toEqual(["Button hidden on mobile: no → yes"]);
  expect(sentences("/locked")).toEqual(["Button locked off → on"]);
  expect(describe((draft) => draft.set("button", mobile, true))).toEqual(["Button hidden on mobile: set to yes"]);
});

test("what came, went and moved is said once, columns of a new row not at all", () => {
  const addSection = (draft: Draft): void => {
    addRow(draft, { id: "new", index: 0, widths: [6, 6] });
  };
  expect(describe(addSection)).toEqual(["Row added"]);
  expect(describe((draft) => draft.remove("paragraph"))).toEqual(["Paragraph deleted"]);
  expect(describe((draft) => draft.remove("row"))).toEqual(["Row deleted"]);
  expect(describe((draft) => draft.move("paragraph", { parent: "column", index: 0 }))).toEqual(["Paragraph moved"]);
  const moveAndEdit = (draft: Draft): void => {
    draft.move("button", { parent: "column", index: 1 });
    draft.set("button", labelKey, text("Order"));
  };
  expect(describe(moveAndEdit)).toEqual(["Button text “Buy” → “Order”", "Button moved"]);
});

test("a deletion taken back is a return; what happens in the trash is nobody's business", () => {
  const draft = new Draft(before);
  draft.remove("row");
  const deleted = applyChange(before, draft.changeSet());
  expect(describeChange(invert(draft.changeSet()), deleted, before)).toEqual([
    { elementId: "row", sentence: "Row restored" },
  ]);
  const late = { button: { "/descriptor/button/href": { before: "https://example.com", after: "late" } } };
  expect(describeChange(late, deleted, applyChange(deleted, late))).toEqual([]);
});
