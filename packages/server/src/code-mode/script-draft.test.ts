import { operations, runOperation } from "@waggle/operations";
import { applyChange, Draft, emptySnapshot, newElementId, type Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { expect, test } from "vitest";
import { functionsOf } from "./declarations.ts";
import { scriptLimits } from "./limits.ts";
import { ScriptDraft } from "./script-draft.ts";
import { ScriptProgress } from "./script-progress.ts";
import { repeatWork } from "./script-work.ts";

const functions = functionsOf(operations);
const draftOf = (base: Snapshot, limits = scriptLimits): ScriptDraft =>
  new ScriptDraft({ base, functions, refused: new Set(), limits, progress: new ScriptProgress([]) });
const idIn = (answer: ReturnType<ScriptDraft["call"]>): string =>
  "output" in answer ? String(Reflect.get(Object(answer.output), "elementId")) : "";

/** The template with what a script did to `base`, which is what it saw. */
function written(
  script: ScriptDraft,
  { base, onto = base }: { readonly base: Snapshot; readonly onto?: Snapshot },
): Snapshot {
  const draft = new Draft(onto);
  const byName = new Map(operations.map((each) => [each.name, each]));
  const context = { draft, codec: htmlCodec, newId: newElementId };
  repeatWork(script.finish(), context, { base, operations: byName });
  draft.validate();
  return applyChange(onto, draft.changeSet());
}

test("[CODE-14] what others did meanwhile stays: the calls are carried out again, with the same ids", () => {
  const script = draftOf(emptySnapshot);
  const section = idIn(script.call("addSection", '{"columns":[12]}'));
  const title = idIn(script.call("addTitle", JSON.stringify({ section, text: "Mine" })));
  const others = new Draft(emptySnapshot);
  const addSection = functions.get("addSection");
  if (!addSection) throw new Error("There is no addSection.");
  const context = { draft: others, codec: htmlCodec, newId: newElementId };
  const { output } = runOperation(addSection, context, { columns: [6, 6] });
  const after = written(script, { base: emptySnapshot, onto: applyChange(emptySnapshot, others.changeSet()) });
  expect([section, title, String(Reflect.get(output, "elementId"))].every((id) => after.nodes.has(id))).toBe(true);
  expect(written(script, { base: emptySnapshot }).nodes.has(title)).toBe(true);
});

test("[CODE-14] a call that others have made impossible meanwhile fails the whole script", () => {
  const first = draftOf(emptySnapshot);
  const section = idIn(first.call("addSection", '{"columns":[12]}'));
  const base = written(first, { base: emptySnapshot });
  const script = draftOf(base);
  script.call("addTitle", JSON.stringify({ section, text: "Mine" }));
  const others = draftOf(base);
  others.call("deleteElement", JSON.stringify({ elementId: section }));
  expect(() => written(script, { base, onto: written(others, { base }) })).toThrow(
    expect.objectContaining({ code: "INVALID_INPUT" }),
  );
});

test("[CODE-20] calls beyond their number, or beyond the server's time for them, stop the script", () => {
  const counted = draftOf(emptySnapshot, { ...scriptLimits, calls: 1 });
  expect(counted.call("getContentHierarchy", "{}")).toHaveProperty("output");
  expect(counted.call("getContentHierarchy", "{}")).toStrictEqual({ stop: "calls" });
  const timed = draftOf(emptySnapshot, { ...scriptLimits, callsMs: 0 });
  timed.call("getContentHierarchy", "{}");
  expect(timed.call("getContentHierarchy", "{}")).toStrictEqual({ stop: "calls-time" });
});
