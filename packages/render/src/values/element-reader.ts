import { isRichText, type Json, type NodeData, toHtml, type Value } from "@waggle/template";
import type { HtmlContent, Styles } from "../tree.ts";
import { cssValue, pixels } from "./css.ts";

export type JsonObject = { readonly [key: string]: Json };

/** Reads an element's own JSON by pointer. Real files are messy: whatever is missing or of the wrong kind reads as absent. */
export class ElementReader {
  readonly #node: NodeData;

  constructor(node: NodeData) {
    this.#node = node;
  }

  value(pointer: string): Value | undefined {
    return this.#node[pointer];
  }

  /** The text at the first pointer that has some; numbers are text too. */
  text(...pointers: readonly string[]): string {
    for (const pointer of pointers) {
      const text = textOf(this.#node[pointer]);
      if (text !== "") return text;
    }
    return "";
  }

  pixels(...pointers: readonly string[]): number | undefined {
    return pointers.map((pointer) => pixels(this.#node[pointer])).find((size) => size !== undefined);
  }

  isOn(pointer: string): boolean {
    const value = this.#node[pointer];
    return value === true || value === "true";
  }

  /** Like `isOn`, but on unless the element says no. */
  isOnByDefault(pointer: string): boolean {
    return this.#node[pointer] === undefined || this.isOn(pointer);
  }

  /** The objects of an array. */
  objects(pointer: string): readonly JsonObject[] {
    return objectsOf(this.#node[pointer]);
  }

  /** The leaves right under a pointer and further down, as the object they came from. */
  object(pointer: string): JsonObject {
    const root: MutableObject = Object.create(null);
    const start = `${pointer}/`;
    for (const key of Object.keys(this.#node)) {
      const value = this.#node[key];
      if (key.startsWith(start) && value !== undefined && !isRichText(value))
        place(root, key.slice(start.length), value);
    }
    return root;
  }

  /** The declarations right under a pointer, those with a usable value. */
  styles(pointer: string): Styles {
    const styles: Record<string, string> = {};
    const start = `${pointer}/`;
    for (const key of Object.keys(this.#node)) {
      if (!key.startsWith(start)) continue;
      const property = key.slice(start.length);
      const value = /^-?[a-z][a-z-]*$/i.test(property) ? cssValue(property, this.#node[key]) : undefined;
      if (value !== undefined) styles[property] = value;
    }
    return styles;
  }

  /** One value as CSS. */
  css(pointer: string): string | undefined {
    return cssValue(pointer.slice(pointer.lastIndexOf("/") + 1), this.#node[pointer]);
  }

  /** Markup, whether it is rich text by now or still the string it came as. */
  html(...pointers: readonly string[]): HtmlContent {
    for (const pointer of pointers) {
      const value = this.#node[pointer];
      if (isRichText(value)) return { html: toHtml(value) };
      if (typeof value === "string" && value !== "") return { html: value };
    }
    return { html: "" };
  }
}

interface MutableObject {
  [key: string]: Json | MutableObject;
}

function place(root: MutableObject, path: string, value: Json): void {
  const segments = path.split("/");
  const last = segments.pop() ?? "";
  let owner = root;
  for (const segment of segments) {
    const next = Object.hasOwn(owner, segment) ? owner[segment] : undefined;
    if (isMutable(next)) owner = next;
    else {
      const child: MutableObject = Object.create(null);
      owner[segment] = child;
      owner = child;
    }
  }
  owner[last] = value;
}

const isMutable = (value: unknown): value is MutableObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A text or number as text, anything else as "". */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : "";
}

export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a key, empty when there is none. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

/** The declarations an object holds, those with a usable value. */
export function stylesOf(object: JsonObject): Styles {
  const entries = Object.entries(object).map(([property, value]) => [property, cssValue(property, value)] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}
