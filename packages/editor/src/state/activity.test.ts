import type { Actor } from "@waggle/contract";
import type { ChangeEvent } from "@waggle/sdk";
import { applyChange, blockEnd, describeChange, type RichText, type Snapshot, snapshotOf } from "@waggle/template";
import { expect, test } from "vitest";
import { Activity } from "./activity.ts";

const maya: Actor = { kind: "person", id: "maya", name: "Maya" };
const scout: Actor = { kind: "agent", id: "scout", name: "Scout" };
const key = "/descriptor/heading/text";

function page(): Snapshot {
  const text: RichText = {
    rich: [["Hi"], [blockEnd, { block: { kind: "paragraph", tag: "", style: null, rest: null } }]],
  };
  const type = "mailup-bee-newsletter-modules-heading";
  return snapshotOf([
    ["row", { type: "row", pos: ["root", "a0"] }],
    ["column", { type: "column", pos: ["row", "a0"] }],
    ["one", { type: "module", pos: ["column", "a0"], "/type": type, [key]: text }],
    ["two", { type: "module", pos: ["column", "a1"], "/type": type, [key]: text }],
  ]);
}

/** An insertion at the end of a title. */
function typed(
  before: Snapshot,
  { id, insert, at, actor }: { id: string; insert: string; at: number; actor: Actor },
): ChangeEvent {
  const node = before.nodes.get(id)?.[key];
  const length =
    typeof node === "object" && node !== null && "rich" in node ? String((node as RichText).rich[0]?.[0]).length : 0;
  const change = { [id]: { [key]: { text: [{ keep: length }, { insert }] } } };
  const origin = actor.kind === "agent" ? "remote" : "text";
  return { change, before, after: applyChange(before, change), actor, operation: "edit", origin, at };
}

test("a run of typing is one line, also while an agent works elsewhere", () => {
  const activity = new Activity(describeChange);
  const first = typed(page(), { id: "one", insert: " t", at: 0, actor: maya });
  const other = typed(first.after, { id: "two", insert: " all", at: 500, actor: scout });
  const second = typed(other.after, { id: "one", insert: "here", at: 900, actor: maya });

  for (const event of [first, other, second]) activity.addChange(event);

  const lines = activity.items.value.map(
    (item) => item.kind === "change" && [item.actor.name, item.lines[0]?.sentence],
  );
  expect(lines).toEqual([
    ["Maya", "Title text “Hi” → “Hi there”"],
    ["Scout", "Title text “Hi” → “Hi all”"],
  ]);
});

test("after someone else wrote in it, a new line begins", () => {
  const activity = new Activity(describeChange);
  const mine = typed(page(), { id: "one", insert: " a", at: 0, actor: maya });
  const theirs = typed(mine.after, { id: "one", insert: " b", at: 100, actor: scout });
  const mineAgain = typed(theirs.after, { id: "one", insert: " c", at: 200, actor: maya });

  for (const event of [mine, theirs, mineAgain]) activity.addChange(event);

  expect(activity.items.value.map((item) => item.kind === "change" && item.actor.name)).toEqual([
    "Maya",
    "Scout",
    "Maya",
  ]);
  expect(activity.countBy("maya")).toBe(2);
});
