import {
  isRichText,
  type Json,
  type NodeData,
  type RichText,
  type TableContent,
  tableOf,
  toHtml,
  type Value,
} from "@waggle/template";
import type { HtmlContent, Styles } from "../tree.ts";
import { cssValue, pixels } from "./css.ts";

export type JsonObject = { readonly [key: string]: Json };

/** Reads an element's own JSON by pointer. Real files are messy: whatever is missing or of the wrong kind reads as absent. */
export class ElementReader {
  readonly #node: NodeData;
  #groups: Groups | undefined;

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
    this.#groups ??= groupsOf(this.#node);
    const group = this.#groups.get(pointer);
    if (!group) return nothing;
    group.styles ??= stylesIn(this.#node, group.keys);
    return group.styles;
  }

  /** One value as CSS. */
  css(pointer: string): string | undefined {
    return cssValue(pointer.slice(pointer.lastIndexOf("/") + 1), this.#node[pointer]);
  }

  /** The rows of a table module, whether they are rich text by now or still the JSON they came as. */
  table(): TableContent {
    return tableOf(this.#node);
  }

  /** Markup, whether it is rich text by now or still the string it came as. */
  html(...pointers: readonly string[]): HtmlContent {
    for (const pointer of pointers) {
      const value = this.#node[pointer];
      if (isRichText(value)) return { html: htmlOf(value) };
      if (typeof value === "string" && value !== "") return { html: value };
    }
    return { html: "" };
  }
}

const nothing: Styles = {};

const written = new WeakMap<RichText, string>();

function htmlOf(text: RichText): string {
  const known = written.get(text);
  if (known !== undefined) return known;
  const html = toHtml(text);
  written.set(text, html);
  return html;
}

/** What stands right under one pointer. Addresses and texts are groups too: nobody asks for these as declarations. */
interface Group {
  readonly keys: string[];
  styles?: Styles;
}

type Groups = ReadonlyMap<string, Group>;

/** Nodes are never changed, so what one says is read once. What is remembered changes no answer, only how soon it comes. */
const groups = new WeakMap<NodeData, Groups>();

function groupsOf(node: NodeData): Groups {
  const known = groups.get(node);
  if (known) return known;
  const read = readGroups(node);
  groups.set(node, read);
  return read;
}

function readGroups(node: NodeData): Groups {
  const read = new Map<string, Group>();
  for (const key of Object.keys(node)) {
    const { owner, property } = splitKey(key);
    if (property === undefined) continue;
    const group = read.get(owner);
    if (group) group.keys.push(key);
    else read.set(owner, { keys: [key] });
  }
  return read;
}

function stylesIn(node: NodeData, keys: readonly string[]): Styles {
  const styles: Record<string, string> = {};
  for (const key of keys) {
    const { property } = splitKey(key);
    const value = property === undefined ? undefined : cssValue(property, node[key]);
    if (property !== undefined && value !== undefined) styles[property] = value;
  }
  return styles;
}

interface SplitKey {
  readonly owner: string;
  /** Undefined where the key ends in something that is no name of a property. */
  readonly property: string | undefined;
}

/** A template has thousands of keys, and some hundred different ones. */
const splitKeys = new Map<string, SplitKey>();
const mostSplitKeys = 4_000;

function splitKey(key: string): SplitKey {
  const known = splitKeys.get(key);
  if (known) return known;
  const at = key.lastIndexOf("/");
  const name = key.slice(at + 1);
  const split = {
    owner: key.slice(0, Math.max(0, at)),
    property: at > 0 && /^-?[a-z][a-z-]*$/i.test(name) ? name : undefined,
  };
  if (splitKeys.size < mostSplitKeys) splitKeys.set(key, split);
  return split;
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
