import { WaggleError } from "@waggle/contract";
import type { Json } from "@waggle/template";
import { JSONPathEnvironment, type JSONPathNode } from "json-p3";

export interface Replacement {
  /** JSONPath, RFC 9535. */
  readonly path: string;
  readonly value?: unknown;
}

/** More would be no template any more; stops paths that find everything many times over. */
const mostFound = 10_000;
/** `$..*..*..*` finds places in numbers that grow with each `..`. */
const mostDescents = 2;

const environment = new JSONPathEnvironment({ strict: true });
// Regular expressions of strangers can run for minutes.
for (const name of ["match", "search"]) environment.functionRegister.delete(name);

export interface Replaced {
  readonly json: Json;
  /** Paths that found nothing. */
  readonly unmatched: readonly string[];
}

/**
 * The document with every place that a path finds holding the path's value, one path after the other. The document itself
 * stays as it is. Throws INVALID_INPUT for what is no path or finds too much.
 */
export function replaceAll(document: unknown, replacements: readonly Replacement[]): Replaced {
  const unmatched: string[] = [];
  // Both come from a request's JSON.
  let json = structuredClone(document) as Json;
  for (const [index, { path, value = null }] of replacements.entries()) {
    const replaced = replace(json, { path, value: value as Json, argument: `replace/${index}/path` });
    if (replaced === undefined) unmatched.push(path);
    else json = replaced;
  }
  return { json, unmatched };
}

interface Order {
  readonly path: string;
  readonly value: Json;
  readonly argument: string;
}

/** Undefined when the path finds nothing. */
function replace(document: Json, { path, value, argument }: Order): Json | undefined {
  const refuse = (why: string, cause?: unknown): WaggleError =>
    new WaggleError("INVALID_INPUT", { message: `${argument}: ${path} ${why}`, data: { argument, path }, cause });
  if (path.split("..").length - 1 > mostDescents)
    throw refuse(`descends with .. more than ${mostDescents} times. Name the way in between.`);
  const found = find(document, path, refuse);
  if (found.length === 0) return undefined;
  if (found.length > mostFound) throw refuse(`finds more than ${mostFound} places. Name fewer.`);
  if (found.some(({ location }) => location.length === 0)) return structuredClone(value);
  // Inner places first: an outer one takes them along.
  const deepestFirst = found.toSorted((a, b) => b.location.length - a.location.length);
  for (const { location } of deepestFirst) setAt(document, location, structuredClone(value));
  return document;
}

type Refuse = (why: string, cause?: unknown) => WaggleError;

function find(document: Json, path: string, refuse: Refuse): JSONPathNode[] {
  try {
    const found: JSONPathNode[] = [];
    // The library's own type of JSON can be written to; only reading is asked of it.
    for (const node of environment.lazyQuery(path, document as Parameters<typeof environment.lazyQuery>[1])) {
      found.push(node);
      if (found.length > mostFound) break;
    }
    return found;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it can't be read";
    throw refuse(`is no JSONPath: ${reason}. One of a row is $..rows[?(@.metadata.uid=='u1')].`, error);
  }
}

function setAt(document: Json, location: readonly (string | number)[], value: Json): void {
  // Places were found in this very document, so each step is there.
  let owner = document as Record<string | number, Json>;
  for (const step of location.slice(0, -1)) owner = owner[step] as Record<string | number, Json>;
  const last = location.at(-1) ?? "";
  Object.defineProperty(owner, last, { value, writable: true, enumerable: true, configurable: true });
}
