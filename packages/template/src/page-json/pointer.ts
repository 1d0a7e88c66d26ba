import { WaggleError } from "@waggle/contract";
import type { Json } from "../document/value.ts";

/** A leaf of a JSON object and where it stands. */
export type Leaf = readonly [pointer: string, value: Json];
export type JsonObject = { readonly [key: string]: Json };

/** Deeper than any real template; keeps hostile input from exhausting the stack. */
const maxDepth = 64;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const escapeSegment = (segment: string): string => segment.replaceAll("~", "~0").replaceAll("/", "~1");
/** Hardly any segment is escaped, and every pointer of every element is read. */
const unescapeSegment = (segment: string): string =>
  segment.includes("~") ? segment.replaceAll("~1", "/").replaceAll("~0", "~") : segment;

/** The same few hundred pointers are taken apart for every element of every template. */
const knownSegments = new Map<string, readonly string[]>();
const mostKnown = 4_000;
const longestKnown = 200;

function segmentsOf(pointer: string): readonly string[] {
  const known = knownSegments.get(pointer);
  if (known) return known;
  const segments = pointer.slice(1).split("/").map(unescapeSegment);
  // Hostile templates have as many as they like, as long as they like.
  if (knownSegments.size >= mostKnown) knownSegments.clear();
  if (pointer.length <= longestKnown) knownSegments.set(pointer, segments);
  return segments;
}

export function joinPointer(base: string, segment: string | number): string {
  return `${base}/${escapeSegment(String(segment))}`;
}

/** Spreads an object into its leaves, in its own order. Arrays and empty objects are leaves. */
export function* leavesOf(object: JsonObject, base = ""): Generator<Leaf> {
  yield* descend(object, { base, depth: 0 });
}

function* descend(object: JsonObject, at: { base: string; depth: number }): Generator<Leaf> {
  if (at.depth > maxDepth) {
    throw new WaggleError("INVALID_TEMPLATE", {
      message: `${at.base} is nested more than ${maxDepth} levels deep.`,
      data: { pointer: at.base },
    });
  }
  for (const key of Object.keys(object)) {
    const value = object[key];
    const pointer = joinPointer(at.base, key);
    if (value === undefined) continue;
    if (isJsonObject(value) && Object.keys(value).length > 0)
      yield* descend(value, { base: pointer, depth: at.depth + 1 });
    else yield [pointer, value];
  }
}

/** Builds the object whose leaves these are. A leaf below another leaf turns that one into an object. */
export function objectOf(leaves: Iterable<Leaf>): JsonObject {
  const root: Record<string, Json> = {};
  for (const [pointer, value] of leaves) {
    const segments = segmentsOf(pointer);
    const last = segments.at(-1) ?? "";
    let owner = root;
    for (let at = 0; at < segments.length - 1; at += 1) owner = stepInto(owner, segments[at] ?? "");
    // A leaf whose children already stand there is the empty value that was there before them: `mobileStyle: []`.
    const known = ownValue(owner, last);
    if (isJsonObject(known) && Object.keys(known).length > 0) continue;
    define(owner, last, value);
  }
  return root;
}

function stepInto(owner: Record<string, Json>, segment: string): Record<string, Json> {
  const known = ownValue(owner, segment);
  // Only objects made here are written to; an empty object taken from the input is copied first.
  const next: Record<string, Json> = isJsonObject(known) ? (Object.keys(known).length > 0 ? known : {}) : {};
  if (next !== known) define(owner, segment, next);
  return next;
}

function ownValue(owner: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(owner, key) ? owner[key] : undefined;
}

/** Assignment that a key named `__proto__` cannot abuse. */
function define(owner: Record<string, Json>, key: string, value: Json): void {
  if (key !== "__proto__") owner[key] = value;
  else Object.defineProperty(owner, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The leaf at a pointer, or undefined where there is none. */
export function findLeaf(object: JsonObject, pointer: string): Json | undefined {
  let value: Json | undefined = object;
  for (const segment of segmentsOf(pointer)) {
    if (!isJsonObject(value)) return undefined;
    value = ownValue(value, segment);
  }
  return isJsonObject(value) && Object.keys(value).length > 0 ? undefined : value;
}
