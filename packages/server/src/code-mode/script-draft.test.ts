import { operations, runOperation } from "@waggle/operations";
import { applyChange, Draft, emptySnapshot, newElementId, type Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { expect, test } from "vitest";
import { functionsOf } from "./declarations.ts";
import { scriptLimits } from "./limits.ts";
import { ScriptDraft } from "./script-draft.ts";

const functions = functionsOf(operations);
const draftOf = (base: Snapshot, limits = scriptLimits): ScriptDraft =>
  new ScriptDraft({ base, functions, requireAllowed: () => undefined, limits });
const idIn = (answer: ReturnType<ScriptDraft["call"]>): string =>
  "output" in answer ? String(Reflect.get(Object(answer.output), "elementId")) : "";

function written(script: ScriptDraft, onto: Snapshot): Snapshot {
  const draft = new Draft(onto);
  script.applyTo({ draft, codec: htmlCodec, newId: newElementId });
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
  const after = written(script, applyChange(emptySnapshot, others.changeSet()));
  expect([section, title, String(Reflect.get(output, "elementId"))].every((id) => after.nodes.has(id))).toBe(true);
  expect(written(script, emptySnapshot).nodes.has(title)).toBe(true);
});

test("[CODE-14] a call that others have made impossible meanwhile fails the whole script", () => {
  const first = draftOf(emptySnapshot);
  const section = idIn(first.call("addSection", '{"columns":[12]}'));
  const base = written(first, emptySnapshot);
  const script = draftOf(base);
  script.call("addTitle", JSON.stringify({ section, text: "Mine" }));
  const others = draftOf(base);
  others.call("deleteElement", JSON.stringify({ elementId: section }));
  expect(() => written(script, written(others, base))).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
});

test("[CODE-20] calls beyond their number, or beyond the server's time for them, stop the script", () => {
  const counted = draftOf(emptySnapshot, { ...scriptLimits, calls: 1 });
  expect(counted.call("getContentHierarchy", "{}")).toHaveProperty("output");
  expect(counted.call("getContentHierarchy", "{}")).toStrictEqual({ stop: "calls" });
  const timed = draftOf(emptySnapshot, { ...scriptLimits, callsMs: 0 });
  timed.call("getContentHierarchy", "{}");
  expect(timed.call("getContentHierarchy", "{}")).toStrictEqual({ stop: "calls-time" });
});
