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
import { alignment, horizontalExtent, padding, pick } from "../values/css.ts";
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
}

/** Draws one type of module. */
export type ModuleRenderer = (view: ModuleView) => ElementNode;

interface Surroundings {
  readonly id: string;
  readonly page: Page;
  readonly mode: RenderMode;
  /** Pixels of the column's content. */
  readonly width: number;
}

export function viewOf(node: NodeData, { id, page, mode, width }: Surroundings): ModuleView {
  const reader = new ElementReader(node);
  const pad = padding(reader.styles("/descriptor/style"));
  return {
    id,
    type: moduleTypeOf(node),
    reader,
    page,
    mode,
    padding: pad,
    width: innerWidth(width, horizontalExtent(pad)),
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
    styles: { "word-break": "break-word" },
    content: [tableRow([cell])],
    element: moduleElement(view, [...rules, ...mobileRules(view.reader, textSelector)]),
  });
}

/** A module without a table: what it holds needs no padding, or brings its own. */
export function bareBlock(view: ModuleView, parts: ElementParts): ElementNode {
  const names = classes(`${view.type}_block`, ...hiding(view.reader, "/descriptor/computedStyle"));
  const rules = mobileRules(view.reader, undefined);
  return element("div", {
    ...parts,
    attributes: { ...names, ...parts.attributes },
    element: moduleElement(view, rules),
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

function mobileRules(reader: ElementReader, textSelector: string | undefined): readonly Rule[] {
  const styles = reader.styles("/descriptor/mobileStyle");
  const text = pick(styles, mobileText);
  const align = styles["text-align"];
  const rules: Rule[] = [{ select: ".pad", styles: padding(styles), isMobile: true }];
  if (textSelector !== undefined) rules.push({ select: textSelector, styles: text, isMobile: true });
  if (align !== undefined)
    rules.push({ select: ".alignment", styles: { "text-align": alignment(align, "left") }, isMobile: true });
  return rules.filter((rule) => Object.keys(rule.styles).length > 0);
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
