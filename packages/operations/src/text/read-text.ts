import {
  atom,
  blockEnd,
  isRichText,
  moduleTypeOf,
  moduleTypes,
  type NodeData,
  type TextCodec,
  textKeyOf,
  type Value,
} from "@waggle/template";
import { bareLine, blocksOf, isNested, runsOf, tagOf } from "./runs.ts";

/**
 * The HTML of an element's text as its update takes it; undefined when its type has none. Wrappers around it are left
 * out, and titles and buttons give their inline HTML: an update keeps what is around.
 */
export function findTextHtml(node: NodeData, codec: TextCodec): string | undefined {
  const key = textKeyOf(node);
  const value = key === undefined ? undefined : node[key];
  if (!isRichText(value)) return typeof value === "string" ? value : undefined;
  const blocks = blocksOf(value.rich);
  const [only] = blocks;
  const isLine =
    moduleTypes[moduleTypeOf(node)].isSingleBlock && blocks.length === 1 && only && tagOf(only) !== undefined;
  const rich = isLine && !isNested(only) ? runsOf([{ ...only, end: bareLine }]) : value.rich;
  return codec.serialise({ rich });
}

/** The start of an element's text without formatting, at most `length` characters; "" when it has none. */
export function textStart(node: NodeData, length: number): string {
  const key = textKeyOf(node);
  const letters = lettersOf(key === undefined ? undefined : node[key]);
  return letters.length > length ? `${letters.slice(0, length - 1).trimEnd()}…` : letters;
}

/** A text without formatting, its white space as single spaces. */
export function lettersOf(value: Value | undefined): string {
  return rawLettersOf(value).replace(/\s+/g, " ").trim();
}

function rawLettersOf(value: Value | undefined): string {
  if (isRichText(value))
    return value.rich.map(([text]) => text.replaceAll(blockEnd, " ").replaceAll(atom, "")).join("");
  return typeof value === "string" ? value.replace(/<[^<>]*>/g, " ") : "";
}
