/**
 * Template tags: what the sender's template engine replaces before anyone sees the e-mail. They are part of the text, and
 * nothing in them is ever escaped or normalised: {{ }}, {{{ }}}, {% %}, {# #}, <%= %>, *| |*.
 * (Tags like [name] hold nothing that HTML would touch, so they need no care.)
 */
export interface TemplateTag {
  readonly start: number;
  readonly end: number;
  /** The tag holds something that opens an HTML tag, so parsers won't read it as text. */
  readonly hasMarkup: boolean;
}

const opener = /\{\{|\{%|\{#|<%|\*\|/g;
const closers: { readonly [opener: string]: string } = { "{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>", "*|": "|*" };
const markup = /<[a-z/!?]/gi;

/**
 * The template tags of a text or of HTML source, in order. One with markup may hold others: they are tags in the HTML that
 * it is to a parser. Takes time in proportion to the length.
 */
export function findTemplateTags(text: string): TemplateTag[] {
  const scanner = new Scanner(text);
  const tags: TemplateTag[] = [];
  opener.lastIndex = 0;
  for (let match = opener.exec(text); match; match = opener.exec(text)) {
    const tag = scanner.tagAt(match.index);
    if (!tag) continue;
    tags.push(tag);
    if (!tag.hasMarkup) opener.lastIndex = tag.end;
  }
  return tags;
}

/** Remembers what it looked for ahead: text full of openers would take quadratic time. */
class Scanner {
  readonly #text: string;
  readonly #next = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  tagAt(start: number): TemplateTag | undefined {
    const kind = this.#text.slice(start, start + 2);
    const close = this.#text.startsWith("{{!--", start) ? "--}}" : (closers[kind] ?? "");
    const found = this.#find(close, start + 2);
    if (found === -1 || (kind === "*|" && /[|<>]/.test(this.#text.slice(start + 2, found)))) return undefined;
    const isTriple = this.#text.startsWith("{{{", start) && this.#text[found + 2] === "}";
    const end = found + close.length + (isTriple ? 1 : 0);
    const markupAt = this.#findMarkup(start);
    return { start, end, hasMarkup: markupAt !== -1 && markupAt < end };
  }

  #find(wanted: string, from: number): number {
    const known = this.#next.get(wanted);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const found = this.#text.indexOf(wanted, from);
    this.#next.set(wanted, found);
    return found;
  }

  #findMarkup(from: number): number {
    const known = this.#next.get("markup");
    if (known !== undefined && (known === -1 || known >= from)) return known;
    markup.lastIndex = from;
    const found = markup.exec(this.#text)?.index ?? -1;
    this.#next.set("markup", found);
    return found;
  }
}

/** Where a template tag begins that the text does not end. */
export function findUnclosedTags(text: string): number[] {
  const tags = findTemplateTags(text);
  const unclosed: number[] = [];
  let [next, end] = [0, 0];
  for (const { index } of text.matchAll(opener)) {
    for (let tag = tags[next]; tag && tag.start <= index; tag = tags[++next]) end = Math.max(end, tag.end);
    if (index >= end) unclosed.push(index);
  }
  return unclosed;
}

/** Rewrites what is outside of template tags; the tags stay as they are. Tags with markup count as ordinary text. */
export function outsideTags(text: string, rewrite: (part: string) => string): string {
  let result = "";
  let at = 0;
  for (const { start, end, hasMarkup } of findTemplateTags(text)) {
    if (hasMarkup) continue;
    result += rewrite(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return result + rewrite(text.slice(at));
}
