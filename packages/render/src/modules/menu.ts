import { type ElementNode, element, type Rule, type Styles } from "../tree.ts";
import { alignment, padding } from "../values/css.ts";
import { type JsonObject, objectAt, textOf } from "../values/element-reader.ts";
import { safeUrl } from "../values/url.ts";
import { block, type ModuleRenderer, type ModuleView, plainTextStyles } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

const computed = "/descriptor/computedStyle";

/** A line, or a column, of links. */
export const renderMenu: ModuleRenderer = (view) => {
  const items = view.reader.objects("/descriptor/menuItemsList/items");
  if (items.length === 0) return block(view, { content: view.mode === "edit" ? [placeholder("No links yet")] : [] });
  return menuBlock(view, [menuLine(view, menuItems(view, items))]);
};

/** The module around its line of links. */
export function menuBlock(view: ModuleView, content: readonly ElementNode[], rules: readonly Rule[] = []): ElementNode {
  return block(view, { content, textSelector: ".menu", rules: [...rules, ...mobileSpacing(view)] });
}

export function menuAlign({ reader }: ModuleView): string {
  return alignment(reader.value("/descriptor/style/text-align"), "center");
}

export function menuLine(view: ModuleView, content: readonly ElementNode[]): ElementNode {
  const styles = plainTextStyles(view, "/descriptor/style");
  return element("div", {
    attributes: { class: "menu" },
    styles: { ...styles, "text-align": menuAlign(view) },
    content,
  });
}

export function isVertical({ reader }: ModuleView): boolean {
  return reader.text(`${computed}/layout`) === "vertical";
}

/** The links, and the separators between them. */
export function menuItems(view: ModuleView, items: readonly JsonObject[]): readonly ElementNode[] {
  const separator = isVertical(view) ? "" : view.reader.text(`${computed}/separator`);
  return items.flatMap((item, index) => {
    const link = menuLink(view, item);
    if (index === 0 || separator === "") return [link];
    return [element("span", { attributes: { class: "separator" }, content: [separator] }), link];
  });
}

export const itemSpacing = ({ reader }: ModuleView): Styles => padding(reader.styles(`${computed}/menuItemsSpacing`));

function menuLink(view: ModuleView, item: JsonObject): ElementNode {
  const { reader } = view;
  const link = objectAt(item, "link");
  const href = safeUrl(link.href);
  const title = textOf(link.title);
  const color = reader.css(`${computed}/linkColor`) ?? reader.css("/descriptor/style/color") ?? "inherit";
  const attributes = {
    class: "item",
    ...(href ? { href, target: textOf(link.target) || "_self" } : {}),
    ...(title ? { title } : {}),
  };
  const styles = {
    display: isVertical(view) ? "block" : "inline-block",
    color,
    "text-decoration": "none",
    ...itemSpacing(view),
  };
  return element(href ? "a" : "span", { attributes, styles, content: [textOf(item.text)] });
}

function mobileSpacing({ reader }: ModuleView): readonly Rule[] {
  const styles = padding(reader.styles("/descriptor/mobileStyle/menuItemsSpacing"));
  return Object.keys(styles).length === 0 ? [] : [{ select: ".item", styles, isMobile: true }];
}
