import type { Json } from "../document/value.ts";

/** What a property can hold. */
export type PropertyValue =
  | { readonly kind: "color" }
  | SizeValue
  | { readonly kind: "line-height" }
  | { readonly kind: "weight" }
  | { readonly kind: "border" }
  | { readonly kind: "font" }
  | { readonly kind: "background-image" }
  | { readonly kind: "background-place" }
  | { readonly kind: "number"; readonly minimum: number; readonly maximum: number }
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly words: readonly string[] }
  /** One of several words in a text that holds other words too: "center autowidth". */
  | { readonly kind: "class-word"; readonly words: readonly string[] }
  /** A word that is in such a text or is not. */
  | { readonly kind: "class-flag"; readonly word: string }
  | { readonly kind: "link" }
  | { readonly kind: "picture" }
  | { readonly kind: "text" }
  | { readonly kind: "html" }
  /** A list of objects, kept as one value. */
  | { readonly kind: "list" }
  /** Whatever a host or another program has put there. */
  | { readonly kind: "opaque" };

/** A length: pixels, and where it says so also per cent or a word. */
export interface SizeValue {
  readonly kind: "size";
  readonly minimum: number;
  readonly maximum: number;
  readonly takesPercent?: boolean;
  readonly words?: readonly string[];
  /** Stored as a bare number where files have one; else as "16px". */
  readonly isBare?: boolean;
}

/** What a property is for: what the element says, how it looks, or who sees it. */
export type PropertyRole = "content" | "style" | "visibility";

/** The outputs a property shows in. */
export type Output = "message" | "page";

/** One property of a kind of element or a type of module. */
export interface Property {
  /** Unique among the properties of its type, and the name of the argument where a tool takes it. */
  readonly name: string;
  readonly role: PropertyRole;
  readonly value: PropertyValue;
  /** Where it is written, in the element's own JSON. */
  readonly pointer: string;
  /** Other places where files have it. They are read where the first says nothing, and emptied when it is written. */
  readonly alsoAt: readonly string[];
  /** Where it stands for narrow screens, first the place it is written to; absent means as on desktop. */
  readonly mobile: readonly string[];
  /** Names of the properties that are set and reset together with this one: the four sides of a box. */
  readonly parts: readonly string[];
  /** The value that stands for an absent one: both are drawn the same. */
  readonly fallback?: Json;
  /** What holds when it is absent, in words, where no value says it. */
  readonly otherwise?: string;
  /** Where a change of it shows; nowhere when only other programs read it. */
  readonly drawnIn: readonly Output[];
}

/** Properties by name. */
export type PropertyTable = Readonly<Record<string, UnnamedProperty>>;
export type UnnamedProperty = Omit<Property, "name">;

type Details = Partial<Omit<UnnamedProperty, "role" | "value" | "pointer">>;

const everywhere: readonly Output[] = ["message", "page"];
const blank = { alsoAt: [], mobile: [], parts: [], drawnIn: everywhere } as const;

/** How an element looks. */
export const style = (pointer: string, value: PropertyValue, details: Details = {}): UnnamedProperty => ({
  ...blank,
  ...details,
  role: "style",
  value,
  pointer,
});

/** What an element says, or what programs keep with it. */
export const content = (pointer: string, value: PropertyValue, details: Details = {}): UnnamedProperty => ({
  ...style(pointer, value, details),
  role: "content",
});

/** Who sees an element. */
export const visibility = (pointer: string, details: Details = {}): UnnamedProperty => ({
  ...style(pointer, flag, { fallback: false, ...details }),
  role: "visibility",
});

/** Kept for other programs: no output of Waggle shows it. */
export const unseen: Details = { drawnIn: [] };
export const inPages: Details = { drawnIn: ["page"] };
export const inMessages: Details = { drawnIn: ["message"] };

export const color: PropertyValue = { kind: "color" };
export const lineHeight: PropertyValue = { kind: "line-height" };
export const weight: PropertyValue = { kind: "weight" };
export const border: PropertyValue = { kind: "border" };
export const font: PropertyValue = { kind: "font" };
export const backgroundImage: PropertyValue = { kind: "background-image" };
export const backgroundPlace: PropertyValue = { kind: "background-place" };
export const flag: PropertyValue = { kind: "flag" };
export const link: PropertyValue = { kind: "link" };
export const picture: PropertyValue = { kind: "picture" };
export const text: PropertyValue = { kind: "text" };
export const html: PropertyValue = { kind: "html" };
export const list: PropertyValue = { kind: "list" };
export const opaque: PropertyValue = { kind: "opaque" };

export const choice = (...words: readonly string[]): PropertyValue => ({ kind: "choice", words });
export const number = (minimum: number, maximum: number): PropertyValue => ({ kind: "number", minimum, maximum });
export const pixels = (
  minimum: number,
  maximum: number,
  more: Partial<Pick<SizeValue, "takesPercent" | "words" | "isBare">> = {},
): SizeValue => ({ kind: "size", minimum, maximum, ...more });
