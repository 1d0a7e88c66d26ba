import { kindOf, type NodeData } from "../document/node.ts";
import { tableKey } from "./table-key.ts";

/** The module types of the page JSON; `unknown` stands for every other one. */
export type ModuleType =
  | "heading"
  | "paragraph"
  | "text"
  | "list"
  | "image"
  | "button"
  | "divider"
  | "spacer"
  | "social"
  | "icons"
  | "menu"
  | "html"
  | "video"
  | "table"
  | "form"
  | "carousel"
  | "merge-content"
  | "addon"
  | "empty"
  | "unknown";

/** What the rest of the code asks about a module type, so that nobody branches on its name. */
export interface ModuleTypeInfo {
  /** For people: "Button". */
  readonly label: string;
  /** Name of a symbol in the editor's icon sheet. */
  readonly icon: string;
  /** Pointer of its collaborative text, the one that people edit in place. Translations of it are texts too: see `isTextKey`. */
  readonly textKey?: string;
  /** Whether its text is one block: Enter makes a line break. */
  readonly isSingleBlock: boolean;
}

const plain = (label: string, icon: string): ModuleTypeInfo => ({ label, icon, isSingleBlock: false });

export const moduleTypes: Readonly<Record<ModuleType, ModuleTypeInfo>> = {
  heading: { label: "Title", icon: "title", textKey: "/descriptor/heading/text", isSingleBlock: true },
  paragraph: { label: "Paragraph", icon: "text", textKey: "/descriptor/paragraph/html", isSingleBlock: false },
  text: { label: "Text", icon: "text", textKey: "/descriptor/text/html", isSingleBlock: false },
  list: { label: "List", icon: "list", textKey: "/descriptor/list/html", isSingleBlock: false },
  image: plain("Image", "image"),
  button: { label: "Button", icon: "button", textKey: "/descriptor/button/label", isSingleBlock: true },
  divider: plain("Divider", "divider"),
  spacer: plain("Spacer", "spacer"),
  social: plain("Social", "social"),
  icons: plain("Icons", "icons"),
  menu: plain("Menu", "menu"),
  html: plain("HTML", "html"),
  video: plain("Video", "video"),
  table: { label: "Table", icon: "table", textKey: tableKey, isSingleBlock: false },
  form: plain("Form", "blocks"),
  carousel: plain("Carousel", "image"),
  "merge-content": plain("Dynamic content", "merge"),
  addon: plain("Add-on", "blocks"),
  empty: plain("Empty", "blocks"),
  unknown: plain("Module", "blocks"),
};

const prefix = "mailup-bee-newsletter-modules-";

/** The module type a page-JSON `type` string names. */
export function parseModuleType(type: unknown): ModuleType {
  if (typeof type !== "string" || !type.startsWith(prefix)) return "unknown";
  const name = type.slice(prefix.length);
  return isModuleType(name) ? name : "unknown";
}

function isModuleType(name: string): name is ModuleType {
  return Object.hasOwn(moduleTypes, name);
}

/** The page-JSON `type` string of a module type. */
export function moduleTypeName(type: ModuleType): string {
  return prefix + type;
}

export function moduleTypeOf(node: NodeData): ModuleType {
  return parseModuleType(node["/type"]);
}

/** What people call this element: "Row", "Column", "Button". */
export function labelOf(node: NodeData): string {
  const labels = { settings: "Email", row: "Row", column: "Column", module: moduleTypes[moduleTypeOf(node)].label };
  return labels[kindOf(node)];
}

/** Pointer of the main collaborative text of this element, if its type has one: the one that people edit in place. */
export function textKeyOf(node: NodeData): string | undefined {
  return kindOf(node) === "module" ? moduleTypes[moduleTypeOf(node)].textKey : undefined;
}

/** Whether a pointer into a module of this type names a collaborative text: the main one or a translation of it. */
export function isTextKey(type: ModuleType, key: string): boolean {
  const { textKey } = moduleTypes[type];
  if (textKey === undefined) return false;
  if (key === textKey) return true;
  return key.startsWith(translationsOf(textKey)) && translationLanguage(key) !== undefined;
}

/** Pointers of all collaborative texts of this element, the main one first. They need not hold rich text: see `isRichText`. */
export function textKeysOf(node: NodeData): readonly string[] {
  const main = textKeyOf(node);
  if (main === undefined) return [];
  const type = moduleTypeOf(node);
  const others = Object.keys(node).filter((key) => key !== main && isTextKey(type, key));
  return node[main] === undefined ? others : [main, ...others];
}

const translationPattern = /^\/descriptor\/[^/]+\/translations\/([^/]+)\/(?:html|text|label)$/;

/** The language of the translation a pointer names: "fr-FR" of `/descriptor/paragraph/translations/fr-FR/html`. */
export function translationLanguage(key: string): string | undefined {
  return translationPattern.exec(key)?.[1];
}

const translationsOf = (textKey: string): string => `${textKey.slice(0, textKey.lastIndexOf("/"))}/translations/`;
