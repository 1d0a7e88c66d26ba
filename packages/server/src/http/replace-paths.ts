import { setImmediate } from "node:timers/promises";
import { WaggleError } from "@waggle/contract";
import type { Json } from "@waggle/template";
import type { JSONPathNode } from "json-p3";
import { findPlaces, Steps } from "./replace-paths-query.ts";
import { type JsonSize, overstepped, sizeOf } from "./replace-paths-size.ts";

export interface Replacement {
  /** JSONPath, RFC 9535, without functions; filters look at what is below `@`, and compare it with texts and numbers. */
  readonly path: string;
  readonly value?: unknown;
}

/** `$..*..*..*` finds places in numbers that grow with each `..`. */
const mostDescents = 2;

export interface Replaced {
  readonly json: Json;
  /** Paths that found nothing. */
  readonly unmatched: readonly string[];
}

/**
 * The document with every place that a path finds holding the path's value, one path after the other. The document itself
 * stays as it is. Throws INVALID_INPUT for what is no path, takes too long, finds or makes too much; INVALID_TEMPLATE for a
 * document that is nested too deep.
 */
export async function replaceAll(document: unknown, replacements: readonly Replacement[]): Promise<Replaced> {
  const size = sizeOf(document, refusalAt("INVALID_TEMPLATE", "/source"));
  const merge = new Merge(structuredClone(document) as Json, size);
  const unmatched: string[] = [];
  for (const [index, { path, value = null }] of replacements.entries()) {
    // Others get their turn between two paths.
    if (index > 0) await setImmediate();
    if (!merge.replace({ path, value: value as Json, index })) unmatched.push(path);
  }
  return { json: merge.json, unmatched };
}

interface Order {
  readonly path: string;
  /** Both it and the document come from a request's JSON. */
  readonly value: Json;
  readonly index: number;
}

type Refuse = (why: string, cause?: unknown) => WaggleError;

/** A document in the making, never more than twice as large as a template may be. */
class Merge {
  readonly #steps = new Steps();
  #json: Json;
  /** At least what the document holds: what replacements took away is only counted when it matters. */
  #size: JsonSize;

  constructor(json: Json, size: JsonSize) {
    this.#json = json;
    this.#size = size;
  }

  get json(): Json {
    return this.#json;
  }

  /** Whether the path found something. */
  replace({ path, value, index }: Order): boolean {
    const argument = `replace/${index}/path`;
    const refuse: Refuse = (why, cause) =>
      new WaggleError("INVALID_INPUT", { message: `${argument}: ${path} ${why}`, data: { argument, path }, cause });
    if (path.split("..").length - 1 > mostDescents)
      throw refuse(`descends with .. more than ${mostDescents} times. Name the way in between.`);
    const size = sizeOf(value, refusalAt("INVALID_INPUT", `/replace/${index}/value`));
    const found = findPlaces({ document: this.#json, path, steps: this.#steps, refuse });
    if (found.length === 0) return false;
    const added = sizeTogether(found, size);
    requireRoom(added, { places: found.length, refuse });
    this.#putIn(found, value);
    this.#grow(added, refuse);
    return true;
  }

  #putIn(found: readonly JSONPathNode[], value: Json): void {
    if (found.some(({ location }) => location.length === 0)) {
      this.#json = structuredClone(value);
      return;
    }
    // Inner places first: an outer one takes them along.
    const deepestFirst = found.toSorted((a, b) => b.location.length - a.location.length);
    for (const { location } of deepestFirst) setAt(this.#json, location, structuredClone(value));
  }

  #grow(added: JsonSize, refuse: Refuse): void {
    this.#size = { values: this.#size.values + added.values, characters: this.#size.characters + added.characters };
    if (overstepped(this.#size) === undefined) return;
    // What was replaced has gone, so it may be less than the sum.
    this.#size = sizeOf(this.#json, (_pointer, what) => refuse(`leaves a template that ${what}. ${wayOut}`));
    if (!this.#steps.take(this.#size.values)) throw refuse("comes after too much work. Send fewer replacements.");
  }
}

const wayOut = "Send a smaller value, or name fewer places.";

function requireRoom(added: JsonSize, { places, refuse }: { readonly places: number; readonly refuse: Refuse }): void {
  const what = overstepped(added);
  if (what !== undefined)
    throw refuse(`finds ${places} places; with the value at each, the template ${what}. ${wayOut}`);
}

/** What a value adds at all of these places. */
function sizeTogether(found: readonly JSONPathNode[], { values, characters, depth = 0 }: JsonSize): JsonSize {
  const deepest = found.reduce((most, { location }) => Math.max(most, location.length), 0);
  return { values: found.length * values, characters: found.length * characters, depth: deepest + depth };
}

function refusalAt(
  code: "INVALID_INPUT" | "INVALID_TEMPLATE",
  start: string,
): (pointer: string, what: string) => Error {
  return (pointer, what) => {
    const place = start + pointer;
    return new WaggleError(code, { message: `${place} ${what}. Send less.`, data: { pointer: place } });
  };
}

function setAt(document: Json, location: readonly (string | number)[], value: Json): void {
  // Places were found in this very document, so each step is there.
  let owner = document as Record<string | number, Json>;
  for (const step of location.slice(0, -1)) owner = owner[step] as Record<string | number, Json>;
  const last = location.at(-1) ?? "";
  Object.defineProperty(owner, last, { value, writable: true, enumerable: true, configurable: true });
}
