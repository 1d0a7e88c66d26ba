import { alsoInside, borders, padding, radius, typography } from "./boxes.ts";
import {
  border,
  choice,
  color,
  content,
  flag,
  html,
  inPages,
  link,
  list,
  opaque,
  type PropertyTable,
  picture,
  pixels,
  style,
  text,
  unseen,
} from "./property.ts";

const computed = "/descriptor/computedStyle";
const mobile = "/descriptor/mobileStyle";
const image = "/descriptor/image";

const alignWords = ["left", "center", "right"] as const;
const boxAlign = (details: Parameters<typeof style>[2] = {}) =>
  style("/descriptor/style/text-align", choice(...alignWords), {
    mobile: [`${mobile}/text-align`],
    fallback: "center",
    ...details,
  });

export const imageModule: PropertyTable = {
  src: content(`${image}/src`, picture),
  dynamicSrc: content(`${image}/dynamicSrc`, picture),
  alt: content(`${image}/alt`, text, { fallback: "" }),
  href: content(`${image}/href`, link, { fallback: "" }),
  target: content(`${image}/target`, choice("_blank", "_self"), { fallback: "_blank" }),
  title: content(`${image}/title`, text, { fallback: "" }),
  prefix: content(`${image}/prefix`, text, unseen),
  width: style(`${computed}/width`, pixels(1, 2000, { takesPercent: true }), {
    mobile: [`${mobile}/width`],
    fallback: "100%",
  }),
  align: style(
    `${computed}/class`,
    { kind: "class-word", words: alignWords },
    {
      alsoAt: [`${computed}/align`],
      mobile: [`${mobile}/text-align`, `${image}/mobileStyle/text-align`],
      otherwise: "center",
    },
  ),
  fullWidthOnMobile: style(
    `${computed}/class`,
    { kind: "class-flag", word: "fullwidthOnMobile" },
    {
      otherwise: "off",
    },
  ),
  fit: style(`${computed}/class`, { kind: "class-word", words: ["autowidth", "fixedwidth"] }, unseen),
  borderRadius: radius("/descriptor/style", { alsoAt: [`${image}/style/border-radius`] }),
  fileWidth: content(`${image}/width`, opaque, { otherwise: "the width of the column, where width says nothing" }),
  fileHeight: content(`${image}/height`, opaque, unseen),
  percentWidth: content(`${image}/percWidth`, opaque, unseen),
  boxWidth: style("/descriptor/style/width", pixels(0, 2000, { takesPercent: true }), unseen),
};

export const divider: PropertyTable = {
  line: style("/descriptor/divider/style/border-top", border, { otherwise: "no line, a gap" }),
  width: style("/descriptor/divider/style/width", pixels(0, 2000, { takesPercent: true }), { fallback: "100%" }),
  height: style("/descriptor/divider/style/height", pixels(0, 1000), {
    otherwise: "0px; counts where there is no line",
  }),
  align: style(`${computed}/align`, choice(...alignWords), { mobile: [`${mobile}/text-align`], fallback: "center" }),
};

export const spacer: PropertyTable = {
  height: style("/descriptor/spacer/style/height", pixels(0, 1000), {
    mobile: [`${mobile}/height`, "/descriptor/spacer/mobileStyle/height"],
    fallback: "20px",
  }),
  backgroundColor: style("/descriptor/spacer/style/background-color", color, { fallback: "transparent" }),
};

export const social: PropertyTable = {
  socialIcons: content("/descriptor/iconsList/icons", list),
  iconSize: style(`${computed}/iconsDefaultWidth`, pixels(8, 200, { isBare: true }), { fallback: 32 }),
  iconSpacing: style(`${computed}/padding`, { kind: "background-place" }, { fallback: "0 2px" }),
  align: boxAlign(),
  measuredWidth: style(`${computed}/width`, pixels(0, 2000, { isBare: true }), unseen),
};

export const icons: PropertyTable = {
  icons: content("/descriptor/iconsList/icons", list),
  ...typography("/descriptor/style", {
    mobile: [mobile, "/descriptor/icons/mobileStyle"],
    isAlignedElsewhere: true,
  }),
  iconHeight: style(`${computed}/iconHeight`, pixels(8, 400), { fallback: "32px" }),
  ...padding(`${computed}/iconSpacing`, { name: "iconSpacing" }),
  itemsSpacing: style(`${computed}/itemsSpacing`, pixels(0, 200), { fallback: "0px" }),
  align: boxAlign(),
};

const hamburger = `${computed}/hamburger`;

export const menu: PropertyTable = {
  items: content("/descriptor/menuItemsList/items", list),
  ...typography("/descriptor/style", {
    mobile: [mobile, "/descriptor/menu/mobileStyle"],
    isAlignedElsewhere: true,
  }),
  align: boxAlign(),
  layout: style(`${computed}/layout`, choice("horizontal", "vertical"), { fallback: "horizontal" }),
  separator: content(`${computed}/separator`, text, { fallback: "" }),
  linkColor: style(`${computed}/linkColor`, color, { otherwise: "the menu's text colour" }),
  ...padding(`${computed}/menuItemsSpacing`, { name: "itemPadding", mobile: `${mobile}/menuItemsSpacing` }),
  hamburgerOnMobile: style(`${hamburger}/mobile`, flag, { fallback: false }),
  hamburgerColor: style(`${hamburger}/foregroundColor`, color, { fallback: "#ffffff" }),
  hamburgerBackgroundColor: style(`${hamburger}/backgroundColor`, color, { fallback: "#000000" }),
  hamburgerIconSize: style(`${hamburger}/iconSize`, pixels(8, 200), { fallback: "36px" }),
  hamburgerIconType: style(`${hamburger}/iconType`, opaque, unseen),
};

export const htmlModule: PropertyTable = { html: content("/descriptor/html/html", html) };

const video = "/descriptor/video";

export const videoModule: PropertyTable = {
  src: content(`${video}/src`, link, { alsoAt: [`${video}/href`] }),
  thumbnail: content(`${video}/thumbSrc`, picture, { alsoAt: [`${video}/thumbnail`, `${video}/thumb`] }),
  alt: content(`${video}/alt`, text, { alsoAt: [`${video}/title`], fallback: "Watch the video" }),
  iconColor: style(`${video}/iconColor1`, color, { fallback: "#ffffff" }),
  iconBackgroundColor: style(`${video}/iconColor2`, color, { fallback: "#000000" }),
  iconSize: style(`${video}/iconSize`, pixels(16, 200, { isBare: true }), { fallback: 56 }),
  iconType: style(`${video}/iconType`, opaque, unseen),
  iconSrc: content(`${video}/iconSrc`, picture, unseen),
  mode: content(`${video}/mode`, opaque, unseen),
  thumbnailRatio: content(`${video}/thumbRatio`, opaque, unseen),
  controls: content(`${video}/controls`, flag, unseen),
  loop: content(`${video}/loop`, flag, unseen),
};

const form = "/descriptor/form";
const drawnIn = inPages.drawnIn ?? [];
/** Boxes to write in: their look shows where forms can be sent. */
const formText = { mobile: [], drawnIn, ownWeight: "normal" };

/** The properties of one part of a form, each under a name of its own. */
function partOf(name: string, table: PropertyTable): PropertyTable {
  const renamed = (own: string): string => name + own.charAt(0).toUpperCase() + own.slice(1);
  return Object.fromEntries(
    Object.entries(table).map(([own, property]) => [renamed(own), { ...property, parts: property.parts.map(renamed) }]),
  );
}

export const formModule: PropertyTable = {
  title: content(`${form}/structure/title`, text, unseen),
  fields: content(`${form}/structure/fields`, list),
  layout: content(`${form}/structure/layout`, list, inPages),
  action: content(`${form}/structure/attributes/action`, link),
  method: content(`${form}/structure/attributes/method`, choice("post", "get"), { ...inPages, fallback: "post" }),
  ...partOf("label", typography(`${form}/style/labels`, formText)),
  ...partOf("field", {
    ...typography(`${form}/style/fields`, formText),
    backgroundColor: style(`${form}/style/fields/background-color`, color, { ...inPages, fallback: "transparent" }),
    ...padding(`${form}/style/fields`, { drawnIn, otherwise: "8px" }),
    ...borders(`${form}/style/fields`, { drawnIn, otherwise: "1px solid #999999" }),
    borderRadius: radius(`${form}/style/fields`, { drawnIn }),
  }),
  ...alsoInside(
    "inner",
    partOf("button", {
      ...typography(`${form}/style/buttons`, { mobile: [], ownWeight: "normal" }),
      backgroundColor: style(`${form}/style/buttons/background-color`, color, { fallback: "transparent" }),
      ...padding(`${form}/style/buttons`, { otherwise: "8px above and below, 20px beside" }),
      ...borders(`${form}/style/buttons`),
      borderRadius: radius(`${form}/style/buttons`),
    }),
  ),
};

const carousel = "/descriptor/carousel";

export const carouselModule: PropertyTable = {
  slides: content(`${carousel}/slides`, list),
  autoPlay: content(`${carousel}/autoPlay`, flag, unseen),
  autoplayInterval: content(`${carousel}/autoplayInterval`, opaque, unseen),
  dotNavigation: content(`${carousel}/dotNavigation`, flag, unseen),
  dotColor: style(`${carousel}/dotColor`, color, unseen),
};

export const mergeContent: PropertyTable = {
  value: content("/descriptor/mergeContent/value", text),
  name: content("/descriptor/mergeContent/name", text, unseen),
  contentId: content("/descriptor/mergeContent/id", opaque, unseen),
};

export const addon: PropertyTable = {
  value: content("/descriptor/moduleInternal/value", opaque, { alsoAt: ["/descriptor/value"] }),
  addonId: content("/descriptor/moduleInternal/uid", opaque, unseen),
  addonName: content("/descriptor/moduleInternal/name", opaque, unseen),
};
