import { Parser } from "htmlparser2";
import { seeStyleAttribute, seeStyleSheet } from "./css-sightings.ts";
import { type See, seeImage } from "./sightings.ts";

/** Sees what a document is made of. What stands in conditional comments only Outlook reads: it is not looked at. */
export function seeDocument(html: string, see: See): void {
  let css: string | undefined;
  const parser = new Parser({
    onopentag: (tag, attributes) => {
      seeElement(tag, attributes, see);
      if (tag === "style") css = "";
    },
    ontext: (text) => {
      if (css !== undefined) css += text;
    },
    onclosetag: (tag) => {
      if (tag !== "style" || css === undefined) return;
      seeStyleSheet(css, see);
      css = undefined;
    },
    oncomment: (text) => {
      if (!conditional.test(text)) see("html", "comment");
    },
    onprocessinginstruction: (name) => {
      if (name === "!doctype") see("html", "doctype");
    },
  });
  parser.end(html);
}

const conditional = /^\s*(?:\[if\b|<!\[endif\])/i;

type Attributes = Readonly<Record<string, string>>;

function seeElement(tag: string, attributes: Attributes, see: See): void {
  see("element", tag);
  const type = typeOf(tag, attributes);
  if (type !== undefined) see("element", `${tag}=${type}`);
  if (tag === "meta" && attributes.name !== undefined) see("meta", attributes.name.trim().toLowerCase());
  if (tag === "a" || tag === "area") seeLink(attributes.href ?? "", see);
  for (const [name, value] of Object.entries(attributes)) {
    see("attribute", name);
    if (name === "style") seeStyleAttribute(value, see);
  }
  seeImages(tag, attributes, see);
}

/** The type of a control, also where it goes without saying. */
function typeOf(tag: string, { type }: Attributes): string | undefined {
  if (tag === "input") return type?.trim().toLowerCase() || "text";
  return tag === "button" ? type?.trim().toLowerCase() || "submit" : undefined;
}

function seeLink(address: string, see: See): void {
  if (/^\s*mailto:/i.test(address)) see("link", "mailto");
  else if (/^\s*#[^\s]/.test(address)) see("link", "anchor");
}

const withPictures: ReadonlySet<string> = new Set(["img", "input", "source"]);

function seeImages(tag: string, { src, srcset, background }: Attributes, see: See): void {
  if (background !== undefined) seeImage(background, see);
  if (!withPictures.has(tag)) return;
  if (src !== undefined && tag !== "source") seeImage(src, see);
  if (srcset !== undefined) for (const address of addressesIn(srcset)) seeImage(address, see);
}

/** `a.png 1x, b.png 2x`: a comma that ends an address or a description goes on to the next. */
const addressesIn = (srcset: string): readonly string[] =>
  srcset.split(/,\s+|\s+(?:[\d.]+[wxh]\s*)?(?:,|$)/).flatMap((part) => part.trim().split(/\s+/, 1));
