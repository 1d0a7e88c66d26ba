// The floor under code mode: a thread with a QuickJS that is ready, one script, and the end of the thread. No types, no
// template, no answer to anybody.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { isMainThread, parentPort, receiveMessageOnPort, Worker, workerData } from "node:worker_threads";
import { QuickJS } from "quickjs-wasi";

interface Setup {
  readonly engine: object;
  readonly answered: Int32Array;
}

/** A sandbox that is ready: `run` resolves when the script has run, and ends the thread. */
export interface BareSandbox {
  run(script: string): Promise<unknown>;
}

export async function compileEngine(): Promise<object> {
  return WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve("quickjs-wasi/quickjs.wasm")));
}

export async function openBareSandbox(engine: object): Promise<BareSandbox> {
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: { engine, answered } satisfies Setup });
  await new Promise((resolve) => worker.once("message", resolve));
  return {
    run: (script) =>
      new Promise((resolve, reject) => {
        worker.once("error", reject);
        worker.on("message", (message: { readonly call?: string; readonly result?: unknown }) => {
          if (message.call === undefined) {
            resolve(message.result);
            void worker.terminate();
            return;
          }
          worker.postMessage('{"elementId":"none"}');
          Atomics.store(answered, 0, 1);
          Atomics.notify(answered, 0);
        });
        worker.postMessage(script);
      }),
  };
}

async function serve(): Promise<void> {
  // This very file started it, with this.
  const { engine, answered } = workerData as Setup;
  const port = parentPort;
  if (!port) return;
  const vm = await QuickJS.create({ wasm: engine });
  const call = vm.newFunction("call", (input) => {
    Atomics.store(answered, 0, 0);
    port.postMessage({ call: input?.toString() });
    Atomics.wait(answered, 0, 0);
    return vm.newString(String(receiveMessageOnPort(port)?.message));
  });
  vm.setProp(vm.global, "call", call);
  port.once("message", (script: string) => port.postMessage({ result: vm.dump(vm.evalCode(script)) }));
  port.postMessage("ready");
}

if (!isMainThread) await serve();
