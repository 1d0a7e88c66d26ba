import type { Json } from "../document/value.ts";
import { borderLeaves, borderProperties, noBorder } from "./borders.ts";
import { converterOf } from "./converter.ts";
import { attached, flagged, leafProperty, type Property, paddingProperties, pixels, plain } from "./properties.ts";
import { columnSchema, rowSchema, type SimpleColumn, type SimpleRow } from "./schema.ts";

const [band, content, computed] = ["/container/style", "/content/style", "/content/computedStyle"];

/** `url('…')` around an address; what is CSS already stays. */
const picture = leafProperty<string>(`${band}/background-image`, {
  toLeaf: (value) => (/^(none|url\(|linear-gradient\()/.test(value) ? value : `url('${value.replaceAll("'", "%27")}')`),
  fromLeaf: (leaf) => (typeof leaf === "string" ? (/^url\('([^']*)'\)$/.exec(leaf)?.[1] ?? leaf) : undefined),
});

const rowBorder = borderProperties(content, { width: "border-width", color: "border-color" });

const backgroundBase = (at: string, color: string): Readonly<Record<string, Json>> => ({
  [`${at}/background-color`]: color,
  [`${at}/background-image`]: "none",
  [`${at}/background-position`]: "top left",
  [`${at}/background-repeat`]: "no-repeat",
});

/** Rows, their name and columns apart. */
export const rowConverter = converterOf<SimpleRow, "name" | "columns">({
  shape: rowSchema.shape,
  properties: {
    locked: flagged("/locked"),
    colStackOnMobile: flagged(`${computed}/rowColStackOnMobile`),
    rowReverseColStackOnMobile: flagged(`${computed}/rowReverseColStackOnMobile`),
    contentAreaBackgroundColor: plain(`${content}/background-color`),
    "background-color": plain(`${band}/background-color`),
    "background-image": picture,
    "background-position": plain(`${band}/background-position`),
    "background-repeat": plain(`${band}/background-repeat`),
    customFields: attached("/customFields"),
    "border-radius": pixels(`${content}/border-radius`),
    "border-color": rowBorder.color,
    "border-width": rowBorder.width,
    columnsBorderRadius: pixels(`${computed}/columnsBorderRadius`),
    columnsSpacing: pixels(`${computed}/columnsSpacing`),
    "vertical-align": plain(`${computed}/verticalAlign`),
    "display-condition": attached("/container/displayCondition"),
    metadata: attached("/metadata"),
    ...paddingProperties(content),
  },
  base: ({ background, contentBackground }) => ({
    ...backgroundBase(band, background),
    [`${computed}/hideContentOnDesktop`]: false,
    [`${computed}/hideContentOnMobile`]: false,
    [`${computed}/rowColStackOnMobile`]: true,
    [`${computed}/rowReverseColStackOnMobile`]: false,
    [`${computed}/verticalAlign`]: "top",
    ...backgroundBase(content, contentBackground),
    [`${content}/color`]: "#000000",
    [`${content}/width`]: "500px",
    "/empty": false,
    "/locked": false,
    "/synced": false,
    "/type": "",
  }),
});

const columnBorder = borderProperties("/style", { width: "border-width", color: "border-color" });

/** A padding of 0 counts as not given: the vendor's own conversion takes it so, and documents were written for it. */
const unlessZero = (property: Property<number>): Property<number> => ({
  ...property,
  toFull: (value, element) => (value === 0 ? [] : property.toFull(value, element)),
});

const columnPadding = paddingProperties("/style");

/** Columns, their modules apart. */
export const columnConverter = converterOf<SimpleColumn, "modules">({
  shape: columnSchema.shape,
  properties: {
    weight: leafProperty<number>("/grid-columns", {
      toLeaf: (value) => value,
      fromLeaf: (leaf) => (typeof leaf === "number" ? leaf : undefined),
    }),
    "background-color": plain("/style/background-color"),
    "padding-top": unlessZero(columnPadding["padding-top"]),
    "padding-right": unlessZero(columnPadding["padding-right"]),
    "padding-bottom": unlessZero(columnPadding["padding-bottom"]),
    "padding-left": unlessZero(columnPadding["padding-left"]),
    "border-color": columnBorder.color,
    "border-width": columnBorder.width,
    customFields: attached("/customFields"),
  },
  base: () => ({
    "/style/background-color": "transparent",
    ...borderLeaves("/style", noBorder),
    "/style/padding-top": "5px",
    "/style/padding-right": "0px",
    "/style/padding-bottom": "5px",
    "/style/padding-left": "0px",
  }),
});
