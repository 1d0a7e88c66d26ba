import type { RichText } from "../document/value.ts";
import type { TextCodec } from "../rich-text/text-codec.ts";
import { toHtml } from "../rich-text/to-html.ts";
import { parseHtml } from "./parse.ts";
import { sanitiseHtml } from "./sanitise.ts";
import { SourceWriter } from "./serialise.ts";

const maxSources = 1_000;

/** The codec with its memory: an unchanged source is parsed once for many exports. Give a room or session its own. */
export function createHtmlCodec(): TextCodec {
  // In order of last use. Null: the source can't be read as rich text.
  const sources = new Map<string, SourceWriter | null>();
  const writerOf = (html: string): SourceWriter | null => {
    const known = sources.get(html);
    sources.delete(html);
    const writer = known === undefined ? readSource(html) : known;
    sources.set(html, writer);
    for (const oldest of sources.keys()) {
      if (sources.size <= maxSources) break;
      sources.delete(oldest);
    }
    return writer;
  };
  return {
    parse: parseRichText,
    serialise: (text) => (text.html === undefined ? undefined : writerOf(text.html)?.write(text)) ?? toHtml(text),
    sanitise: sanitiseHtml,
  };
}

function parseRichText(html: string): RichText | undefined {
  const parsed = parseHtml(html);
  return "reason" in parsed ? undefined : { rich: parsed.rich, html };
}

function readSource(html: string): SourceWriter | null {
  const parsed = parseHtml(html);
  return "reason" in parsed ? null : new SourceWriter(html, parsed);
}

/** The codec for those who write few texts, or one after the other. */
export const htmlCodec: TextCodec = createHtmlCodec();
