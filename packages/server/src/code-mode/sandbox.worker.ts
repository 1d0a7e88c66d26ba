// A thread for scripts, one after the other, with the operations beside them: a script's calls are carried out here.
import assert from "node:assert/strict";
import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { extraOperations, operations } from "@waggle/operations";
import type { Snapshot } from "@waggle/template";
import { functionsOf } from "./declarations.ts";
import { Guest } from "./guest.ts";
import { lowerPriority, threadNumber } from "./polite-priority.ts";
import type { SandboxMessage, SandboxRequest, SandboxSetup, ScriptEnding, ScriptOrder } from "./protocol.ts";
import { checkName, ScriptDraft } from "./script-draft.ts";
import { ScriptProgress } from "./script-progress.ts";
import { updated } from "./snapshot-update.ts";

/** An engine that has grown beyond this is not followed by another in the same thread: its memory ends with the thread. */
const largestEngineBytes = 8 * 1024 * 1024;
/** The same for what scripts did to templates: a large one takes about 20 MB. */
const largestHeapBytes = 128 * 1024 * 1024;

const tooMuch = JSON.stringify({ kind: "stopped", reason: "work" } satisfies ScriptEnding);

lowerPriority(threadNumber());
assert(parentPort, "This file is a thread of the server.");
const port = parentPort;
// The server's thread made it, with this very type.
const setup = workerData as SandboxSetup;
const tell = (message: SandboxMessage): void => port.postMessage(message);

const functions = functionsOf(setup.operations.map(requireOperation));
const names = [...functions.keys(), checkName];
const progress = new ScriptProgress(names, setup.progress);
const { engine, limits } = setup;
const log = (text: string): void => tell({ kind: "log", text });
const newGuest = (): Promise<Guest> => Guest.create({ engine, functions: names, limits, progress, log });

function requireOperation(name: string) {
  const operation = [...operations, ...extraOperations].find((each) => each.name === name);
  assert(operation, `There is no operation ${name}.`);
  return operation;
}

let guest = await newGuest();
/** The template of the last script. */
let known: Snapshot | undefined;

async function run({ code, now, refused, base: update }: ScriptOrder): Promise<void> {
  known = updated(known, JSON.parse(update));
  const draft = new ScriptDraft({ base: known, functions, refused: new Set(refused), limits, progress });
  progress.begin();
  const ending = JSON.stringify(guest.run({ code, now, draft }));
  const isWornOut = guest.memoryBytes > largestEngineBytes || getHeapStatistics().used_heap_size > largestHeapBytes;
  tell({ kind: "ended", ending: ending.length > limits.workLength ? tooMuch : ending, isWornOut });
  if (isWornOut) return;
  guest = await newGuest();
  tell({ kind: "ready" });
}

port.on("message", (request: SandboxRequest) => {
  if (request === "end") {
    port.close();
    return;
  }
  run(request).catch((error: unknown) => {
    // It ends the thread, and reaches the server as what ended it.
    queueMicrotask(() => {
      throw error;
    });
  });
});
tell({ kind: "ready" });
