import type { NodeKind } from "../document/node.ts";
import { backgroundPicture, borders, fill, hiding, padding, radius } from "./boxes.ts";
import {
  choice,
  color,
  content,
  flag,
  font,
  inPages,
  list,
  number,
  opaque,
  type PropertyTable,
  pixels,
  style,
  text,
  unseen,
} from "./property.ts";

const body = "/page/body/content";
const meta = "/page/head/meta";

/** What the page says for all its rows, and what its document says of itself. */
const settings: PropertyTable = {
  subject: content(`${meta}/subject`, text),
  preheader: content(`${meta}/preheader`, text, { drawnIn: ["message"] }),
  language: content(`${meta}/lang`, text, {
    alsoAt: ["/page/language/value", "/page/language"],
    fallback: "en",
  }),
  title: content("/page/title", text, { otherwise: "the subject, else the first title" }),
  metaTitle: content(`${meta}/title`, text),
  description: content("/page/description", text),
  metaDescription: content(`${meta}/description`, text),
  favicon: content(`${meta}/favicon`, list, inPages),
  customTags: content("/page/head/customTags", text),
  webFonts: content("/page/body/webFonts", list, { alsoAt: ["/page/webFonts"] }),
  contentAreaWidth: style(`${body}/computedStyle/messageWidth`, pixels(320, 1440), { fallback: "600px" }),
  contentAreaAlignment: style(`${body}/computedStyle/align`, choice("left", "center", "right"), {
    fallback: "center",
  }),
  backgroundColor: fill("/page/body/container/style"),
  ...backgroundPicture("/page/body/container/style", "background"),
  contentAreaBackgroundColor: style(`${body}/computedStyle/messageBackgroundColor`, color, { fallback: "transparent" }),
  fontFamily: style(`${body}/style/font-family`, font, {
    fallback: "Arial, 'Helvetica Neue', Helvetica, sans-serif",
  }),
  color: style(`${body}/style/color`, color, { fallback: "#000000" }),
  direction: style(`${body}/style/direction`, choice("ltr", "rtl"), { otherwise: "that of the language" }),
  linkColor: style(`${body}/computedStyle/linkColor`, color, { fallback: "#0068A5" }),
  bodyType: content("/page/body/type", opaque, unseen),
  templateName: content("/page/template/name", opaque, unseen),
  templateType: content("/page/template/type", opaque, unseen),
  templateVersion: content("/page/template/version", opaque, unseen),
};

/** What stands around an element and says for whom it is. */
function displayCondition(at: string, others: readonly string[]): PropertyTable {
  const place = (part: string) => ({ alsoAt: others.map((other) => `${other}/${part}`) });
  return {
    conditionBefore: content(`${at}/before`, opaque, place("before")),
    conditionAfter: content(`${at}/after`, opaque, place("after")),
    conditionType: content(`${at}/type`, opaque, { ...unseen, ...place("type") }),
    conditionLabel: content(`${at}/label`, opaque, { ...unseen, ...place("label") }),
    conditionDescription: content(`${at}/description`, opaque, { ...unseen, ...place("description") }),
  };
}

const computed = "/content/computedStyle";

const row: PropertyTable = {
  rowBackgroundColor: fill("/container/style"),
  ...backgroundPicture("/container/style", "rowBackground"),
  contentAreaBackgroundColor: {
    ...fill("/content/style"),
    mobile: ["/content/mobileStyle/background-color"],
    otherwise: "that of the page's content area",
  },
  ...backgroundPicture("/content/style", "contentAreaBackground"),
  contentAreaTextColor: style("/content/style/color", color, { otherwise: "the page's text colour" }),
  ...padding("/content/style", { name: "contentAreaPadding", mobile: "/content/mobileStyle" }),
  ...borders("/content/style", { name: "contentAreaBorder", mobile: "/content/mobileStyle" }),
  contentAreaBorderRadius: radius("/content/style"),
  verticalAlign: style(`${computed}/verticalAlign`, choice("top", "middle", "bottom"), {
    alsoAt: [`${computed}/vertical-align`],
    fallback: "top",
  }),
  columnsSpacing: style(`${computed}/columnsSpacing`, pixels(0, 200), { fallback: "0px" }),
  columnsBorderRadius: style(`${computed}/columnsBorderRadius`, pixels(0, 1000), { fallback: "0px" }),
  stackOnMobile: style(`${computed}/rowColStackOnMobile`, flag, { fallback: true }),
  reverseOnMobile: style(`${computed}/rowReverseColStackOnMobile`, flag, { fallback: false }),
  ...hiding(computed, {
    strays: ["", "/computedStyle", "/content", "/content/style", "/container/computedStyle", "/container/style"],
  }),
  ...displayCondition("/container/displayCondition", [
    "/container/display-condition",
    "/displayCondition",
    "/display-condition",
  ]),
  name: content("/name", text, unseen),
  metadata: content("/metadata", opaque, unseen),
  contentWidth: content("/content/style/width", opaque, unseen),
  locked: content("/locked", flag, { ...unseen, fallback: false }),
  synced: content("/synced", flag, { ...unseen, fallback: false }),
  empty: content("/empty", flag, unseen),
};

const column: PropertyTable = {
  gridColumns: content("/grid-columns", number(1, 12), { otherwise: "an even share of the row" }),
  backgroundColor: fill("/style"),
  ...backgroundPicture("/style", "background"),
  ...padding("/style", { mobile: "/mobileStyle" }),
  ...borders("/style", { mobile: "/mobileStyle" }),
  borderRadius: { ...radius("/style"), otherwise: "that of the row's columns" },
  ...hiding("/computedStyle", { strays: ["", "/style"] }),
  ...displayCondition("/displayCondition", [
    "/display-condition",
    "/container/displayCondition",
    "/container/display-condition",
  ]),
};

/** The properties of everything that is no module. */
export const elementProperties: Readonly<Record<Exclude<NodeKind, "module">, PropertyTable>> = {
  settings,
  row,
  column,
};
