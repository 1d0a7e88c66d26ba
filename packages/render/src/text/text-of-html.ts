import { findTemplateTags } from "@waggle/template";

/** What a reader gets of markup without any: links with their addresses, lists with their marks, pictures by name. */
export function textOfHtml(sanitised: string): string {
  const writer = new TextWriter();
  let at = 0;
  for (const { index, 0: source, 1: slash = "", 2: name = "", 3: rest = "" } of sanitised.matchAll(tag)) {
    writer.text(sanitised.slice(at, index));
    at = index + source.length;
    const element = name.toLowerCase();
    if (slash === "") writer.open(element, rest);
    else writer.close(element);
  }
  writer.text(sanitised.slice(at));
  return writer.end();
}

/** The words of markup on one line, as titles have them: without the addresses of links and the names of pictures. */
export function lineOfHtml(sanitised: string): string {
  return decoded(sanitised.replace(tag, " ")).replace(/\s+/g, " ").trim();
}

// Sanitised markup is written anew by the sanitiser, so that this is all that can be a tag.
const tag = /<(\/?)([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi;

const paragraphs: ReadonlySet<string> = new Set("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre dl".split(" "));
const lines: ReadonlySet<string> = new Set(
  "div li tr dt dd section article header footer address figure figcaption caption center aside nav main".split(" "),
);

interface OpenList {
  /** The number of the last item; undefined where items have none. */
  count: number | undefined;
}

class TextWriter {
  #written = "";
  #line = "";
  /** Line ends before the next word. */
  #breaks = 0;
  #isPre = 0;
  readonly #lists: OpenList[] = [];
  readonly #links: { readonly href: string; readonly from: string }[] = [];
  #cells = 0;
  /** The mark of an item or cell that has no words yet: these follow on the same line, whatever element they are in. */
  #mark: string | undefined;

  text(html: string): void {
    const text = decoded(html);
    if (this.#isPre > 0) this.#put(text);
    else this.#put(text.replace(/[ \t\r\n\f]+/g, " "));
  }

  open(name: string, rest: string): void {
    if (paragraphs.has(name)) this.#break(this.#lists.length > 0 ? 1 : 2);
    else if (lines.has(name)) this.#break(1);
    this.#opened(name, rest);
  }

  close(name: string): void {
    if (name === "a") this.#endLink();
    if (name === "ul" || name === "ol") this.#lists.pop();
    if (name === "pre") this.#isPre = Math.max(0, this.#isPre - 1);
    if (name === "li" || name === "td" || name === "th") this.#mark = undefined;
    if (paragraphs.has(name)) this.#break(this.#lists.length > 0 ? 1 : 2);
    else if (name === "tr") this.#breaks = 1;
    else if (lines.has(name)) this.#break(1);
  }

  end(): string {
    while (this.#links.length > 0) this.#endLink();
    this.#flush();
    return this.#written;
  }

  #opened(name: string, rest: string): void {
    if (name === "br") this.#newLine();
    else if (name === "hr") this.#rule();
    else if (name === "img") this.#put(attributeOf(rest, "alt"));
    else if (name === "a") this.#links.push({ href: attributeOf(rest, "href"), from: this.#here() });
    else if (name === "ul") this.#lists.push({ count: undefined });
    else if (name === "ol") this.#lists.push({ count: startOf(rest) - 1 });
    else if (name === "li") this.#item();
    else if (name === "tr") this.#cells = 0;
    else if (name === "td" || name === "th") this.#cell();
    else if (name === "pre") this.#isPre += 1;
  }

  #item(): void {
    const list = this.#lists.at(-1);
    if (list?.count !== undefined) list.count += 1;
    const indent = "  ".repeat(Math.max(0, this.#lists.length - 1));
    this.#mark = `${indent}${list?.count === undefined ? "*" : `${list.count}.`} `;
  }

  #cell(): void {
    this.#cells += 1;
    if (this.#cells > 1) {
      // A cell may hold lines of its own, but the row is one.
      this.#breaks = 0;
      this.#line = `${this.#line.trimEnd()} | `;
    }
    this.#mark = "";
  }

  #rule(): void {
    this.#break(1);
    this.#put("----------");
    this.#break(1);
  }

  #here(): string {
    return this.#written + this.#line;
  }

  #endLink(): void {
    const link = this.#links.pop();
    if (!link || link.href === "" || link.href.startsWith("#")) return;
    const words = this.#here().slice(link.from.length).trim();
    if (words !== link.href && words !== link.href.replace(/^(mailto|tel|sms):/i, ""))
      this.#put(words === "" ? link.href : ` (${link.href})`);
  }

  #put(text: string): void {
    const isAtStart =
      this.#mark !== undefined || this.#line.trim() === "" || this.#line.endsWith(" ") || this.#breaks > 0;
    const words = isAtStart && this.#isPre === 0 ? text.replace(/^ +/, "") : text;
    if (words === "") return;
    this.#flushBreaks();
    this.#line += (this.#mark ?? "") + words;
    this.#mark = undefined;
  }

  #break(count: number): void {
    if (this.#mark !== undefined) return;
    this.#breaks = Math.max(this.#breaks, count);
  }

  #newLine(): void {
    this.#flushBreaks();
    this.#written += `${this.#line.trimEnd()}\n`;
    this.#line = "";
  }

  #flushBreaks(): void {
    if (this.#breaks === 0) return;
    const count = this.#here() === "" ? 0 : this.#breaks;
    this.#breaks = 0;
    if (count === 0) return;
    this.#written += `${this.#line.trimEnd()}${"\n".repeat(count)}`;
    this.#line = "";
  }

  #flush(): void {
    this.#written = (this.#written + this.#line)
      .replace(/[ \t]+\n/g, "\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim();
    this.#line = "";
  }
}

function startOf(rest: string): number {
  const start = Number(attributeOf(rest, "start"));
  return Number.isInteger(start) && start > 0 ? start : 1;
}

function attributeOf(rest: string, name: string): string {
  const pattern = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`, "i");
  const [, double, single] = pattern.exec(rest) ?? [];
  return decoded(double ?? single ?? "").trim();
}

const entities: ReadonlyMap<string, string> = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&nbsp;", " "],
]);

/** Text as it reads. What stands in a template tag is the sender's program and is left as it is. */
function decoded(html: string): string {
  let text = "";
  let at = 0;
  for (const { start, end, hasMarkup } of findTemplateTags(html)) {
    if (hasMarkup || start < at) continue;
    text += decodedPart(html.slice(at, start)) + html.slice(start, end);
    at = end;
  }
  return text + decodedPart(html.slice(at));
}

/** Fillers, and where words may be broken. Joiners belong to the words. */
const invisible = /[\u200a\u200b\ufeff\u00ad]|\u034f/gu;

function decodedPart(html: string): string {
  const text = html.replace(/&(?:amp|lt|gt|quot|nbsp);|&#(\d{1,7});/g, (entity, code?: string) => {
    if (code === undefined) return entities.get(entity) ?? entity;
    return Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : entity;
  });
  return text.replaceAll("\u00a0", " ").replace(invisible, "");
}
