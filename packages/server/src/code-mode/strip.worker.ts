// A thread that turns TypeScript into JavaScript without moving anything: types become spaces. On its own, because what
// reads a script may be kept busy by it.
import assert from "node:assert/strict";
import { parentPort } from "node:worker_threads";
import swc from "@swc/wasm-typescript";
import type { StripAnswer, StripperReady, StripRequest } from "./type-stripper.ts";

assert(parentPort, "This file is a thread of the server.");
const port = parentPort;

function strip({ ticket, script }: StripRequest): StripAnswer {
  try {
    return { ticket, code: swc.transformSync(script, { mode: "strip-only", module: false }).code };
  } catch (failure) {
    // It refuses with plain objects. An error is its own end, as when it ran out of stack: this thread's, too.
    if (failure instanceof Error) throw failure;
    const isTold = typeof failure === "object" && failure !== null && "message" in failure;
    return { ticket, refusal: String(isTold ? failure.message : failure) };
  }
}

port.on("message", (request: StripRequest) => port.postMessage(strip(request)));
// The first one is slow: it compiles the compiler.
strip({ ticket: 0, script: "const ready: boolean = true;" });
port.postMessage({ isReady: true } satisfies StripperReady);
