import type { Snapshot } from "@waggle/template";
import { breakpointOf, type Page, type PageHead, pageHeadOf, pageOf } from "../page.ts";
import { RowRenderer, rowIdsOf } from "../row.ts";
import { baseCss, mobileCss, rulesOf } from "../rules.ts";
import { type ElementNode, isHtmlContent } from "../tree.ts";
import { declarationsText } from "../values/css.ts";
import { escapeAttribute, escapeText } from "./escape.ts";
import { serialise } from "./serialise.ts";

export interface RenderHtmlOptions {
  /** What of people's and agents' markup may stand in an e-mail: `htmlCodec.sanitise`. */
  readonly sanitise: (html: string) => string;
}

/** The complete e-mail: a document of tables with inline styles, as mail clients want it. */
export function renderHtml(snapshot: Snapshot, { sanitise }: RenderHtmlOptions): string {
  const page = pageOf(snapshot);
  const renderer = new RowRenderer();
  const rows = rowIdsOf(snapshot).map((id) => renderer.row(snapshot, id, { page, mode: "send" }));
  const names = new PlaceNames(rows);
  const markup = rows.map((row) => serialise(row, { sanitise, classOf: (node) => names.classOf(node) }));
  const rules = rows.map((row) => rulesOf(row, (node) => names.selectorOf(node)));
  const css = [
    baseCss(page),
    ...rules.map(({ always }) => always),
    mobileCss(page, { rules: rules.map(({ mobile }) => mobile).join(""), breakpoint: breakpointOf(page) }),
  ];
  const head = pageHeadOf(snapshot);
  return documentText({ page, head, css: css.join(""), rows: markup.join("") });
}

/** Classes by place (`row-1`, `column-2`, `block-3`): the rules of an e-mail can't use ids, clients rewrite them. */
class PlaceNames {
  readonly #names = new Map<ElementNode, { own: string; selector: string }>();

  constructor(rows: readonly ElementNode[]) {
    rows.forEach((row, index) => {
      this.#add(row, { own: `row-${index + 1}`, within: "" });
      this.#descend(row, { within: `.row-${index + 1} `, count: { column: 0, module: 0 } });
    });
  }

  classOf(node: ElementNode): string | undefined {
    return this.#names.get(node)?.own;
  }

  selectorOf(node: ElementNode): string {
    return this.#names.get(node)?.selector ?? "";
  }

  #add(node: ElementNode, { own, within }: { own: string; within: string }): void {
    this.#names.set(node, { own, selector: `${within}.${own}` });
  }

  #descend(node: ElementNode, at: { within: string; count: { column: number; module: number } }): void {
    if (isHtmlContent(node.content)) return;
    for (const child of node.content) {
      if (typeof child === "string") continue;
      if (child.element?.kind === "column") {
        const own = `column-${++at.count.column}`;
        this.#add(child, { own, within: at.within });
        this.#descend(child, { within: `${at.within}.${own} `, count: { column: 0, module: 0 } });
      } else if (child.element?.kind === "module") {
        this.#add(child, { own: `block-${++at.count.module}`, within: at.within });
      } else this.#descend(child, at);
    }
  }
}

interface DocumentParts {
  readonly page: Page;
  readonly head: PageHead;
  readonly css: string;
  readonly rows: string;
}

function documentText({ page, head, css, rows }: DocumentParts): string {
  const fonts = page.webFonts.map(
    ({ url }) => `<link href="${escapeAttribute(url)}" rel="stylesheet" type="text/css">`,
  );
  const bodyStyle = declarationsText({
    ...page.background,
    margin: "0",
    padding: "0",
    "font-family": page.fontFamily,
    "-webkit-text-size-adjust": "none",
    "text-size-adjust": "none",
  });
  const description = head.description
    ? `<meta name="description" content="${escapeAttribute(head.description)}">`
    : "";
  return [
    `<!DOCTYPE html><html lang="${escapeAttribute(head.language)}" dir="${page.direction}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">`,
    `<head><meta charset="utf-8"><title>${escapeText(head.title)}</title>`,
    `<meta name="viewport" content="width=device-width,initial-scale=1">${description}`,
    "<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->",
    fonts.length > 0 ? `<!--[if !mso]><!-->${fonts.join("")}<!--<![endif]-->` : "",
    `<style>${css.replaceAll("</", "<\\/")}</style>${head.customTags}</head>`,
    `<body style="${escapeAttribute(bodyStyle)}">${preheaderText(head.preheader)}`,
    `<table class="nl-container" width="100%" border="0" cellpadding="0" cellspacing="0" role="presentation" style="${escapeAttribute(declarationsText({ ...page.background, "font-family": page.fontFamily }))}"><tbody><tr><td>${rows}</td></tr></tbody></table>`,
    "</body></html>",
  ].join("");
}

// The line that mail lists show after the subject, padded so that nothing of the body follows it.
function preheaderText(preheader: string): string {
  if (preheader === "") return "";
  const filler = "\u200c\u00a0".repeat(60);
  return `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;opacity:0">${escapeText(preheader)}${filler}</div>`;
}
