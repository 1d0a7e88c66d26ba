import { Parser } from "htmlparser2";
import { hasMixedQuotes } from "../rich-text/escape.ts";
import { canonicalStyle } from "../rich-text/style.ts";
import { findTemplateTags } from "../rich-text/template-tags.ts";
import { hiddenTag, type MaskedHtml } from "./masking.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ElementNode extends Span {
  readonly kind: "element";
  readonly name: string;
  /** Decoded, and with template tags as they are. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The style attribute in canonical form, or null when there is none. */
  readonly style: string | null;
  readonly children: readonly HtmlNode[];
  readonly innerStart: number;
  readonly innerEnd: number;
}

/** Text with its entities decoded; template tags are still masked. */
export interface TextNode extends Span {
  readonly kind: "text";
  readonly text: string;
}

/** A comment, a processing instruction, or a template tag over several lines: kept as it stands. */
export interface VerbatimNode extends Span {
  readonly kind: "verbatim";
}

export type HtmlNode = ElementNode | TextNode | VerbatimNode;

export type Tree = { readonly nodes: readonly HtmlNode[] } | { readonly reason: string };

/** Nesting that no text has; beyond it the recursion over the tree could exhaust the stack. */
const maxDepth = 100;

const voidTags: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
);

/** Whether an element has neither content nor end tag. */
export function isVoid(name: string): boolean {
  return voidTags.has(name);
}

/** Parses HTML whose template tags are masked. A reason when the source can't be told from the tree. */
export function parseTree(source: MaskedHtml): Tree {
  if (/<\/?[a-z0-9]*\ufdee/i.test(source.masked)) return { reason: "a template tag as the name of a tag" };
  const builder = new TreeBuilder(source);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        builder.open(parser, { name, attributes });
        if (builder.reason !== undefined) parser.pause();
      },
      onclosetag: (_name, isImplied) => builder.close(parser, { isImplied }),
      ontext: (text) => builder.text(parser, text),
      oncomment: () => builder.verbatim(parser),
      onprocessinginstruction: () => builder.verbatim(parser),
    },
    { decodeEntities: true },
  );
  parser.end(source.masked);
  builder.finish();
  return builder.reason === undefined ? { nodes: builder.nodes } : { reason: builder.reason };
}

/** Where the parser is in the source. Its end index is inclusive. */
interface ParserPosition {
  readonly startIndex: number;
  readonly endIndex: number;
}

interface OpenElement extends Omit<ElementNode, "children" | "end" | "innerEnd"> {
  readonly children: HtmlNode[];
  end: number;
  innerEnd: number;
}

class TreeBuilder {
  readonly nodes: HtmlNode[] = [];
  reason: string | undefined;
  readonly #source: MaskedHtml;
  readonly #open: OpenElement[] = [];
  /** End of what the parser has told of. */
  #reached = 0;

  constructor(source: MaskedHtml) {
    this.#source = source;
  }

  get #siblings(): HtmlNode[] {
    return this.#open.at(-1)?.children ?? this.nodes;
  }

  open(at: ParserPosition, { name, attributes }: Pick<ElementNode, "name" | "attributes">): void {
    this.reason ??= junkIn(attributes) ?? (this.#open.length > maxDepth ? "nested too deep" : undefined);
    this.#reached = at.endIndex + 1;
    const style = canonicalStyle(attributes.style ?? "");
    const element: OpenElement = {
      kind: "element",
      name,
      attributes: mapValues(attributes, this.#source.unmask),
      style: style === "" ? null : this.#source.unmask(style),
      children: [],
      start: at.startIndex,
      end: this.#source.masked.length,
      innerStart: at.endIndex + 1,
      innerEnd: this.#source.masked.length,
    };
    if (Object.values(element.attributes).some(hasMixedQuotes)) this.reason ??= "quotes in a template tag in a tag";
    this.#siblings.push(element);
    this.#open.push(element);
  }

  close({ startIndex, endIndex }: ParserPosition, { isImplied }: { isImplied: boolean }): void {
    const element = this.#open.pop();
    if (!element) return;
    if (!isImplied) this.#reached = endIndex + 1;
    element.innerEnd = startIndex;
    element.end = isImplied ? startIndex : endIndex + 1;
    if (isVoid(element.name)) element.end = element.innerStart;
    else if (isImplied && !mayStayOpen(element.name) && !this.#open.some(({ name }) => isForeign(name))) {
      this.reason ??= `<${element.name}> is not closed`;
    }
  }

  text({ startIndex, endIndex }: ParserPosition, text: string): void {
    this.#reached = endIndex + 1;
    let at = 0;
    for (const { index, 0: mask } of text.matchAll(hiddenTag)) {
      const [start, end] = [startIndex + index, startIndex + index + mask.length];
      // In a text a line break is a <br>, so a tag over several lines can't be text.
      if (!/[\r\n]/.test(this.#source.unmask(mask))) continue;
      this.#addText({ kind: "text", text: text.slice(at, index), start: startIndex + at, end: start });
      this.#siblings.push({ kind: "verbatim", start, end });
      at = index + mask.length;
    }
    this.#addText({ kind: "text", text: text.slice(at), start: startIndex + at, end: endIndex + 1 });
  }

  verbatim({ startIndex, endIndex }: ParserPosition): void {
    this.#reached = endIndex + 1;
    if (this.#source.masked[endIndex] !== ">") this.reason ??= "a comment is not closed";
    this.#siblings.push({ kind: "verbatim", start: startIndex, end: endIndex + 1 });
  }

  /** The parser is silent on stray end tags, and on a start tag cut off by the end of the source. */
  finish(): void {
    const rest = this.#source.masked.slice(this.#reached);
    if (!/^(?:<\/[^<>]*>\s*)*$/.test(rest)) this.reason ??= "it ends inside a tag";
  }

  #addText(node: TextNode): void {
    if (node.text === "") return;
    const siblings = this.#siblings;
    const last = siblings.at(-1);
    if (last?.kind !== "text") siblings.push(node);
    else siblings[siblings.length - 1] = { ...last, text: last.text + node.text, end: node.end };
  }
}

/** Template syntax between attributes, or a tag spelled with entities: neither can be written back for sure. */
function junkIn(attributes: Readonly<Record<string, string>>): string | undefined {
  const pairs = Object.entries(attributes);
  if (pairs.some(([name]) => !/^[a-z_:@][\w:.@-]*$/i.test(name))) return "junk inside a tag";
  return pairs.some(([, value]) => findTemplateTags(value).length > 0) ? "a template tag with entities" : undefined;
}

function mapValues(record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function mayStayOpen(name: string): boolean {
  return name === "p" || name === "li";
}

function isForeign(name: string): boolean {
  return name === "svg" || name === "math";
}
