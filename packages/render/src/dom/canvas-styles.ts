/// <reference lib="dom" />
import type { Page, WebFont } from "../page.ts";
import { baseCss, type CssRules, mobileCss } from "../rules.ts";

/** Looks of what only people editing see. */
const editCss = [
  ".placeholder{display:block;margin:4px;padding:16px 8px;border:1px dashed #948e84;border-radius:6px;",
  "font:500 13px/20px system-ui,sans-serif;letter-spacing:0;text-align:center;color:#5a564e;background:#f6f5f2}",
  "a{cursor:inherit}",
].join("");

interface StyleRules {
  readonly page: Page;
  readonly breakpoint: number | undefined;
  readonly rows: readonly CssRules[];
}

/**
 * The style sheets of a canvas. They are made by the frame's own constructor and adopted: a strict style policy of the
 * host blocks `<style>`, and sheets of another window are refused.
 */
export class CanvasStyles {
  readonly #document: Document;
  readonly #sheet: CSSStyleSheet;
  #css = "";
  readonly #links = new Map<string, HTMLLinkElement>();

  constructor(document: Document) {
    this.#document = document;
    const Sheet = document.defaultView?.CSSStyleSheet ?? CSSStyleSheet;
    this.#sheet = new Sheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
  }

  update({ page, breakpoint, rows }: StyleRules): void {
    const rules = rows.map(({ mobile }) => mobile).join("");
    const css = [
      baseCss(page),
      editCss,
      ...rows.map(({ always }) => always),
      mobileCss(page, { rules, ...(breakpoint === undefined ? {} : { breakpoint }) }),
    ].join("");
    if (css === this.#css) return;
    this.#css = css;
    this.#sheet.replaceSync(css);
  }

  /** Loads the page's fonts; those it no longer names go. */
  loadFonts(fonts: readonly WebFont[]): void {
    const wanted = new Set(fonts.map(({ url }) => url));
    for (const [url, link] of this.#links) {
      if (wanted.has(url)) continue;
      link.remove();
      this.#links.delete(url);
    }
    for (const url of wanted) if (!this.#links.has(url)) this.#links.set(url, this.#addLink(url));
  }

  destroy(): void {
    for (const link of this.#links.values()) link.remove();
    this.#links.clear();
    this.#document.adoptedStyleSheets = this.#document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }

  #addLink(url: string): HTMLLinkElement {
    const link = this.#document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    this.#document.head.append(link);
    return link;
  }
}
