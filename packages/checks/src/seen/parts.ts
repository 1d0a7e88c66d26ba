import { type ModuleType, moduleTypeOf, type NodeData } from "@waggle/template";
import { fileName, shorten } from "./addresses.ts";
import { type JsonObject, objectIn, objectsAt, textAt, textOf } from "./json.ts";

/** A picture of a module that may lack its alt text or link. */
export interface PicturePart {
  /** The contract's name of what this is: image, gif, sticker, icon or social. */
  readonly widgetType: string;
  readonly label: string;
  readonly src: string;
  readonly alt: string;
  /** Absent where a picture's link is a link of its own. */
  readonly href?: string;
  /** Place in the module's list of pictures, when it has one. */
  readonly index?: number;
  readonly list?: PartList;
}

/** Something of a module that is there to be followed. */
export interface LinkPart {
  readonly label: string;
  readonly href: string;
  readonly index?: number;
  readonly list?: PartList;
}

/** The list a part stands in: the tool that changes it, and the argument that holds it. */
export interface PartList {
  readonly tool: string;
  readonly argument: string;
}

const socialIcons: PartList = { tool: "update_social", argument: "socialIcons" };
const iconList: PartList = { tool: "update_icon", argument: "icons" };
const menuList: PartList = { tool: "update_menu", argument: "items" };

interface ModuleParts {
  readonly pictures: readonly PicturePart[];
  readonly links: readonly LinkPart[];
}

const none: ModuleParts = { pictures: [], links: [] };
const withoutParts = (): ModuleParts => none;

/** What each type of module has of pictures and links, whether or not they are filled in. */
const partsByType: Readonly<Record<ModuleType, (node: NodeData) => ModuleParts>> = {
  heading: withoutParts,
  paragraph: withoutParts,
  text: withoutParts,
  list: withoutParts,
  image: imageParts,
  button: buttonParts,
  divider: withoutParts,
  spacer: withoutParts,
  social: socialParts,
  icons: iconParts,
  menu: menuParts,
  html: withoutParts,
  video: withoutParts,
  table: withoutParts,
  form: withoutParts,
  carousel: withoutParts,
  "merge-content": withoutParts,
  addon: withoutParts,
  empty: withoutParts,
  unknown: withoutParts,
};

interface WantedPart {
  readonly list: PartList;
  readonly index?: number | undefined;
  /** What the entry lacks: "alt". */
  readonly name: string;
}

/** The end of a fix for an entry of a list. */
export function inList(elementId: string, { list, index = 0, name }: WantedPart): string {
  const { tool, argument } = list;
  return `${tool} with elementId "${elementId}", and ${name} in ${argument}[${index}] (${argument} is given as a whole).`;
}

export function partsOf(node: NodeData): ModuleParts {
  return partsByType[moduleTypeOf(node)](node);
}

function imageParts(node: NodeData): ModuleParts {
  const src = textAt(node, "/descriptor/image/dynamicSrc", "/descriptor/image/src");
  const alt = textAt(node, "/descriptor/image/alt");
  const href = textAt(node, "/descriptor/image/href");
  return { pictures: [{ widgetType: imageType(src), label: fileName(src), src, alt, href }], links: [] };
}

/** The contract tells moving pictures and stickers of the two picture libraries from others; only their address does too. */
function imageType(src: string): string {
  const start = src.slice(0, 2048);
  if (/giphy\.com\/.*[?&](?:ct=s|ep=v1_stickers)/i.test(start)) return "sticker";
  return /\.gif(?:[?#]|$)/i.test(start) ? "gif" : "image";
}

function buttonParts(node: NodeData): ModuleParts {
  // The label is looked up where it is drawn: it is rich text.
  return {
    pictures: [],
    links: [{ label: "", href: textAt(node, "/descriptor/button/href", "/descriptor/button/link") }],
  };
}

const icons = "/descriptor/iconsList/icons";
const menuItems = "/descriptor/menuItemsList/items";

function socialParts(node: NodeData): ModuleParts {
  const profiles = objectsAt(node, icons).map((icon, index) => {
    const image = objectIn(icon, "image");
    const label = firstText(icon.name, image.title, image.alt, icon.text) || fileName(textOf(image.src));
    const picture: PicturePart = {
      widgetType: "social",
      label,
      src: textOf(image.src),
      alt: textOf(image.alt).trim(),
      index,
      list: socialIcons,
    };
    return { picture, link: { label, href: textOf(image.href), index, list: socialIcons } };
  });
  return { pictures: profiles.map(({ picture }) => picture), links: profiles.map(({ link }) => link) };
}

function iconParts(node: NodeData): ModuleParts {
  const pictures = objectsAt(node, icons).map((icon, index): PicturePart => {
    const src = typeof icon.image === "string" ? icon.image : textOf(objectIn(icon, "image").src);
    const label = fileName(src) || firstText(icon.text);
    const [alt, href] = [textOf(icon.alt).trim(), textOf(icon.href)];
    return { widgetType: "icon", label, src, alt, href, index, list: iconList };
  });
  return { pictures, links: [] };
}

function menuParts(node: NodeData): ModuleParts {
  const links = objectsAt(node, menuItems).map((entry: JsonObject, index): LinkPart => {
    return { label: firstText(entry.text), href: textOf(objectIn(entry, "link").href), index, list: menuList };
  });
  return { pictures: [], links };
}

function firstText(...values: readonly unknown[]): string {
  const text = values.map(textOf).find((each) => each.trim() !== "");
  return shorten(text ?? "", 80);
}
