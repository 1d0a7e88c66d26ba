import type { Json, Marks } from "../document/value.ts";

/** A stretch of text in a line, or a piece of HTML that has no place in the model. */
export type Inline = InlineText | InlineHtml;

export interface InlineText {
  /** "\n" is a line break. */
  readonly text: string;
  readonly marks?: Marks;
}

export interface InlineHtml {
  readonly html: string;
  /** Its marks as JSON, or null when it has those that both neighbours share. A string, for atoms carry no marks in Yjs. */
  readonly marks: string | null;
}

/** The element around a line or container: tag, canonical style, and its other attributes as written in HTML. */
export interface Frame {
  readonly tag: string;
  readonly style: string | null;
  readonly rest: string | null;
}

/** A line of text: p, h1–h6, a div without blocks in it, or (with tag "") text without any element around it. */
export interface Paragraph extends Frame {
  readonly kind: "paragraph";
  readonly content: readonly Inline[];
}

/** HTML that is kept as it is. */
export interface RawBlock {
  readonly kind: "raw";
  readonly html: string;
}

export type ContainerKind = "list" | "item" | "box";

export interface Container extends Frame {
  readonly kind: ContainerKind;
  readonly content: readonly Block[];
}

export type Block = Paragraph | Container | RawBlock;

/** An ancestor of a block in the linear form. */
export type Ancestor<Kind extends ContainerKind = ContainerKind> = Frame & { readonly kind: Kind };

/** What the marks of a block end say of the block. */
export type BlockMark = (Frame & { readonly kind: "paragraph" }) | RawBlock;

export function isInlineText(inline: Inline): inline is InlineText {
  return "text" in inline;
}

/** A line without an element around it. */
export function bareLine(content: readonly Inline[] = []): Paragraph {
  return { kind: "paragraph", tag: "", style: null, rest: null, content };
}

/** Ancestors and block marks as values of marks. */
export function toJson(value: BlockMark | readonly Ancestor[]): Json {
  // They are plain JSON; their interfaces only lack the index signature of that type.
  return value as unknown as Json;
}

/** The marks of a stretch of text as a member that is absent when there are none. */
export function inlineText(text: string, marks: Marks | undefined): InlineText {
  return marks === undefined ? { text } : { text, marks };
}
