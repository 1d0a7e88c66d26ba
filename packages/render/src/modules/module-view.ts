import { type ModuleType, moduleTypeOf, type NodeData } from "@waggle/template";
import { innerWidth, type Page } from "../page.ts";
import {
  classes,
  type ElementNode,
  type ElementParts,
  element,
  layoutTable,
  type RenderNode,
  type Rule,
  type Styles,
  type TemplateElement,
  tableRow,
} from "../tree.ts";
import { alignment, horizontalExtent, padding, pick, typography } from "../values/css.ts";
import { ElementReader } from "../values/element-reader.ts";

/** Who looks: a person editing sees placeholders where the reader of the e-mail sees nothing. */
export type RenderMode = "edit" | "send";

/** A module about to be drawn. */
export interface ModuleView {
  readonly id: string;
  readonly type: ModuleType;
  readonly reader: ElementReader;
  readonly page: Page;
  readonly mode: RenderMode;
  /** Pixels inside the module's own padding. */
  readonly width: number;
  readonly padding: Styles;
  /** What it says for narrow screens. */
  readonly mobile: Styles;
  /** Whether a shape of Outlook, or what is hidden there, is around it: no shape may stand in these. */
  readonly isInShape: boolean;
}

/** Draws one type of module. */
export type ModuleRenderer = (view: ModuleView) => ElementNode;

interface Surroundings {
  readonly id: string;
  readonly page: Page;
  readonly mode: RenderMode;
  /** Pixels of the column's content. */
  readonly width: number;
  readonly isInShape?: boolean;
}

export function viewOf(node: NodeData, { id, page, mode, width, isInShape = false }: Surroundings): ModuleView {
  const reader = new ElementReader(node);
  const pad = padding(reader.styles("/descriptor/style"));
  const type = moduleTypeOf(node);
  return {
    id,
    type,
    mobile: mobileStyles(reader, type),
    reader,
    page,
    mode,
    padding: pad,
    width: innerWidth(width, horizontalExtent(pad)),
    isInShape: isInShape || reader.isOn("/descriptor/computedStyle/hideContentOnDesktop"),
  };
}

interface Block {
  readonly content: readonly RenderNode[];
  /** Selector of what the module's mobile text styles apply to. */
  readonly textSelector?: string;
  readonly rules?: readonly Rule[];
  readonly styles?: Styles;
}

/** The table every module but the plainest stands in: one cell that carries the padding. */
export function block(view: ModuleView, { content, textSelector, rules = [], styles = {} }: Block): ElementNode {
  const cell = element("td", { attributes: { class: "pad" }, styles: { ...view.padding, ...styles }, content });
  return layoutTable({
    attributes: {
      width: "100%",
      ...classes(`${view.type}_block`, ...hiding(view.reader, "/descriptor/computedStyle")),
    },
    content: [tableRow([cell])],
    element: {
      ...moduleElement(view, [...rules, ...mobileRules(view, { textSelector, isAligned: content.some(isAligned) })]),
      ...(content.length === 0 ? { isBlank: true } : {}),
    },
  });
}

interface BareBlock extends Omit<ElementParts, "element"> {
  readonly rules?: readonly Rule[];
}

/** A module without a table: what it holds needs no padding, or brings its own. */
export function bareBlock(view: ModuleView, { rules = [], ...parts }: BareBlock): ElementNode {
  const hidden = hiding(view.reader, "/descriptor/computedStyle");
  const names = classes(`${view.type}_block`, parts.attributes?.class ?? "", ...hidden);
  return element("div", {
    ...parts,
    attributes: { ...parts.attributes, ...names },
    element: moduleElement(view, [...rules, ...mobileRules(view, { padded: "" })]),
  });
}

function moduleElement(view: ModuleView, rules: readonly Rule[]): TemplateElement {
  return { id: view.id, kind: "module", type: view.type, rules };
}

/** The classes that hide an element on one kind of screen. */
export function hiding(reader: ElementReader, pointer: string): readonly (string | false)[] {
  return [
    reader.isOn(`${pointer}/hideContentOnMobile`) && "mobile_hide",
    reader.isOn(`${pointer}/hideContentOnDesktop`) && "desktop_hide",
  ];
}

const mobileText = ["font-size", "line-height", "letter-spacing", "text-align"];

/** Files have it beside the descriptor's content or in it. */
function mobileStyles(reader: ElementReader, type: ModuleType): Styles {
  const own = reader.styles(`/descriptor/${type}/mobileStyle`);
  const styles = reader.styles("/descriptor/mobileStyle");
  return Object.keys(own).length === 0 ? styles : { ...pick(own, mobileText), ...styles };
}

/** How a module's text looks on narrow screens. */
export function mobileTextStyles(view: ModuleView): Styles {
  const styles = pick(view.mobile, mobileText);
  const align = styles["text-align"];
  return align === undefined ? styles : { ...styles, "text-align": alignment(align, "left") };
}

interface MobileTargets {
  /** What the module's text styles apply to. */
  readonly textSelector?: string | undefined;
  readonly isAligned?: boolean;
  /** What its padding applies to. */
  readonly padded?: string;
}

function mobileRules(
  view: ModuleView,
  { textSelector, isAligned = false, padded = ".pad" }: MobileTargets,
): readonly Rule[] {
  if (Object.keys(view.mobile).length === 0) return [];
  const text = mobileTextStyles(view);
  const rules: Rule[] = [{ select: padded, styles: padding(view.mobile), isMobile: true }];
  if (textSelector !== undefined) rules.push({ select: textSelector, styles: text, isMobile: true });
  if (isAligned) rules.push({ select: ".alignment", styles: pick(text, ["text-align"]), isMobile: true });
  return rules.filter((rule) => Object.keys(rule.styles).length > 0);
}

function isAligned(node: RenderNode): boolean {
  return typeof node !== "string" && node.attributes.class === "alignment";
}

/** How a module's text looks, without what is so anyway. */
export function textStyles(view: ModuleView, pointer: string): Styles {
  const styles = typography(view.reader.styles(pointer));
  const { page } = view;
  const isOwnWay = styles.direction !== undefined && styles.direction !== page.direction;
  const said: Styles = {
    "font-family": page.fontFamily,
    ...(isOwnWay ? {} : { direction: page.direction, "text-align": page.direction === "rtl" ? "right" : "left" }),
  };
  const own: Record<string, string> = {};
  for (const [property, value] of Object.entries(styles)) if (said[property] !== value) own[property] = value;
  return own;
}

/** `textStyles` where text is not bold by itself. */
export function plainTextStyles(view: ModuleView, pointer: string): Styles {
  const { "font-weight": weight, ...styles } = textStyles(view, pointer);
  return weight === undefined || /^(400|normal|inherit)$/.test(weight) ? styles : { ...styles, "font-weight": weight };
}

/** A rule for the links in a text, where they differ from the page's own. */
export function linkRules(view: ModuleView, color: string | undefined): readonly Rule[] {
  return color === undefined || color === view.page.linkColor ? [] : [{ select: "a", styles: { color } }];
}

/** The link around something, when there is somewhere to go. */
export function linked(
  link: { href: string | undefined; target?: string; title?: string; styles?: Styles },
  content: readonly RenderNode[],
): ElementNode | undefined {
  if (link.href === undefined || link.href === "") return undefined;
  const attributes = {
    href: link.href,
    target: link.target || "_blank",
    ...(link.title ? { title: link.title } : {}),
  };
  return element("a", { attributes, styles: { "text-decoration": "none", ...link.styles }, content });
}

/** Wraps content that stands left, in the middle or right, for clients that know no flow but tables. */
export function aligned(align: string, content: readonly RenderNode[]): ElementNode {
  return element("div", { attributes: { class: "alignment", align }, content });
}
