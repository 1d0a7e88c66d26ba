/**
 * What runs in the sandbox before the script: it makes `bee` and `console`, and takes what it needs of the language into
 * its own hands, so that a script that changes built-ins changes them for itself alone. Answers with the functions the
 * sandbox asks about the outcome.
 */
export const prelude = `((names, limits) => {
"use strict";
const call = globalThis.__call, print = globalThis.__print;
delete globalThis.__call;
delete globalThis.__print;
const { parse, stringify } = JSON;
const { apply, defineProperty } = Reflect;
const { freeze } = Object;
const then = Promise.prototype.then;
const text = String, Failure = Error;
const { slice } = String.prototype;
const start = (value, length) => apply(slice, text(value), [0, length]);

const failureOf = ({ message, code, call }) => {
  const failure = new Failure(message);
  for (const [key, value] of [["code", code], ["call", call]]) defineProperty(failure, key, { value });
  return failure;
};
const ask = (name, input) => {
  const json = input === undefined ? "{}" : stringify(input);
  if (typeof json !== "string") throw new Failure("bee." + name + " takes one object.");
  if (json.length > limits.argumentLength)
    throw new Failure("The arguments of bee." + name + " are longer than " + limits.argumentLength + " characters.");
  const answer = parse(call(name, json));
  if (answer.failed) throw failureOf(answer.failed);
  return answer.output;
};
const bee = { __proto__: null };
for (const name of names) bee[name] = { [name]: (input) => ask(name, input) }[name];
defineProperty(globalThis, "bee", { value: freeze(bee) });

const shown = (value) => {
  if (typeof value === "string") return value;
  try {
    const json = typeof value === "object" ? stringify(value) : undefined;
    return json === undefined ? text(value) : json;
  } catch {
    return "[?]";
  }
};
const log = (...values) => {
  let line = "";
  for (let i = 0; i < values.length && line.length <= limits.logLength; i += 1)
    line += (i === 0 ? "" : " ") + start(shown(values[i]), limits.logLength + 1);
  print(start(line, limits.logLength + 1));
};
const console = { __proto__: null, log, info: log, warn: log, error: log, debug: log };
defineProperty(globalThis, "console", { value: freeze(console) });

let seed = 1;
defineProperty(Math, "random", { value: function random() {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = (seed ^ (seed >>> 15)) * 0x2c1b3c6d | 0;
  mixed = (mixed ^ (mixed >>> 12)) * 0x297a2d39 | 0;
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
} });

const described = (thrown) => {
  try {
    if (typeof thrown !== "object" || thrown === null) return stringify(["", start(shown(thrown), 500)]);
    const place = start(thrown.stack === undefined ? "" : thrown.stack, 4000);
    const own = thrown instanceof Failure ? thrown.message : shown(thrown);
    return stringify([start(thrown.name, 60), start(own, 500), place, typeof thrown.call === "number" ? thrown.call : -1]);
  } catch {
    return '["","It could not be told what was thrown."]';
  }
};
let outcome = "";
const finished = (value) => {
  const json = stringify(value);
  outcome = json === undefined ? "none" : "json" + start(json, limits.resultLength + 1);
};
const failed = (thrown) => { outcome = "fail" + described(thrown); };
return {
  watch: (promise) => { apply(then, apply(then, promise, [finished]), [undefined, failed]); },
  outcome: () => outcome,
  described,
};
})`;
