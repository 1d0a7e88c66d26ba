/** What a reader of markup is told, in order. Start and end tags match: unclosed ones are closed where a browser would. */
export interface MarkupReader {
  open(tag: string, attributes: () => Attributes): void;
  close(): void;
  text(text: string): void;
}

export type Attributes = Readonly<Record<string, string>>;

const voidTags: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
);
/** Elements whose content is no markup. */
const rawTags: ReadonlySet<string> = new Set(["style", "script", "title", "textarea", "noscript", "xmp"]);
/** Elements that end where the next one of their kind begins. */
const siblings: ReadonlySet<string> = new Set(["p", "li", "td", "th", "tr", "option", "dt", "dd"]);

// A tag may not hold a "<" outside of quotes: then each tag is looked at once, however the text is broken.
const token = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][\w:-]*)([^"'<>]*(?:"[^"]*"[^"'<>]*|'[^']*'[^"'<>]*)*)>/gi;
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;

/**
 * Reads any string as markup, as forgiving as a browser. It tells styles, links and headings in force, not a tree to write
 * back: for that the text codec has a real parser, which refuses what it can't prove.
 */
export function scanHtml(html: string, reader: MarkupReader): void {
  if (!html.includes("<")) {
    reader.text(decoded(html));
    return;
  }
  const scan = new Scan(html, reader);
  scan.run();
}

class Scan {
  readonly #html: string;
  readonly #reader: MarkupReader;
  readonly #open: string[] = [];
  /** How many of each are open: to look for one that is not would take time for each stray end tag. */
  readonly #counts = new Map<string, number>();

  constructor(html: string, reader: MarkupReader) {
    this.#html = html;
    this.#reader = reader;
  }

  run(): void {
    const tokens = new RegExp(token);
    let at = 0;
    for (let match = tokens.exec(this.#html); match; match = tokens.exec(this.#html)) {
      this.#text(at, match.index);
      at = tokens.lastIndex;
      const [, slash = "", name, rest = ""] = match;
      if (name === undefined) continue;
      const tag = name.toLowerCase();
      if (slash !== "") this.#close(tag);
      else this.#start(tag, rest);
      if (slash === "" && rawTags.has(tag)) {
        at = this.#endOfRaw(tag, at);
        tokens.lastIndex = at;
      }
    }
    this.#text(at, this.#html.length);
    while (this.#open.length > 0) this.#pop();
  }

  #text(from: number, to: number): void {
    if (to > from) this.#reader.text(decoded(this.#html.slice(from, to)));
  }

  #start(tag: string, rest: string): void {
    if (siblings.has(tag) && this.#open.at(-1) === tag) this.#pop();
    this.#reader.open(tag, () => readAttributes(rest));
    if (voidTags.has(tag)) this.#reader.close();
    else this.#push(tag);
  }

  #close(tag: string): void {
    if ((this.#counts.get(tag) ?? 0) === 0) return;
    while (this.#pop() !== tag);
  }

  #push(tag: string): void {
    this.#open.push(tag);
    this.#counts.set(tag, (this.#counts.get(tag) ?? 0) + 1);
  }

  #pop(): string | undefined {
    const tag = this.#open.pop();
    if (tag === undefined) return undefined;
    this.#counts.set(tag, (this.#counts.get(tag) ?? 1) - 1);
    this.#reader.close();
    return tag;
  }

  #endOfRaw(tag: string, from: number): number {
    const end = new RegExp(`</${tag}\\b`, "gi");
    end.lastIndex = from;
    return end.exec(this.#html)?.index ?? this.#html.length;
  }
}

function readAttributes(rest: string): Attributes {
  const found: Record<string, string> = Object.create(null);
  for (const [, name = "", double, single, bare] of rest.matchAll(attribute)) {
    const key = name.toLowerCase();
    if (!(key in found)) found[key] = decoded(double ?? single ?? bare ?? "");
  }
  return found;
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  zwnj: "\u200c",
  zwj: "\u200d",
  shy: "\u00ad",
};

/** The entities that decide whether a text is empty or where an address leads; the others stay as written. */
function decoded(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,5});/gi, (entity, name: string) => {
    if (!name.startsWith("#")) return named[name.toLowerCase()] ?? entity;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
