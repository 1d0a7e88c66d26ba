import type { Json } from "@waggle/template";
import type { Random } from "./random.ts";

type Path = readonly (string | number)[];

/** The same JSON with one to three faults in it: wrong types, things missing, repeated, renamed, swapped, grown, nested. */
export function mutateJson(random: Random, json: Json): Json {
  let mutant = json;
  for (let faults = random.between(1, 3); faults > 0; faults--) mutant = mutateOnce(random, mutant);
  return mutant;
}

function mutateOnce(random: Random, json: Json): Json {
  const path = randomPath(random, json);
  return changedAt(json, path, (value) => faultFor(random, value));
}

/** A random walk down: every level is as likely as the next, so that rows and columns are hit as often as leaves. */
function randomPath(random: Random, json: Json): Path {
  const path: (string | number)[] = [];
  let value = json;
  while (typeof value === "object" && value !== null && random.chance(0.8)) {
    const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
    if (steps.length === 0) break;
    const step = random.pick<string | number>(steps);
    path.push(step);
    value = (value as Readonly<Record<string | number, Json>>)[step] ?? null;
  }
  return path;
}

function changedAt(json: Json, path: Path, change: (value: Json) => Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return change(json) ?? null;
  if (Array.isArray(json)) {
    const index = Number(step);
    const changed = rest.length > 0 ? changedAt(json[index] ?? null, rest, change) : change(json[index] ?? null);
    return changed === undefined ? json.toSpliced(index, 1) : json.with(index, changed);
  }
  const entries = Object.entries(json ?? {}).flatMap(([key, value]): [string, Json][] => {
    if (key !== step) return [[key, value]];
    const changed = rest.length > 0 ? changedAt(value, rest, change) : change(value);
    return changed === undefined ? [] : [[key, changed]];
  });
  return Object.fromEntries(entries);
}

const strangers: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e308,
  0.1,
  "",
  "text",
  "\ud83d",
  "\u2029\ufffc\u0000",
  "<p>".repeat(200),
  "{{".repeat(50),
  [],
  {},
  [[]],
  [null],
  { rich: [["x"]] },
  { "": {} },
  "mailup-bee-newsletter-modules-constructor",
  "mailup-bee-newsletter-modules-paragraph",
  "root",
];

/** What stands in the value's place; undefined takes it away. */
function faultFor(random: Random, value: Json): Json | undefined {
  const kind = random.weighted({ replace: 5, remove: 3, repeat: 2, wrap: 1, rename: 2, nest: 0.3, text: 3 });
  if (kind === "remove") return undefined;
  if (kind === "repeat") return Array.isArray(value) ? [...value, ...value] : [value, value];
  if (kind === "wrap") return { [random.pick(["uuid", "columns", "modules", "rows", "x/y"])]: value };
  if (kind === "rename") return renamed(random, value);
  if (kind === "nest") return nested(value, random.pick([10, 60, 100, 5000]));
  if (kind === "text" && typeof value === "string") return brokenText(random, value);
  return random.pick(strangers);
}

function renamed(random: Random, value: Json): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return String(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return { __proto: null };
  const index = random.below(entries.length);
  const name = random.pick(["__proto__", "toString", "", "columns", "\ud83d", "pos", "type"]);
  // fromEntries defines: `__proto__` becomes a key like any other.
  return Object.fromEntries(entries.map(([key, entry], at) => [at === index ? name : key, entry]));
}

function nested(value: Json, depth: number): Json {
  let deep = value;
  for (let level = 0; level < depth; level++) deep = level % 2 === 0 ? [deep] : { deep };
  return deep;
}

function brokenText(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const insert = random.pick(["<", ">", '"', "&", "</p>", "<td>", "{{", "%}", "\u0000", "\udc00", "<!--", "<a href='"]);
  return text.slice(0, at) + insert + (random.chance(0.3) ? "" : text.slice(at));
}
