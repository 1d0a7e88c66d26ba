import type { Json } from "../document/value.ts";
import { isJsonObject, type JsonObject, type Leaf } from "../page-json/pointer.ts";
import { type Leaves, leavesAt, valueAt } from "./leaves.ts";

/** How one property of Simple Schema stands in the JSON of a page's element. */
export interface Property<Value, Element = object> {
  /** Where it is written; what is below these belongs to it too. */
  readonly pointers: readonly string[];
  /** The leaves that say it. The element is there for properties that need each other: a border's width and colour. */
  toFull(value: Value, element: Element): readonly Leaf[];
  /** Its value, or undefined where it is not said, or not in a way this property could say. */
  fromFull(leaves: Leaves): Json | undefined;
}

/** A property whose value is one leaf. */
interface LeafFormat<Value> {
  toLeaf(value: Value): Json;
  fromLeaf(leaf: Json): Json | undefined;
}

export function leafProperty<Value>(pointer: string, { toLeaf, fromLeaf }: LeafFormat<Value>): Property<Value> {
  return {
    pointers: [pointer],
    toFull: (value) => [[pointer, toLeaf(value)]],
    fromFull: (leaves) => {
      const leaf = leaves.get(pointer);
      return leaf === undefined ? undefined : fromLeaf(leaf);
    },
  };
}

const same = (value: Json): Json => value;

export const plain = (pointer: string): Property<string> =>
  leafProperty(pointer, { toLeaf: same, fromLeaf: (leaf) => (typeof leaf === "string" ? leaf : undefined) });

export const flagged = (pointer: string): Property<boolean> =>
  leafProperty(pointer, { toLeaf: same, fromLeaf: (leaf) => (typeof leaf === "boolean" ? leaf : undefined) });

/** The number before a unit; a bare number stands for pixels in real files, and 0 has no unit. */
function numberWith(unit: string, leaf: Json): number | undefined {
  if (typeof leaf === "number") return leaf;
  const match = typeof leaf === "string" ? /^(-?\d+(?:\.\d+)?)\s*(%|[a-z]*)$/i.exec(leaf.trim()) : null;
  if (!match) return undefined;
  const [, digits, suffix] = match;
  return suffix === unit || suffix === "" ? Number(digits) : undefined;
}

export const pixels = (pointer: string): Property<number> =>
  leafProperty(pointer, { toLeaf: (value) => `${value}px`, fromLeaf: (leaf) => numberWith("px", leaf) });

export const percent = (pointer: string): Property<number> =>
  leafProperty(pointer, { toLeaf: (value) => `${value}%`, fromLeaf: (leaf) => numberWith("%", leaf) });

/** `-webkit-center` is what some browsers leave behind for `center`. */
export const alignment = (pointer: string): Property<string> =>
  leafProperty(pointer, {
    toLeaf: same,
    fromLeaf: (leaf) => (typeof leaf === "string" ? leaf.replace(/^-webkit-/, "") : undefined),
  });

/** A line height as a factor of the font size; `decimals` are those of the percentage in the JSON. */
export const lineHeightFactor = (pointer: string, write: (percentage: number) => string): Property<number> =>
  leafProperty(pointer, {
    toLeaf: (value) => write(value * 100),
    fromLeaf: (leaf) => {
      const percentage = typeof leaf === "number" || isBareNumber(leaf) ? Number(leaf) * 100 : numberWith("%", leaf);
      return percentage === undefined ? undefined : rounded(percentage / 100);
    },
  });

const isBareNumber = (leaf: Json): boolean => typeof leaf === "string" && /^\d+(\.\d+)?$/.test(leaf);

/** Five decimals, which is what Simple Schema keeps; without the noise of binary fractions. */
export const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;

export const bold = (pointer: string): Property<boolean> =>
  leafProperty(pointer, {
    toLeaf: (isBold) => (isBold ? "700" : "400"),
    fromLeaf: (leaf) => ({ 700: true, bold: true, 400: false, normal: false })[String(leaf)],
  });

/** A style that is there or not: `italic` is `font-style: italic`. */
export const switched = (pointer: string, style: string): Property<boolean> => ({
  pointers: [pointer],
  toFull: (isOn) => (isOn ? [[pointer, style]] : []),
  fromFull: (leaves) => leaves.get(pointer) === style,
});

/** An object or list that is passed on as it is: what hosts attach. */
export const attached = <Value extends object>(pointer: string): Property<Value> => ({
  pointers: [pointer],
  toFull: (value) => leavesAt(pointer, asJson(value)),
  fromFull: (leaves) => valueAt(leaves, pointer),
});

/** The schema has let nothing but JSON through; its types only can't say that what is optional is not undefined. */
const asJson = (value: object): Json => value as Json;

/** Another name for a property: read where it is given, never written. */
export const alias = <Value>(property: Property<Value>): Property<Value> => ({
  ...property,
  fromFull: () => undefined,
});

export const paddingProperties = (style: string) => ({
  "padding-top": pixels(`${style}/padding-top`),
  "padding-right": pixels(`${style}/padding-right`),
  "padding-bottom": pixels(`${style}/padding-bottom`),
  "padding-left": pixels(`${style}/padding-left`),
});

/** A list of objects whose entries are read one by one. */
export function listed<Entry extends object>(
  pointer: string,
  fromEntry: (entry: JsonObject) => Json,
): Property<readonly Entry[]> {
  return leafProperty<readonly Entry[]>(pointer, {
    toLeaf: asJson,
    fromLeaf: (leaf) => (Array.isArray(leaf) ? leaf.filter(isJsonObject).map(fromEntry) : undefined),
  });
}
