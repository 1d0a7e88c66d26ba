import { WaggleError } from "@waggle/contract";
import type { Json, NodeData, Value } from "@waggle/template";
import * as z from "zod/mini";
import { type FieldTarget, type Format, field } from "../fields/field.ts";
import { barePixels, oneOf } from "../fields/formats.ts";
import { paddingFields } from "../fields/padding.ts";
import { pictureAddress } from "../fields/picture.ts";
import { visibilityFields } from "../fields/visibility.ts";
import { type IconSet, publicIcons } from "../social/icon-set.ts";
import { findNetwork, type IconStyle, nearestNetworks, networks } from "../social/networks.ts";
import { link } from "../text/link.ts";
import { type Entry, entriesOf, isEntry, textAt } from "./entry-list.ts";
import type { ModuleSpec } from "./module-spec.ts";

/** Pointer of its list. */
export const socialIconsKey = "/descriptor/iconsList/icons";
const computed = "/descriptor/computedStyle";

const iconSchema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  href: z.optional(link.schema),
  src: z.optional(pictureAddress.schema),
  alt: z.optional(z.string().check(z.maxLength(300))),
});

/** An icon as tools say it. */
export type SocialIcon = z.output<typeof iconSchema>;

const imageOf = (icon: Entry): Entry => (isEntry(icon.image) ? icon.image : {});

const nameOf = (icon: Entry): string => textAt(icon, "name") || textAt(icon.image, "title") || "icon";

/** Names that mean the same network are one. */
const keyOf = (name: string): string => findNetwork(name)?.name ?? name.trim().toLowerCase();

function readIcon(icon: Entry, set: IconSet): SocialIcon {
  const [name, image] = [nameOf(icon), imageOf(icon)];
  const [href, src, alt] = [textAt(image, "href"), textAt(image, "src"), textAt(image, "alt")];
  const isOfSet = set.find(src)?.network.name === name;
  return {
    name,
    ...(href === "" ? {} : { href }),
    ...(src === "" || isOfSet ? {} : { src }),
    ...(alt === "" || (isOfSet && alt === findNetwork(name)?.label) ? {} : { alt }),
  };
}

interface IconWriting {
  readonly set: IconSet;
  readonly style: IconStyle;
  /** The icon in the JSON that this one continues. */
  readonly model: Entry | undefined;
  readonly index: number;
}

function writeIcon({ name, href, src, alt }: SocialIcon, { set, style, model, index }: IconWriting): Entry {
  const network = findNetwork(name);
  const old = model ? imageOf(model) : {};
  const source = src?.trim() ?? (textAt(old, "src") || (network && set.address(network, style)));
  if (source === undefined) throw unknownNetwork(name, index);
  const label = network?.label ?? name;
  const to = href?.trim() ?? textAt(old, "href");
  return {
    text: "",
    ...(model ?? { type: network ? "follow" : "custom" }),
    name: network?.name ?? name,
    image: {
      target: "_blank",
      ...old,
      src: source,
      href: to,
      prefix: to.startsWith(textAt(old, "prefix")) ? textAt(old, "prefix") : "",
      alt: alt ?? (textAt(old, "alt") || label),
      title: textAt(old, "title") || label,
    },
  };
}

function unknownNetwork(name: string, index: number): WaggleError {
  const near = nearestNetworks(name);
  const known = networks.map((network) => network.name);
  const hint = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : "";
  return new WaggleError("INVALID_INPUT", {
    message: `socialIcons.${index}.name: there is no icon of that name.${hint} Known: ${known.join(", ")}. For another one give src, too.`,
    data: { argument: `socialIcons.${index}.name`, nearest: near, allowed: known },
  });
}

/** How the icons of the set look that stand in a list; undefined when all have pictures of their own. */
function styleOf(json: Value | undefined, set: IconSet): IconStyle | undefined {
  const styles = entriesOf(json).flatMap((icon) => set.find(textAt(imageOf(icon), "src"))?.style ?? []);
  return styles.includes("filled") ? "filled" : styles[0];
}

/** The new list icon by icon: one that stays keeps what is not said, wherever it stood. */
function writeIcons(
  icons: readonly SocialIcon[],
  { current, set }: { current: Value | undefined; set: IconSet },
): Json {
  const left = [...entriesOf(current)];
  const style = styleOf(current, set) ?? "outline";
  return icons.map((icon, index) => {
    const at = left.findIndex((old) => keyOf(nameOf(old)) === keyOf(icon.name));
    const [model] = at < 0 ? [] : left.splice(at, 1);
    return writeIcon(icon, { set, style, model, index });
  });
}

function restyle(style: IconStyle, { current, set }: { current: Value | undefined; set: IconSet }): Json {
  return entriesOf(current).map((icon) => {
    const known = set.find(textAt(imageOf(icon), "src"));
    return known ? { ...icon, image: { ...imageOf(icon), src: set.address(known.network, style) } } : icon;
  });
}

/** Space left and right of each icon; what stands above and below stays. */
const sideSpace: Format<number> = {
  ...barePixels(0, 100),
  toJson: (argument, current) => {
    const [top = "0", , bottom = top] = sidesOf(current);
    return `${top} ${argument}px ${bottom} ${argument}px`;
  },
  fromJson: (json) => {
    const [top = "", right = top] = sidesOf(json);
    const size = Number.parseFloat(right);
    return /^\d+(\.\d+)?(px)?$/.test(right) ? size : undefined;
  },
};

const sidesOf = (json: Value | undefined): readonly string[] =>
  typeof json === "string" ? json.trim().split(/\s+/).filter(Boolean) : [];

/** Its arguments, with the pictures of a set. */
export function socialFields(set: IconSet) {
  const socialIcons: Format<readonly SocialIcon[]> = {
    schema: z.array(iconSchema).check(z.minLength(1), z.maxLength(30)),
    toJson: (icons, current) => writeIcons(icons, { current, set }),
    fromJson: (json) => (Array.isArray(json) ? entriesOf(json).map((icon) => readIcon(icon, set)) : undefined),
  };
  const iconStyle: Format<IconStyle> = {
    schema: z.enum(["outline", "filled"]),
    toJson: (style, current) => restyle(style, { current, set }),
    fromJson: (json) => styleOf(json, set),
  };
  return {
    socialIcons: field({
      format: socialIcons,
      pointers: [socialIconsKey],
      description:
        "In order: name (facebook, instagram, x, linkedin, youtube, tiktok, pinterest, threads, bluesky, whatsapp, website, email, …) and href of the profile. Own icon: src. alt defaults to the name.",
    }),
    iconStyle: field({
      format: iconStyle,
      pointers: [socialIconsKey],
      description: "Look of icons without src, black ones. Default outline.",
    }),
    iconSize: field({
      format: barePixels(8, 200),
      pointers: [`${computed}/iconsDefaultWidth`],
      description: "Width of each icon, px. Default 32.",
    }),
    iconSpacing: field({
      format: sideSpace,
      pointers: [`${computed}/padding`],
      description: "Left and right of each icon, px. Default 4.",
    }),
    align: field({
      format: oneOf(["left", "center", "right"]),
      pointers: ["/descriptor/style/text-align"],
      description: "Where they stand in the column. Default center.",
    }),
    ...paddingFields("/descriptor/style"),
    ...visibilityFields(computed),
  };
}

/** Linked icons of profiles: `mailup-bee-newsletter-modules-social`. */
export function socialModuleWith(set: IconSet): ModuleSpec<ReturnType<typeof socialFields>> {
  return { type: "social", fields: socialFields(set), leaves: socialLeaves };
}

/** With the public set of icons. */
export const socialModule = socialModuleWith(publicIcons);

function socialLeaves(): NodeData {
  return {
    [socialIconsKey]: [],
    "/descriptor/style/text-align": "center",
    "/descriptor/style/padding-top": "10px",
    "/descriptor/style/padding-right": "10px",
    "/descriptor/style/padding-bottom": "10px",
    "/descriptor/style/padding-left": "10px",
    "/descriptor/mobileStyle": {},
    [`${computed}/iconsDefaultWidth`]: 32,
    [`${computed}/padding`]: "0 4px 0 4px",
    [`${computed}/hideContentOnDesktop`]: false,
    [`${computed}/hideContentOnMobile`]: false,
  };
}

/** Sizes of single icons would win over the size of all. */
export function settleIconSizes(target: FieldTarget): void {
  const icons = target.get(socialIconsKey);
  if (!Array.isArray(icons)) return;
  const sized = icons.map((icon: Json): Json => {
    if (!isEntry(icon) || !isEntry(icon.image)) return icon;
    const { width: _width, height: _height, ...image } = icon.image;
    return { ...icon, image };
  });
  target.set(socialIconsKey, sized);
}
