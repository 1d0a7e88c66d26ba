import { cellHtml, type ModuleType, type TableRow } from "@waggle/template";
import { fieldText, formFields, isSubmit } from "../modules/form.ts";
import type { ModuleView } from "../modules/module-view.ts";
import { borderWidth } from "../values/css.ts";
import { objectAt, textOf } from "../values/element-reader.ts";
import { safeUrl } from "../values/url.ts";

/** A module about to be written as text. */
export interface TextView extends ModuleView {
  /** Markup as text, after everything that may not be shown is gone. */
  readonly toText: (html: string) => string;
}

type ModuleText = (view: TextView) => string;

const markup =
  (...pointers: readonly string[]): ModuleText =>
  ({ reader, toText }) =>
    toText(reader.html(...pointers).html);

/** `Words (address)`, or the one there is. */
function link(words: string, address: unknown): string {
  const href = safeUrl(address) ?? "";
  if (href === "" || href === "#" || href === words) return words;
  return words === "" ? href : `${words} (${href})`;
}

const nothing: ModuleText = () => "";

const image: ModuleText = ({ reader }) => {
  const alt = reader.text("/descriptor/image/alt");
  const href = reader.text("/descriptor/image/href");
  return link(alt, href);
};

const button: ModuleText = ({ reader, toText }) => {
  const words = toText(reader.html("/descriptor/button/label", "/descriptor/button/text").html);
  return link(words.replace(/\s+/g, " "), reader.text("/descriptor/button/href", "/descriptor/button/link"));
};

const divider: ModuleText = ({ reader }) =>
  borderWidth(reader.styles("/descriptor/divider/style")["border-top"]) > 0 ? "----------" : "";

const social: ModuleText = ({ reader }) =>
  reader
    .objects("/descriptor/iconsList/icons")
    .map((icon) => {
      const picture = objectAt(icon, "image");
      return link(textOf(picture.alt) || textOf(icon.text) || textOf(icon.name), picture.href);
    })
    .filter((line) => line !== "")
    .join("\n");

const icons: ModuleText = ({ reader }) =>
  reader
    .objects("/descriptor/iconsList/icons")
    .map((icon) => link(textOf(icon.text) || textOf(icon.alt), icon.href))
    .filter((line) => line !== "")
    .join("\n");

const menu: ModuleText = ({ reader }) =>
  reader
    .objects("/descriptor/menuItemsList/items")
    .map((item) => link(textOf(item.text), objectAt(item, "link").href))
    .filter((line) => line !== "")
    .join("\n");

const video: ModuleText = ({ reader }) => {
  const words = reader.text("/descriptor/video/alt", "/descriptor/video/title") || "Watch the video";
  const href = safeUrl(reader.text("/descriptor/video/src", "/descriptor/video/href")) ?? "";
  return href === "" ? "" : link(words, href);
};

const table: ModuleText = ({ reader, toText }) => {
  const line = ({ cells }: TableRow): string =>
    cells.map((cell) => toText(cellHtml(cell)).replace(/\s*\n\s*/g, " ")).join(" | ");
  const { headers, rows } = reader.table();
  const rule = headers.length > 0 && rows.length > 0 ? ["----------"] : [];
  return [...headers.map(line), ...rule, ...rows.map(line)].join("\n");
};

const form: ModuleText = (view) => {
  const action = view.reader.text("/descriptor/form/structure/attributes/action");
  const submit = formFields(view).find(isSubmit);
  const words = submit ? textOf(submit.label) || fieldText(submit, "value") : "";
  return /^(https?:)?\/\//i.test(action) ? link(words, action) : "";
};

const carousel: ModuleText = ({ reader }) =>
  reader
    .objects("/descriptor/carousel/slides")
    .map((slide) => link(textOf(slide.alt), slide.href))
    .filter((line) => line !== "")
    .join("\n");

/** What each type of module says. */
export const moduleTexts: Readonly<Record<ModuleType, ModuleText>> = {
  heading: markup("/descriptor/heading/text", "/descriptor/heading/html"),
  paragraph: markup("/descriptor/paragraph/html", "/descriptor/paragraph/text"),
  text: markup("/descriptor/text/html"),
  list: markup("/descriptor/list/html"),
  image,
  button,
  divider,
  spacer: nothing,
  social,
  icons,
  menu,
  html: markup("/descriptor/html/html"),
  video,
  table,
  form,
  carousel,
  "merge-content": ({ reader }) => reader.text("/descriptor/mergeContent/value"),
  addon: markup("/descriptor/moduleInternal/value", "/descriptor/value"),
  empty: nothing,
  unknown: nothing,
};
