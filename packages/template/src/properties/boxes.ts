import {
  backgroundImage,
  backgroundPlace,
  border,
  choice,
  color,
  font,
  lineHeight,
  type Output,
  type PropertyTable,
  pixels,
  style,
  type UnnamedProperty,
  unseen,
  visibility,
  weight,
} from "./property.ts";

const sides = ["Top", "Right", "Bottom", "Left"] as const;

interface BoxOptions {
  /** The object that says it for narrow screens, where there is one. */
  readonly mobile?: string;
  /** What the names start with: "contentAreaPadding". */
  readonly name?: string;
  readonly drawnIn?: readonly Output[];
  /** What holds where nothing is said. */
  readonly otherwise?: string;
}

const drawn = ({ drawnIn }: BoxOptions) => (drawnIn ? { drawnIn } : {});

/** The space inside a box, all sides at once and one by one. `at` is the object that holds `padding-top`. */
export function padding(at: string, options: BoxOptions = {}): PropertyTable {
  const { name = "padding", mobile, otherwise = "0px" } = options;
  const space = pixels(0, 300);
  const parts = sides.map((side) => name + side);
  return tableOf([
    [
      name,
      style(`${at}/padding`, space, {
        ...drawn(options),
        parts,
        mobile: mobile === undefined ? [] : [`${mobile}/padding`],
        otherwise,
      }),
    ],
    ...sides.map((side) => {
      const key = `padding-${side.toLowerCase()}`;
      const onMobile = mobile === undefined ? [] : [`${mobile}/${key}`];
      return [name + side, style(`${at}/${key}`, space, { ...drawn(options), otherwise, mobile: onMobile })] as const;
    }),
  ]);
}

/** The lines around a box. */
export function borders(at: string, options: BoxOptions = {}): PropertyTable {
  const { name = "border", mobile, otherwise } = options;
  const absent = otherwise === undefined ? { fallback: noLine } : { otherwise };
  const parts = sides.map((side) => name + side);
  const onMobile = (key: string): readonly string[] => (mobile === undefined ? [] : [`${mobile}/${key}`]);
  return tableOf([
    [name, style(`${at}/border`, border, { ...drawn(options), parts, mobile: onMobile("border"), ...absent })],
    ...sides.map((side) => {
      const key = `border-${side.toLowerCase()}`;
      return [name + side, style(`${at}/${key}`, border, { ...drawn(options), mobile: onMobile(key) })] as const;
    }),
  ]);
}

const noLine = "0px solid transparent";

interface RadiusOptions {
  readonly alsoAt?: readonly string[];
  readonly drawnIn?: readonly Output[];
}

/** How round the corners of a box are. */
export const radius = (at: string, { alsoAt = [], drawnIn }: RadiusOptions = {}): UnnamedProperty =>
  style(`${at}/border-radius`, pixels(0, 1000, { takesPercent: true }), {
    alsoAt,
    fallback: "0px",
    ...(drawnIn ? { drawnIn } : {}),
  });

export const fill = (at: string): UnnamedProperty =>
  style(`${at}/background-color`, color, { fallback: "transparent" });

/** The picture behind a box. Where it stands shows only when there is one. */
export function backgroundPicture(at: string, name: string): PropertyTable {
  return {
    [`${name}Image`]: style(`${at}/background-image`, backgroundImage, { fallback: "none" }),
    [`${name}Position`]: style(`${at}/background-position`, backgroundPlace, { otherwise: "top left" }),
    [`${name}Repeat`]: style(`${at}/background-repeat`, choice("no-repeat", "repeat", "repeat-x", "repeat-y"), {
      otherwise: "repeat",
    }),
    [`${name}Size`]: style(`${at}/background-size`, backgroundPlace, { otherwise: "as large as the picture" }),
  };
}

interface TypographyOptions {
  /** Objects that say it for narrow screens, the one that is written first. */
  readonly mobile: readonly string[];
  /** How bold a text is that says nothing, where saying "400" would make a difference. */
  readonly ownWeight?: string;
  readonly drawnIn?: readonly Output[];
  /** Types whose alignment stands elsewhere. */
  readonly isAlignedElsewhere?: boolean;
}

const size = pixels(1, 200);

/** How text looks. `at` is the object that holds `font-size`. */
export function typography(at: string, { mobile, ownWeight, drawnIn, ...options }: TypographyOptions): PropertyTable {
  const places = (key: string): readonly string[] => mobile.map((object) => `${object}/${key}`);
  const shown = drawnIn ? { drawnIn } : {};
  return {
    color: style(`${at}/color`, color, { ...shown, otherwise: "the text colour around it" }),
    fontFamily: style(`${at}/font-family`, font, { ...shown, fallback: "inherit" }),
    fontSize: style(`${at}/font-size`, size, {
      ...shown,
      mobile: places("font-size"),
      otherwise: "the mail program's own, mostly 16px",
    }),
    fontWeight: style(`${at}/font-weight`, weight, {
      ...shown,
      ...(ownWeight === undefined ? { fallback: "400" } : { otherwise: ownWeight }),
    }),
    fontStyle: style(`${at}/font-style`, choice("normal", "italic"), { ...shown, fallback: "normal" }),
    lineHeight: style(`${at}/line-height`, lineHeight, {
      ...shown,
      mobile: places("line-height"),
      otherwise: "the font's own, about 120%",
    }),
    letterSpacing: style(`${at}/letter-spacing`, pixels(-20, 50), {
      ...shown,
      mobile: places("letter-spacing"),
      fallback: "0px",
    }),
    direction: style(`${at}/direction`, choice("ltr", "rtl"), { ...shown, otherwise: "that of the page" }),
    textDecoration: style(`${at}/text-decoration`, choice("none", "underline", "line-through"), {
      ...shown,
      otherwise: "none",
    }),
    textTransform: style(`${at}/text-transform`, choice("none", "uppercase", "lowercase", "capitalize"), {
      ...shown,
      fallback: "none",
    }),
    ...(options.isAlignedElsewhere ? {} : { textAlign: textAlign(at, { mobile: places("text-align"), ...shown }) }),
  };
}

interface AlignOptions {
  readonly mobile?: readonly string[];
  readonly drawnIn?: readonly Output[];
}

/** Where the lines of a text begin or end. */
export function textAlign(at: string, { mobile = [], ...shown }: AlignOptions = {}): UnnamedProperty {
  return style(`${at}/text-align`, choice("left", "center", "right", "justify"), {
    ...shown,
    mobile,
    otherwise: "the side the line starts on",
  });
}

interface VisibilityOptions {
  /** Objects that files have the flags in, besides the one that counts. */
  readonly strays: readonly string[];
}

/** Flags that hide an element. `at` is the object that counts. */
export function hiding(at: string, { strays }: VisibilityOptions): PropertyTable {
  const flags = {
    hideOnMobile: "hideContentOnMobile",
    hideOnDesktop: "hideContentOnDesktop",
  };
  return tableOf(
    Object.entries(flags).map(([name, key]) => [
      name,
      visibility(`${at}/${key}`, { alsoAt: strays.map((stray) => `${stray}/${key}`) }),
    ]),
  );
}

/** Flags that leave a module out of one form of an e-mail. */
export const formHiding = (at: string): PropertyTable => ({
  hideOnHtml: visibility(`${at}/hideContentOnHtml`),
  hideOnAmp: visibility(`${at}/hideContentOnAmp`, unseen),
});

/** The same properties, which some files have one object further down. */
export function alsoInside(object: string, table: PropertyTable): PropertyTable {
  return tableOf(
    Object.entries(table).map(([name, property]) => {
      const at = property.pointer.lastIndexOf("/");
      const inside = `${property.pointer.slice(0, at)}/${object}${property.pointer.slice(at)}`;
      return [name, { ...property, alsoAt: [...property.alsoAt, inside] }];
    }),
  );
}

function tableOf(entries: readonly (readonly [string, UnnamedProperty])[]): PropertyTable {
  return Object.fromEntries(entries);
}
