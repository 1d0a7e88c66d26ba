import { Parser } from "htmlparser2";
import { attribute, hasMixedQuotes } from "../rich-text/escape.ts";
import { fateOf, isSafeUrl, safeAttribute, safeStyle } from "../rich-text/safety.ts";
import { splitDeclarations } from "../rich-text/style.ts";
import { outsideTags } from "../rich-text/template-tags.ts";
import { hiddenTag, type MaskedHtml } from "./masking.ts";

/** Words of a condition. `IE` is none of them: what old browsers read would have to be as safe as the rest. */
const condition = /^(?=.*\bmso\b)(?:[\s!()&|]|\bmso\b|\b[gl]te?\b|\b\d{1,2}\b)+$/i;

/**
 * A comment that Outlook takes for a condition: `[if mso]>…<![endif]`, the same around markup that all but Outlook read, or
 * no such comment at all.
 */
export type ConditionalComment =
  | { readonly kind: "hidden"; readonly condition: string; readonly content: string }
  | { readonly kind: "opening"; readonly condition: string }
  | { readonly kind: "closing" };

/** What the inside of a comment says to Outlook. */
export function readConditionalComment(comment: string): ConditionalComment | undefined {
  if (/^\s*<!\[endif\]$/i.test(comment)) return { kind: "closing" };
  const [, words = "", content = ""] = /^\s*\[if ([^\]<>]{1,60})\]>([\s\S]*)$/i.exec(comment) ?? [];
  if (!condition.test(words)) return undefined;
  if (/^<!(?:--\s*)?$/.test(content)) return { kind: "opening", condition: words };
  const hidden = /^([\s\S]*)<!\[endif\]$/i.exec(content);
  return hidden ? { kind: "hidden", condition: words, content: hidden[1] ?? "" } : undefined;
}

const token = /<(\/?)([a-z][\w:.-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|[<>]/gi;

/**
 * What only Outlook reads, tag by tag: it is half a table as often as not, so there is no tree to go by. Undefined when it
 * holds something that no e-mail needs, or that would end the comment early.
 */
export function safeHiddenContent(content: string, { unmask }: MaskedHtml): string | undefined {
  let safe = "";
  let at = 0;
  for (const { index, 0: source, 1: slash, 2: name, 3: rest = "" } of content.matchAll(token)) {
    safe += content.slice(at, index);
    at = index + source.length;
    const tag = name === undefined ? bracketAsText(source) : safeTag({ name: name.toLowerCase(), slash, rest }, unmask);
    if (tag === undefined) return undefined;
    safe += tag;
  }
  safe = unmask(safe + content.slice(at));
  return /--!?>|<!|^-?>|-$/.test(safe) ? undefined : safe;
}

const bracketAsText = (bracket: string): string => (bracket === "<" ? "&lt;" : "&gt;");

interface Tag {
  readonly name: string;
  readonly slash: string | undefined;
  readonly rest: string;
}

/** The tag as it may stand, "" when it may not, undefined when what follows may not either. */
function safeTag({ name, slash, rest }: Tag, unmask: (piece: string) => string): string | undefined {
  const isDrawing = /^[vow]:[a-z]+$/.test(name);
  const fate = isDrawing ? "keep" : fateOf(name);
  if (fate === "drop" || name === "xml") return undefined;
  if (fate !== "keep") return "";
  if (slash) return `</${name}>`;
  const pairs = pairsOf(rest, unmask);
  const attributes = isDrawing ? drawingAttributes(pairs) : htmlAttributes(name, pairs);
  return `<${[name, ...attributes].join(" ")}${/\/\s*$/.test(rest) ? "/" : ""}>`;
}

type Pair = readonly [name: string, value: string];

/** Attributes as they read, without template tags glued to their names. One parser for all markup: what it decodes is what the checks see. */
function pairsOf(source: string, unmask: (piece: string) => string): readonly Pair[] {
  const pairs: Pair[] = [];
  const parser = new Parser({ onattribute: (name, value) => pairs.push([name.replace(hiddenTag, ""), unmask(value)]) });
  parser.end(`<x ${source.replace(/\/\s*$/, "")}>`);
  return pairs;
}

/** In a comment, brackets in a value could end it. */
function hiddenAttribute(name: string, value: string): string {
  return outsideTags(attribute(name, value), (part) => part.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
}

function htmlAttributes(tag: string, pairs: readonly Pair[]): readonly string[] {
  return pairs.flatMap(([name, value]) => {
    const safe = safeAttribute(tag, name, value);
    return safe === undefined ? [] : [hiddenAttribute(name, safe)];
  });
}

/** Shapes of Outlook: their styles have properties of their own, their addresses are addresses. */
function drawingAttributes(pairs: readonly Pair[]): readonly string[] {
  return pairs.flatMap(([name, value]) => {
    const safe = name === "style" ? drawingStyle(value) : value;
    return safe !== undefined && isHarmlessInDrawing([name, safe]) ? [attribute(name, safe)] : [];
  });
}

function isHarmlessInDrawing([name, value]: Pair): boolean {
  if (name.startsWith("on") || !/^[a-z][a-z0-9:-]*$/.test(name) || /[<>]/.test(value) || hasMixedQuotes(value))
    return false;
  return name === "style" || isSafeUrl(value) || name.startsWith("xmlns:");
}

/** The declarations that may stay; a style that is harmless comes back as it is. */
function drawingStyle(style: string): string | undefined {
  const declarations = splitDeclarations(style) ?? [];
  const safe = declarations.filter(isHarmlessDeclaration);
  if (safe.length === 0) return undefined;
  return safe.length === declarations.length ? style : safe.join(";");
}

/** What any style may say, and plain values of properties that only Outlook knows. */
function isHarmlessDeclaration(declaration: string): boolean {
  const isPlain = /^[\w\s:.,%#!-]*$/.test(declaration) && !/script|expression/i.test(declaration);
  return isPlain || safeStyle(declaration) !== undefined;
}
