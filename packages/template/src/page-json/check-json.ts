import { WaggleError } from "@waggle/contract";
import type { Json } from "../document/value.ts";
import { isJsonObject, joinPointer } from "./pointer.ts";

/** What a template may at most be; far above real ones, low enough that hostile ones cost little. */
export const pageLimits = {
  /** Levels of nesting, lists included. */
  depth: 64,
  /** Characters of all texts and names together. */
  characters: 8 * 1024 * 1024,
  /** Values of any kind. */
  values: 200_000,
  /** Rows, columns and modules. */
  elements: 20_000,
} as const;

/**
 * Makes sure that a value is JSON within the limits. Throws INVALID_TEMPLATE with the place as a JSON pointer: programs hand
 * over functions, dates and objects that hold themselves, and not everything that `JSON.parse` gives is a number we can keep.
 */
export function requireJson(value: unknown): asserts value is Json {
  new JsonCheck().visit(value, 0);
}

/** How much of `pageLimits` JSON takes. Throws as `requireJson` does. */
export function requireSize(value: unknown): JsonSize {
  const check = new JsonCheck();
  check.visit(value, 0);
  return check.size;
}

export type JsonSize = Readonly<Record<"values" | "characters", number>>;

class JsonCheck {
  readonly #path: (string | number)[] = [];
  #values = 0;
  #characters = 0;

  get size(): JsonSize {
    return { values: this.#values, characters: this.#characters };
  }

  visit(value: unknown, depth: number): void {
    this.#values += 1;
    if (this.#values > pageLimits.values) this.#refuse(`holds more than ${pageLimits.values} values`);
    if (depth > pageLimits.depth) this.#refuse(`is nested more than ${pageLimits.depth} levels deep`);
    if (typeof value === "string") this.#count(value);
    else if (Array.isArray(value)) this.#list(value, depth);
    else if (typeof value === "object" && value !== null) this.#object(value, depth);
    else if (!isScalar(value)) this.#refuse(`is ${nameOf(value)}, which JSON can't hold`);
  }

  #list(list: readonly unknown[], depth: number): void {
    // As JSON.stringify does: a hole, or undefined, is null.
    for (const [index, value] of list.entries()) if (value !== undefined) this.#inside(index, value, depth);
  }

  #object(object: object, depth: number): void {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype !== null && !isPlainPrototype(prototype))
      this.#refuse("is an object of a class, which JSON can't hold");
    for (const [key, value] of Object.entries(object)) {
      this.#count(key);
      if (!key.isWellFormed()) this.#refuse("has a name that is no valid Unicode");
      // As JSON.stringify does: what is undefined is not there.
      if (value !== undefined) this.#inside(key, value, depth);
    }
  }

  #inside(step: string | number, value: unknown, depth: number): void {
    this.#path.push(step);
    this.visit(value, depth + 1);
    this.#path.pop();
  }

  #count(text: string): void {
    this.#characters += text.length;
    if (this.#characters > pageLimits.characters)
      this.#refuse(`takes the template over ${pageLimits.characters} characters`);
  }

  #refuse(what: string): never {
    const pointer = this.#path.reduce<string>(joinPointer, "");
    throw new WaggleError("INVALID_TEMPLATE", {
      message: `The template can't be read: ${pointer || "it"} ${what}.`,
      data: { pointer },
    });
  }
}

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));

/** Objects of another window have another `Object.prototype`; that one has no prototype either. */
const isPlainPrototype = (prototype: unknown): boolean =>
  typeof prototype === "object" && prototype !== null && Object.getPrototypeOf(prototype) === null;

const nameOf = (value: unknown): string =>
  typeof value === "number" ? String(value) : `a value of type ${typeof value}`;

/** INVALID_TEMPLATE with the place in `data.pointer`. */
export function invalidTemplate(pointer: string, reason: string): WaggleError {
  return new WaggleError("INVALID_TEMPLATE", {
    message: `The template is not page JSON: ${reason}`,
    data: { pointer },
  });
}

/** INVALID_TEMPLATE where something else stands than has to. */
export function mismatchAt(pointer: string, expected: string, found: Json | undefined): WaggleError {
  return invalidTemplate(pointer, `${pointer || "the row"} has to be ${expected}; it is ${describeJson(found)}.`);
}

/** What a refused value is, for messages: "a list", "the number 7", "text". Never its content. */
export function describeJson(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length > 0 ? "a list" : "an empty list";
  if (isJsonObject(value)) return "an object";
  return typeof value === "string" ? "text" : `${String(value)}`;
}

/** The value as every copy of the document can hold it: halves of surrogate pairs do not survive UTF-8. */
export function wellFormed(value: Json): Json {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return wellFormedList(value);
  return isJsonObject(value) ? wellFormedObject(value) : value;
}

function wellFormedList(list: readonly Json[]): Json {
  const clean = Array.from(list, (item: Json | undefined) => (item === undefined ? null : wellFormed(item)));
  return clean.every((item, index) => item === list[index]) ? list : clean;
}

function wellFormedObject(object: { readonly [key: string]: Json | undefined }): Json {
  const kept = Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  const clean = kept.map(([key, value]): [string, Json] => [key, wellFormed(value)]);
  const isSame = kept.length === Object.keys(object).length && clean.every(([key, value]) => value === object[key]);
  // Object.fromEntries defines, it does not assign: a key named __proto__ stays data. Kept entries are the whole object.
  return isSame ? (object as Json) : Object.fromEntries(clean);
}
