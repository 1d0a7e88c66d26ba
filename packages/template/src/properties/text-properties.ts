import { borders, fill, padding, radius, textAlign, typography } from "./boxes.ts";
import {
  choice,
  color,
  content,
  html,
  inMessages,
  link,
  list,
  number,
  type PropertyTable,
  pixels,
  style,
  unseen,
} from "./property.ts";

const mobile = "/descriptor/mobileStyle";
/** Where a module says how its text looks for narrow screens: beside its content, and in some files in it. */
const mobileOf = (type: string): readonly string[] => [mobile, `/descriptor/${type}/mobileStyle`];

const linkColor = (...[pointer, ...alsoAt]: readonly [string, ...string[]]) =>
  style(pointer, color, { alsoAt, otherwise: "the page's link colour" });

/** What editors leave in modules; nobody draws it. */
const leftovers: PropertyTable = {
  boxWidth: style("/descriptor/style/width", pixels(0, 2000, { takesPercent: true, words: ["auto"] }), unseen),
};

const boxAlign = style("/descriptor/style/text-align", choice("left", "center", "right"), unseen);

export const heading: PropertyTable = {
  text: content("/descriptor/heading/text", html, { alsoAt: ["/descriptor/heading/html"] }),
  headingLevel: content("/descriptor/heading/title", choice("h1", "h2", "h3", "h4", "h5", "h6"), { fallback: "h2" }),
  ...typography("/descriptor/heading/style", { mobile: mobileOf("heading"), ownWeight: "bold, as headings are" }),
  linkColor: linkColor("/descriptor/heading/style/link-color", "/descriptor/heading/computedStyle/linkColor"),
  ...leftovers,
  boxAlign,
};

export const paragraph: PropertyTable = {
  html: content("/descriptor/paragraph/html", html, { alsoAt: ["/descriptor/paragraph/text"] }),
  ...typography("/descriptor/paragraph/style", { mobile: mobileOf("paragraph") }),
  linkColor: linkColor("/descriptor/paragraph/computedStyle/linkColor", "/descriptor/paragraph/style/link-color"),
  paragraphSpacing: style("/descriptor/paragraph/computedStyle/paragraphSpacing", pixels(0, 200), {
    otherwise: "0px",
  }),
  ...leftovers,
  boxAlign,
};

export const text: PropertyTable = {
  html: content("/descriptor/text/html", html),
  ...typography("/descriptor/text/style", { mobile: mobileOf("text") }),
  linkColor: linkColor("/descriptor/text/computedStyle/linkColor"),
};

const listStyle = "/descriptor/list/computedStyle";

export const listModule: PropertyTable = {
  html: content("/descriptor/list/html", html),
  listType: content("/descriptor/list/tag", choice("ul", "ol"), unseen),
  ...typography("/descriptor/list/style", { mobile: mobileOf("list") }),
  linkColor: linkColor(`${listStyle}/linkColor`),
  indent: style(`${listStyle}/liIndent`, pixels(0, 200), { fallback: "40px" }),
  itemSpacing: style(`${listStyle}/liSpacing`, pixels(0, 200), { otherwise: "0px" }),
  listStyleType: style(
    `${listStyle}/listStyleType`,
    choice(
      "revert",
      "none",
      "disc",
      "circle",
      "square",
      "decimal",
      "lower-alpha",
      "upper-alpha",
      "lower-roman",
      "upper-roman",
    ),
    { fallback: "revert" },
  ),
  listStylePosition: style(`${listStyle}/listStylePosition`, choice("outside", "inside"), { fallback: "outside" }),
  startList: style(`${listStyle}/startList`, number(0, 10_000), unseen),
};

const button = "/descriptor/button";

const hoverBorders: PropertyTable = Object.fromEntries(
  Object.entries(borders("/descriptor/hoverStyle", { name: "hoverBorder" })).map(([name, property]) => {
    return [name, { ...property, alsoAt: [property.pointer.replace("/hoverStyle", "/button/hoverStyle")] }];
  }),
);

export const buttonModule: PropertyTable = {
  text: content(`${button}/label`, html, { alsoAt: [`${button}/text`] }),
  href: content(`${button}/href`, link, { alsoAt: [`${button}/link`] }),
  target: content(`${button}/target`, choice("_blank", "_self"), { fallback: "_blank" }),
  ...typography(`${button}/style`, { mobile: mobileOf("button"), isAlignedElsewhere: true }),
  textAlign: textAlign(`${button}/style`),
  backgroundColor: style(`${button}/style/background-color`, color, { otherwise: "transparent" }),
  ...borders(`${button}/style`),
  borderRadius: radius(`${button}/style`),
  width: style(`${button}/style/width`, pixels(1, 2000, { takesPercent: true, words: ["auto"] }), {
    mobile: [`${button}/mobileStyle/width`],
    fallback: "auto",
  }),
  maxWidth: style(`${button}/style/max-width`, pixels(1, 2000, { takesPercent: true }), { fallback: "100%" }),
  ...padding(`${button}/style`, { name: "contentPadding", mobile: `${button}/mobileStyle` }),
  align: style("/descriptor/style/text-align", choice("left", "center", "right"), {
    mobile: [`${mobile}/text-align`],
    fallback: "center",
  }),
  hoverBackgroundColor: style("/descriptor/hoverStyle/background-color", color, {
    alsoAt: [`${button}/hoverStyle/background-color`],
    otherwise: "as without the pointer on it",
  }),
  hoverColor: style("/descriptor/hoverStyle/color", color, {
    alsoAt: [`${button}/hoverStyle/color`],
    otherwise: "as without the pointer on it",
  }),
  ...hoverBorders,
  measuredWidth: style("/descriptor/computedStyle/width", pixels(1, 2000, { isBare: true }), {
    ...inMessages,
    otherwise: "as wide as the text seems",
  }),
  measuredHeight: style("/descriptor/computedStyle/height", pixels(1, 2000, { isBare: true }), {
    ...inMessages,
    otherwise: "as high as the text seems",
  }),
};

const table = "/descriptor/table";

export const tableModule: PropertyTable = {
  content: content(`${table}/content`, html),
  headers: content(`${table}/content/headers`, list),
  rows: content(`${table}/content/rows`, list),
  ...typography(`${table}/style`, { mobile: mobileOf("table") }),
  linkColor: linkColor(`${table}/computedStyle/linkColor`),
  backgroundColor: fill(`${table}/style`),
  ...padding(`${table}/style`, { name: "cellPadding", otherwise: "10px" }),
  ...borders(`${table}/style`),
  alternateRowBackgroundColor: style(`${table}/computedStyle/alternateRowBackgroundColor`, color, {
    fallback: "transparent",
  }),
  headersColor: style(`${table}/computedStyle/headersColor`, color, { otherwise: "that of the table" }),
  headersFontSize: style(`${table}/computedStyle/headersFontSize`, pixels(1, 200), { otherwise: "that of the table" }),
  headersFontWeight: style(`${table}/computedStyle/headersFontWeight`, { kind: "weight" }, { otherwise: "bold" }),
  headersBackgroundColor: style(`${table}/computedStyle/headersBackgroundColor`, color, {
    otherwise: "that of the table",
  }),
  headersTextAlign: style(`${table}/computedStyle/headersTextAlign`, choice("left", "center", "right", "justify"), {
    otherwise: "that of the table",
  }),
};
