import { breakpointOf, type Page, type PageHead, type WebFont } from "../page.ts";
import { baseCss, type CssRules, type HasClass, mobileCss } from "../rules.ts";
import { declarationsText, pick } from "../values/css.ts";
import { attributeText, escapeText } from "./escape.ts";
import { pictureFill, pictureUrl } from "./message/background-shape.ts";
import { forOutlook } from "./message/outlook.ts";

/** What a document is for: an e-mail, a web page, or a box over one. */
export type DocumentKind = "message" | "page" | "popup";

export interface DocumentParts {
  readonly kind: DocumentKind;
  readonly page: Page;
  readonly head: PageHead;
  readonly css: string;
  readonly rows: string;
  readonly beautified: boolean;
}

/** The style sheet of a document that holds these classes. */
export function styleSheet(page: Page, rules: CssRules, has: HasClass): string {
  const mobile = mobileCss(page, { rules: rules.mobile, breakpoint: breakpointOf(page), has });
  // The style element would end there.
  return `${baseCss(page, has)}${rules.always}${mobile}`.replaceAll("</", "<\\/");
}

/** A complete document around its rows. */
export function documentText(parts: DocumentParts): string {
  const isMessage = parts.kind === "message";
  const lines = [
    `<!DOCTYPE html>`,
    htmlTag(parts),
    "<head>",
    ...headLines(parts),
    "</head>",
    bodyTag(parts),
    ...(isMessage ? [pageShape(parts.page), preheaderText(parts.head.preheader)] : []),
    containerText(parts),
    "</body>",
    "</html>",
  ];
  return lines.filter((line) => line !== "").join(parts.beautified ? "\n" : "");
}

function htmlTag({ kind, page, head }: DocumentParts): string {
  const office = ["v=urn:schemas-microsoft-com:vml", "o=urn:schemas-microsoft-com:office:office"]
    .concat("w=urn:schemas-microsoft-com:office:word")
    .map((space) => ` xmlns:${space.replace("=", '="')}"`)
    .join("");
  return `<html ${attributeText("lang", head.language)} dir="${page.direction}"${kind === "message" ? office : ""}>`;
}

function headLines({ kind, page, head, css }: DocumentParts): readonly string[] {
  const fonts = page.webFonts.map(({ url }) => `<link ${attributeText("href", url)} rel="stylesheet">`).join("");
  const isMessage = kind === "message";
  return [
    '<meta charset="utf-8">',
    `<title>${escapeText(head.title)}</title>`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    head.description === "" ? "" : `<meta name="description" ${attributeText("content", head.description)}>`,
    ...(isMessage ? [...colorSchemes(head), officeSettings(page)] : [faviconTag(head)]),
    fonts !== "" && isMessage ? `<!--[if !mso]><!-->${fonts}<!--<![endif]-->` : fonts,
    `<style>${css}</style>`,
    head.customTags,
  ];
}

/** Colours as the template has them, unless its author has prepared it for dark screens. */
function colorSchemes({ customTags }: PageHead): readonly string[] {
  if (/color-scheme/i.test(customTags)) return [];
  return ['<meta name="color-scheme" content="light">', '<meta name="supported-color-schemes" content="light">'];
}

function faviconTag({ favicon }: PageHead): string {
  return favicon === undefined ? "" : `<link rel="icon" ${attributeText("href", favicon)}>`;
}

/** Pixels as wide as elsewhere, and fonts, which Outlook doesn't take from around a table by itself. */
function officeSettings(page: Page): string {
  const settings = "<o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch>";
  const xml = `<xml><o:OfficeDocumentSettings>${settings}</o:OfficeDocumentSettings></xml>`;
  const fonts = page.webFonts.map(fallbackFace).join("");
  const family = declarationsText({ "font-family": page.fontFamily });
  const texts = /[{}<]/.test(family) ? "" : `td,th,div,p,a,li,h1,h2,h3,h4,h5,h6{${family}}`;
  return forOutlook(`${xml}<style>table{border-collapse:collapse}${texts}${fonts}</style>`);
}

const standIns: ReadonlyMap<string, string> = new Map([
  ["sans-serif", "Arial"],
  ["serif", "Georgia"],
  ["monospace", "Courier New"],
]);

/** What Outlook takes for a font it can't load; without it, Times. */
function fallbackFace({ name, family }: WebFont): string {
  const [, second = "sans-serif"] = family.split(",").map((font) => font.trim().replace(/^['"]|['"]$/g, ""));
  const fallback = standIns.get(second) ?? second;
  const isPlain = (text: string): boolean => /^[\w -]{1,60}$/.test(text);
  return isPlain(name) && isPlain(fallback) ? `@font-face{font-family:'${name}';mso-font-alt:'${fallback}'}` : "";
}

function bodyTag({ kind, page }: DocumentParts): string {
  const fill = kind === "popup" ? {} : page.background;
  const style = declarationsText({ margin: "0", padding: "0", ...fill, "-webkit-text-size-adjust": "none" });
  return `<body ${attributeText("style", style)}>`;
}

function containerText({ kind, page, head, rows }: DocumentParts): string {
  const style = declarationsText({
    ...(kind === "popup" ? {} : page.background),
    "font-family": page.fontFamily,
    color: page.color,
    "word-break": "break-word",
  });
  const table = `<table class="nl-container" width="100%" cellpadding="0" cellspacing="0" role="presentation" ${attributeText("style", style)}><tr><td>`;
  const content = `${table}${rows}</td></tr></table>`;
  if (kind !== "popup") return content;
  const box = declarationsText({
    "max-width": `${page.width}px`,
    margin: "0 auto",
    ...pick(page.background, ["background-color"]),
  });
  return `<div role="dialog" ${attributeText("aria-label", head.title)} ${attributeText("style", box)}>${content}</div>`;
}

/** The picture behind the whole message. */
function pageShape({ background }: Page): string {
  if (pictureUrl(background) === undefined) return "";
  return forOutlook(`<v:background fill="t">${pictureFill(background)}</v:fill></v:background>`);
}

// The line that mail lists show after the subject, padded so that nothing of the body follows it.
function preheaderText(preheader: string): string {
  if (preheader === "") return "";
  const filler = "\u034f\u200c\u00a0".repeat(50);
  return `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;opacity:0">${escapeText(preheader)}${filler}</div>`;
}
