import type { ElementId, ElementKind, ModuleType } from "@waggle/template";

/** CSS declarations, in order. Values are already checked: see `values/css.ts`. */
export type Styles = Readonly<Record<string, string>>;

/** A rule that can't be said inline. Its selector is relative to the element that owns it; "" is the element itself. */
export interface Rule {
  readonly select: string;
  readonly styles: Styles;
  /** Only below the page's breakpoint, and then over inline styles. */
  readonly isMobile?: boolean;
}

/** Markup written by people or agents. Each output brings its own sanitiser, so the tree carries it as it came. */
export interface HtmlContent {
  readonly html: string;
  /** The author's own markup may hold conditions for Outlook; texts may not. */
  readonly keepsConditions?: boolean;
}

/** Markup that only the string output writes, as it stands: template syntax, and what Outlook alone reads. */
export interface Wrapping {
  readonly before: string;
  readonly after: string;
  /** For Outlook alone: the comment that hides it from all others is not written yet. */
  readonly isForOutlook?: boolean;
}

/** What makes a node of the tree an element of the template. */
export interface TemplateElement {
  readonly id: ElementId;
  readonly kind: ElementKind;
  readonly type?: ModuleType;
  readonly rules: readonly Rule[];
  /** A module that has nothing to show. People see a note, readers not even its padding. */
  readonly isBlank?: boolean;
}

/** One HTML element of the render tree. Plain data, never changed once built. */
export interface ElementNode {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly styles: Styles;
  readonly content: readonly RenderNode[] | HtmlContent;
  readonly element?: TemplateElement;
  /** The element in which the text of its module lives. */
  readonly holdsText?: boolean;
  /** Outside of its tags. */
  readonly around?: Wrapping;
  /** Inside of its tags. */
  readonly inside?: Wrapping;
}

/** A node of the render tree; a string is text. */
export type RenderNode = ElementNode | string;

/** What an element is built from; whatever is missing is empty. */
export interface ElementParts {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly styles?: Styles;
  readonly content?: readonly RenderNode[] | HtmlContent;
  readonly element?: TemplateElement;
  readonly holdsText?: boolean;
  readonly around?: Wrapping;
  readonly inside?: Wrapping;
}

/** Builds an element of the tree. */
export function element(tag: string, parts: ElementParts = {}): ElementNode {
  return { tag, attributes: {}, styles: {}, content: [], ...parts };
}

/** A table that only lays out: no gaps, nothing for a screen reader. Without the attribute there is no border either. */
export function layoutTable(parts: ElementParts): ElementNode {
  const attributes = { cellpadding: "0", cellspacing: "0", role: "presentation", ...parts.attributes };
  return element("table", { ...parts, attributes });
}

/** The cells as one row of a table's body. */
export function tableRow(cells: readonly RenderNode[], attributes: Readonly<Record<string, string>> = {}): ElementNode {
  return element("tbody", { content: [element("tr", { attributes, content: cells })] });
}

export function isHtmlContent(content: ElementNode["content"]): content is HtmlContent {
  return !Array.isArray(content);
}

/** Class names as an attribute, without the ones that are off. */
export function classes(...names: readonly (string | false)[]): { readonly class?: string } {
  const list = names.filter((name) => name !== false && name !== "");
  return list.length > 0 ? { class: list.join(" ") } : {};
}
