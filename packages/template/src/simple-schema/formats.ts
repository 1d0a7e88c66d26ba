import * as z from "zod/mini";
import { findTemplateTags } from "../rich-text/template-tags.ts";

// Every browser and Node has it; this package is typed without either's library.
declare const URL: { canParse(text: string): boolean };

/** Text without links: a button is one link as a whole. */
export function hasNoAnchorTags(text: string): boolean {
  return !/<\/?a(?=[\s/>])/i.test(text);
}

/** An absolute address, or a text whose merge tags make one when the message is sent. */
export function isUrlOrMergeTags(text: string): boolean {
  return URL.canParse(text) || findTemplateTags(text).length > 0 || /\[[^\][]+\]/.test(text);
}

// Each schema carries what it allows as its message: the end of the sentence "… has to be".
export const text = z.string("text");
export const flag = z.boolean("true or false");
export const anyObject = z.record(z.string(), z.json(), "an object");
export const noAnchorTags = text.check(z.refine(hasNoAnchorTags, "text without <a> tags"));
export const urlOrMergeTags = text.check(z.refine(isUrlOrMergeTags, "an absolute address, or merge tags"));
export const urlOrMergeTagsOrEmpty = text.check(
  z.refine((value) => value === "" || isUrlOrMergeTags(value), "an absolute address, merge tags, or empty"),
);

/** A whole number between two others, both included. */
export function whole(from: number, to?: number): z.ZodMiniNumber<number> {
  const allowed = to === undefined ? `a whole number from ${from}` : `a whole number from ${from} to ${to}`;
  const least = z.int(allowed).check(z.gte(from, allowed));
  return to === undefined ? least : least.check(z.lte(to, allowed));
}

export const padding = whole(0, 60);
export const borderRadius = whole(0, 60);
export const borderWidth = whole(0, 30);

const factorRule = "a number from 0.5 to 3 with at most five decimals";

// Not multipleOf: 1.15 / 0.00001 is no whole number in binary.
const hasFiveDecimals = (value: number): boolean => Math.abs(value * 1e5 - Math.round(value * 1e5)) < 1e-6;

export const lineHeight = z
  .number(factorRule)
  .check(z.gte(0.5, factorRule), z.lte(3, factorRule), z.refine(hasFiveDecimals, factorRule));

/** One of some words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${words.at(-1)}` : words[0]);
}

/** An object of these properties and no others. */
export function strict<Shape extends z.core.$ZodShape>(name: string, shape: Shape) {
  const names = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: ({ code }) => (code === "unrecognized_keys" ? `${name} may have ${names}` : name),
  });
}
