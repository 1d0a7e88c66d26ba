import { operations } from "@waggle/operations";
import { emptySnapshot } from "@waggle/template";
import { expect, test } from "vitest";
import { functionsOf } from "./declarations.ts";
import { Guest } from "./guest.ts";
import { scriptLimits } from "./limits.ts";
import { loadEngine } from "./sandbox.ts";
import { ScriptDraft } from "./script-draft.ts";
import { ScriptProgress } from "./script-progress.ts";
import { wrapForRun } from "./script-wrapper.ts";

const functions = functionsOf(operations);
const names = [...functions.keys()];

async function openGuest() {
  const progress = new ScriptProgress(names);
  const guest = await Guest.create({
    engine: await loadEngine(),
    functions: names,
    limits: scriptLimits,
    progress,
    log: () => undefined,
  });
  const draft = new ScriptDraft({ base: emptySnapshot, functions, refused: new Set(), limits: scriptLimits, progress });
  return { guest, draft };
}

test("a bug of ours in a call or at the end is thrown on, and not told as the script's own", async () => {
  const bug = new TypeError("a bug of ours");
  const broken = (): never => {
    throw bug;
  };
  const inCall = await openGuest();
  inCall.draft.call = broken;
  const calling = "try { bee.addSection({ columns: [12] }); } catch {} return 1;";
  expect(() => inCall.guest.run({ code: wrapForRun(calling), now: 0, draft: inCall.draft })).toThrow(bug);
  const atTheEnd = await openGuest();
  atTheEnd.draft.finish = broken;
  expect(() => atTheEnd.guest.run({ code: wrapForRun("return 1"), now: 0, draft: atTheEnd.draft })).toThrow(bug);
});
