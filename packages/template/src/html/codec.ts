import type { RichText } from "../document/value.ts";
import type { SanitiseOptions, TextCodec } from "../rich-text/text-codec.ts";
import { toHtml } from "../rich-text/to-html.ts";
import { parseHtml } from "./parse.ts";
import { sanitiseHtml } from "./sanitise.ts";
import { SourceWriter } from "./serialise.ts";

/** The codec with a memory of its own: a text is written once for many exports, and a source parsed once for many texts. */
export function createHtmlCodec(): TextCodec {
  const sources = new RecentSources();
  const sanitised = new RecentlySanitised();
  const written = new WeakMap<RichText, string>();
  const write = (text: RichText): string => {
    const source = text.html === undefined ? undefined : sources.writerOf(text.html);
    return source?.write(text) ?? toHtml(text);
  };
  return {
    parse: parseRichText,
    explain: (html) => {
      const parsed = parseHtml(html);
      return "reason" in parsed ? parsed.reason : undefined;
    },
    serialise: (text) => {
      const known = written.get(text);
      if (known !== undefined) return known;
      const html = write(text);
      written.set(text, html);
      return html;
    },
    sanitise: (html, options) => sanitised.of(html, options),
  };
}

function parseRichText(html: string): RichText | undefined {
  const parsed = parseHtml(html);
  return "reason" in parsed ? undefined : { rich: parsed.rich, html };
}

/** Some hundred templates' texts; with the parsed blocks a few times as many bytes. */
const maxCharacters = 2_000_000;

/** The sources used last. */
class RecentSources {
  /** In order of last use. Null: not rich text. */
  readonly #writers = new Map<string, SourceWriter | null>();
  #characters = 0;

  writerOf(html: string): SourceWriter | null {
    const known = this.#writers.get(html);
    const writer = known === undefined ? readSource(html) : known;
    if (this.#writers.delete(html)) this.#characters -= html.length;
    this.#writers.set(html, writer);
    this.#characters += html.length;
    for (const oldest of this.#writers.keys()) {
      if (this.#characters <= maxCharacters) break;
      this.#writers.delete(oldest);
      this.#characters -= oldest.length;
    }
    return writer;
  }
}

/** Texts sanitised last: a template is rendered, checked and measured again and again with most of its texts as they were. */
class RecentlySanitised {
  /** In order of first use: looking one up has to cost next to nothing. */
  readonly #results = new Map<string, string>();
  #characters = 0;

  of(html: string, options: SanitiseOptions | undefined): string {
    if (options?.keepsConditions || html.length > maxCharacters / 100) return sanitiseHtml(html, options);
    const known = this.#results.get(html);
    if (known !== undefined) return known;
    const result = sanitiseHtml(html, options);
    this.#results.set(html, result);
    this.#characters += html.length + result.length;
    for (const [oldest, written] of this.#results) {
      if (this.#characters <= maxCharacters) break;
      this.#results.delete(oldest);
      this.#characters -= oldest.length + written.length;
    }
    return result;
  }
}

function readSource(html: string): SourceWriter | null {
  const parsed = parseHtml(html);
  return "reason" in parsed ? null : new SourceWriter(html, parsed);
}

/** The codec for everyone: what it remembers changes no answer, only how soon it comes. */
export const htmlCodec: TextCodec = createHtmlCodec();
