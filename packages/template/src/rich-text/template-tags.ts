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
const markup = /<[a-z/!?]/i;

/** The template tags of a text or of HTML source, in order. Takes time in proportion to the length. */
export function findTemplateTags(text: string): TemplateTag[] {
  const tags: TemplateTag[] = [];
  const unclosed = new Set<string>();
  opener.lastIndex = 0;
  for (let match = opener.exec(text); match; match = opener.exec(text)) {
    const end = endOfTag(text, match.index, unclosed);
    if (end === undefined) continue;
    tags.push({ start: match.index, end, hasMarkup: markup.test(text.slice(match.index, end)) });
    opener.lastIndex = end;
  }
  return tags;
}

/** A closer that is nowhere ahead is not looked for again: text full of openers would take quadratic time. */
function endOfTag(text: string, start: number, unclosed: Set<string>): number | undefined {
  const kind = text.slice(start, start + 2);
  const close = text.startsWith("{{!--", start) ? "--}}" : (closers[kind] ?? "");
  if (unclosed.has(close)) return undefined;
  const found = kind === "*|" ? endOfPipes(text, start + 2) : text.indexOf(close, start + 2);
  if (found === -1) {
    unclosed.add(close);
    return undefined;
  }
  if (found === undefined) return undefined;
  const end = found + close.length;
  return text.startsWith("{{{", start) && text[end] === "}" ? end + 1 : end;
}

/** `*|…|*` holds no pipe and no angle bracket. */
function endOfPipes(text: string, from: number): number | undefined {
  const stop = /[|<>]/g;
  stop.lastIndex = from;
  const at = stop.exec(text)?.index;
  return at !== undefined && text.startsWith("|*", at) ? at : undefined;
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
