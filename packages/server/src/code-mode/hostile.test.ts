import { expect, test } from "vitest";
import { killAfterMs, scriptLimits } from "./limits.ts";
import type { ScriptEnding } from "./protocol.ts";
import { loadEngine, Sandbox, type ScriptHost } from "./sandbox.ts";
import { wrapForRun } from "./script-wrapper.ts";
import { openStory } from "./scripts.test.support.ts";

const runMs = 150;
const limits = { ...scriptLimits, runMs };
/** What a script may take beyond its limit, on top of what a busy machine takes to notice. */
const latestMs = runMs + 500;
const growthBytes = 64 * 1024 * 1024;

interface Ran {
  readonly ending: ScriptEnding;
  readonly tookMs: number;
  readonly calls: readonly string[];
  readonly log: string;
}

/** Runs a script in a sandbox of its own, on a server that answers every call with `{}`. */
async function run(script: string): Promise<Ran> {
  const sandbox = Sandbox.start({ engine: await loadEngine(), functions: ["addTitle"], limits });
  await sandbox.ready;
  const calls: string[] = [];
  let log = "";
  const host: ScriptHost = {
    call: (_name, json) => {
      calls.push(json);
      return calls.length > limits.calls ? { stop: "calls" } : { output: {} };
    },
    log: (text) => {
      log += text;
    },
  };
  const startedAt = performance.now();
  const ending = await sandbox.run({ code: wrapForRun(script), now: 0 }, host);
  return { ending, tookMs: performance.now() - startedAt, calls, log };
}

const stoppers: Readonly<Record<string, string>> = {
  "a loop without end": "while (true) {}",
  "a for loop without end": "for (;;);",
  "a loop that catches everything": "while (true) { try { while (true) {} } catch {} }",
  "a loop in finally": "function f() { try { g(); } finally { for (;;) {} } } function g() { for (;;) {} } f();",
  "a loop in a generator": "function* g() { while (true) yield 1; } for (const x of g()) {}",
  "a loop in a getter": "({ get a() { while (true) {} } }).a;",
  "a loop in a proxy": "new Proxy({}, { get() { while (true) {} } }).a;",
  "a loop in toString": "String({ toString() { while (true) {} } });",
  "a loop in a comparator": "[3, 1, 2].sort(() => { while (true) {} });",
  "a loop in what it returns": "return { toJSON() { while (true) {} } };",
  "a loop in what it logs": "console.log({ toJSON() { while (true) {} } });",
  "a loop in what it throws": "throw { get message() { while (true) {} } };",
  "a loop in an argument": "bee.addTitle({ get text() { while (true) {} } });",
  "a loop behind an await": "await null; while (true) {}",
  "promises that make promises": "async function f() { await null; return f(); } await f();",
  "a bomb of promises":
    "function spin() { Promise.resolve().then(() => { spin(); spin(); }); } spin(); await new Promise(() => {});",
  "a thenable without end": "const t = { then(go) { go(t); } }; await t;",
  "an iterator without end": "Array.from({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) });",
  "an async generator without end": "async function* g() { while (true) yield 1; } for await (const x of g()) {}",
  "a regular expression that backtracks": "/^(a+)+$/.test('a'.repeat(40) + 'b');",
  "sorting without end": "const a = Array.from({ length: 3e5 }, (_, i) => (i * 7919) % 300007); while (true) a.sort();",
  "joining a billion holes": "return (new Array(1_000_000_000) + '').length;",
  "looking through a billion holes": "return new Array(4_000_000_000).indexOf(1);",
  "filling typed arrays": "const a = []; while (true) a.push(new Uint8Array(1e7).fill(1));",
  "allocating lists": "const a = []; while (true) a.push(new Array(1e5).fill('x'.repeat(50)));",
  "allocating objects": "let a = {}; while (true) a = { a, b: [a] };",
  "allocating maps": "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });",
  "allocating buffers": "const a = []; while (true) a.push(new ArrayBuffer(1 << 20));",
  "doubling a text": "let s = 'x'; while (true) s += s;",
  "doubling a list": "let a = [1]; while (true) a = a.concat(a);",
  "a huge power": "return String((2n ** 4000000n) ** 50n).length;",
  "deep recursion": "function f(n) { return f(n + 1) + 1; } f(0);",
  "deep recursion through a proxy": "const p = new Proxy({}, { get: (_, k) => p[k] }); p.a;",
  "a deep object as JSON":
    "const o = {}; let c = o; for (let i = 0; i < 200000; i++) { c.a = {}; c = c.a; } return JSON.stringify(o).length;",
  "deep JSON": "JSON.parse('['.repeat(1e6) + ']'.repeat(1e6));",
  "a promise nothing settles": "await new Promise(() => {}); return 1;",
  "more calls than there may be": "for (let i = 0; i < 1001; i++) bee.addTitle({});",
  "more calls, whatever is caught": "while (true) { try { bee.addTitle({}); } catch {} }",
  "huge arguments": "bee.addTitle({ text: 'x'.repeat(300000) });",
  "arguments that hold themselves": "const a = {}; a.a = a; bee.addTitle(a);",
  "a result that holds itself": "const a = {}; a.a = a; return a;",
  "a rejected promise nobody waits for": "(async () => { throw new Error('lost'); })(); return 1;",
  "a module": "const { readFileSync } = await import('node:fs'); return readFileSync;",
  "a text that is longer than the heap": "return 'a'.repeat(2 ** 29).length + 'b'.repeat(2 ** 30).length;",
};

test.each(Object.entries(stoppers))("[CODE-20] %s is stopped in time", async (_name, script) => {
  const { ending, tookMs } = await run(script);
  expect(ending.kind).not.toBe("returned");
  expect(tookMs).toBeLessThan(latestMs);
});

const harmless: Readonly<Record<string, readonly [script: string, result: unknown]>> = {
  "the constructor of a function": [
    "return (function () {}).constructor('return [typeof process, typeof require, typeof fetch, typeof WebAssembly].join()')();",
    "undefined,undefined,undefined,undefined",
  ],
  "the constructor of a function of bee": ["return bee.addTitle.constructor('return typeof process')();", "undefined"],
  "the constructor of an error": [
    "try { bee.addTitle(3n); } catch (e) { return e.constructor.constructor('return typeof process')(); }",
    "undefined",
  ],
  "the functions of the server": [
    "return [typeof __call, typeof __print, typeof globalThis.__call].join();",
    "undefined,undefined,undefined",
  ],
  "everything global": [
    "const seen = []; let o = globalThis; while (o) { seen.push(...Object.getOwnPropertyNames(o)); o = Object.getPrototypeOf(o); } return seen.filter((n) => /^(process|require|module|Buffer|fetch|Worker|performance|setTimeout|WebAssembly|navigator|__.*[^_])$/.test(n));",
    [],
  ],
  "the stack of an error": ["return /node_modules|file:|\\.worker/.test(new Error('x').stack);", false],
  "the stack of a refusal": [
    "try { bee.addTitle('a'.repeat(300000)); } catch (e) { return /node_modules|file:/.test(e.stack); }",
    false,
  ],
  "built-ins made over": [
    "Array.prototype.map = () => 'x'; JSON.parse = () => ({ failed: 1 }); JSON.stringify = () => '{}'; String.prototype.slice = () => ''; return [bee.addTitle({ text: 'a' })];",
    [{}],
  ],
  "bee cannot be made over": [
    "'use strict'; try { bee.addTitle = 1; return 'changed'; } catch { return typeof bee.addTitle; }",
    "function",
  ],
  "the clock stands still": [
    "const t = Date.now(); for (let i = 0; i < 1e5; i++); return [Date.now() - t, new Date().getTime()];",
    [0, 0],
  ],
  "chance is always the same": ["return Math.random();", 0.14054947858676314],
};

test.each(Object.entries(harmless))("[CODE-21] %s leads nowhere", async (_name, [script, result]) => {
  const { ending } = await run(script);
  expect(ending).toStrictEqual({ kind: "returned", json: JSON.stringify(result) });
});

test("[CODE-21] what a script does to built-ins stays in its sandbox", async () => {
  await run("Object.prototype.polluted = 1; Array.prototype.polluted = 1;");
  expect(Reflect.get({}, "polluted")).toBeUndefined();
  expect((await run("return typeof {}.polluted;")).ending).toStrictEqual({ kind: "returned", json: '"undefined"' });
});

test("[CODE-22] a huge log and a huge result are cut", async () => {
  const { log } = await run("for (let i = 0; i < 200; i++) console.log('x'.repeat(1e4));");
  expect(log.length).toBeLessThan(3 * limits.logLength);
  const { ending } = await run("return 'y'.repeat(1e6);");
  expect(ending.kind === "returned" && ending.json?.length).toBe(limits.resultLength + 1);
});

test("[CODE-23] arguments named __proto__ and constructor are data, and are refused as such", async () => {
  const story = await openStory();
  const answer = await story.execute(
    `const p: any = JSON.parse('{"columns":[12],"__proto__":{"a":1},"constructor":{"prototype":{"b":1}}}'); bee.addSection(p);`,
  );
  expect(answer.error).toMatchObject({ code: "SCRIPT_FAILED", data: { code: "INVALID_INPUT", line: 1 } });
  expect([Reflect.get({}, "a"), Reflect.get({}, "b")]).toStrictEqual([undefined, undefined]);
});

test("[CODE-24] types that never end stop the check, and the next script is checked again", async () => {
  const story = await openStory();
  const bombs = [
    "type R<T extends any[], N extends number> = T['length'] extends N ? T : R<[...T, 0], N>; const z: R<[], 900> = null as any; return z;",
    `let a = ${"(".repeat(30_000)}1${")".repeat(30_000)};`,
    `let a = ${"[".repeat(30_000)}1${"]".repeat(30_000)};`,
    `let a: ${"{a:".repeat(10_000)}1${"}".repeat(10_000)};`,
  ];
  for (const bomb of bombs) {
    expect((await story.execute(bomb)).error).toMatchObject({ code: expect.stringMatching(/SCRIPT_(INVALID|FAILED)/) });
  }
  expect(await story.execute("return 1")).toMatchObject({ result: 1 });
});

test("[CODE-25] the memory of scripts does not stay with the server", async () => {
  await run("return 1");
  const before = process.memoryUsage().rss;
  for (const name of [
    "allocating lists",
    "filling typed arrays",
    "allocating objects",
    "doubling a list",
    "a deep object as JSON",
  ]) {
    await run(stoppers[name] ?? "");
    await run(stoppers[name] ?? "");
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(growthBytes);
});

test("[CODE-20] a script is killed no later than its limit and the grace", () => {
  expect(killAfterMs).toBeLessThanOrEqual(500);
});
