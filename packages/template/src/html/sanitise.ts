import { Parser } from "htmlparser2";
import { attribute, escapePlain } from "../rich-text/escape.ts";
import { type ElementFate, fateOf, safeAttribute } from "../rich-text/safety.ts";
import type { SanitiseOptions } from "../rich-text/text-codec.ts";
import { readConditionalComment, safeHiddenContent } from "./conditional-comments.ts";
import { hiddenTag, type MaskedHtml, maskTemplateTags, withoutForgedMasks } from "./masking.ts";
import { isVoid } from "./tree.ts";

/** Browsers nest no deeper either. What follows is left out: reading on would take quadratic time. */
const maxDepth = 512;

/** Sources settle after two rounds or three; more only cost time. Every round is safe by itself. */
const maxRounds = 8;

/**
 * HTML with nothing in it but what the allow-list names. It is written anew from what the parser read, so that a browser
 * can't read it otherwise. Template tags stay as they are, unless they hold markup: then they are HTML like any other.
 * Sanitising the result changes nothing: what went may have kept elements apart that nest otherwise without it.
 */
export function sanitiseHtml(html: string, options: SanitiseOptions = {}): string {
  // Most texts of buttons, cells and menus hold nothing that a parser would see.
  if (!/[<&>\u00a0\ufdd0-\ufdef]/.test(html)) return html;
  let before = html;
  for (let round = 0; round < maxRounds; round++) {
    const after = sanitiseOnce(before, options);
    if (after === before) break;
    before = after;
  }
  return before;
}

function sanitiseOnce(html: string, { keepsConditions = false }: SanitiseOptions): string {
  const source = maskTemplateTags(withoutForgedMasks(html));
  const writer = new SafeWriter(source);
  const parser = new Parser({
    onopentag: (name, attributes) => {
      writer.open(name, attributes);
      if (writer.depth > maxDepth) parser.pause();
    },
    onclosetag: (name) => writer.close(name),
    ontext: (text) => writer.text(text),
    ...(keepsConditions ? { oncomment: (comment: string) => writer.comment(comment) } : {}),
  });
  parser.end(source.masked);
  return writer.end();
}

class SafeWriter {
  #html = "";
  readonly #source: MaskedHtml;
  readonly #open: { readonly name: string; readonly fate: ElementFate }[] = [];
  /** How many of the open elements are in one that goes with its content, itself included. */
  #dropped = 0;
  /** Inside of what all but Outlook read. Left open, it would hide the rest of the e-mail there. */
  #isInCondition = false;

  constructor(source: MaskedHtml) {
    this.#source = source;
  }

  get depth(): number {
    return this.#open.length;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const fate = this.#dropped > 0 ? "drop" : fateOf(name);
    this.#open.push({ name, fate });
    if (fate === "drop") this.#dropped++;
    if (fate === "keep") this.#html += `<${[name, ...this.#attributes(name, attributes)].join(" ")}>`;
  }

  close(name: string): void {
    // Source that ends inside a start tag closes an element that was never opened.
    if (this.#open.at(-1)?.name !== name) return;
    const fate = this.#open.pop()?.fate;
    if (fate === "drop") this.#dropped--;
    if (fate === "keep" && !isVoid(name)) this.#html += `</${name}>`;
  }

  text(text: string): void {
    if (this.#dropped === 0) this.#html += this.#source.unmask(escapePlain(text));
  }

  comment(comment: string): void {
    const read = this.#dropped > 0 ? undefined : readConditionalComment(comment);
    if (read?.kind === "closing") this.#leaveCondition();
    if (read?.kind === "opening" && !this.#isInCondition) {
      this.#isInCondition = true;
      this.#html += `<!--[if ${read.condition}]><!-->`;
    }
    if (read?.kind !== "hidden") return;
    const content = safeHiddenContent(read.content, this.#source);
    if (content !== undefined) this.#html += `<!--[if ${read.condition}]>${content}<![endif]-->`;
  }

  #leaveCondition(): void {
    if (this.#isInCondition) this.#html += "<!--<![endif]-->";
    this.#isInCondition = false;
  }

  /** The HTML, with everything closed that reading left open. */
  end(): string {
    for (let last = this.#open.at(-1); last; last = this.#open.at(-1)) this.close(last.name);
    this.#leaveCondition();
    return this.#html;
  }

  #attributes(element: string, attributes: Readonly<Record<string, string>>): string[] {
    return Object.entries(attributes).flatMap(([key, value]) => {
      // `{% if x %}class="a"{% endif %}`: template tags between attributes, glued to the next name.
      const tags = (key.match(hiddenTag) ?? []).map(this.#source.unmask).filter(isHarmlessInTag);
      const name = key.replace(hiddenTag, "");
      const safe = safeAttribute(element, name, this.#source.unmask(value));
      return safe === undefined ? tags : [...tags, attribute(name, safe)];
    });
  }
}

/** Between attributes a browser reads the words of a template tag as attributes: none of them may have a value. */
function isHarmlessInTag(tag: string): boolean {
  return !/[<>"'`/]|[^\s=!<>]\s*=(?!=)/.test(tag);
}
