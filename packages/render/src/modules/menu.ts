import { type ElementNode, element, type RenderNode } from "../tree.ts";
import { alignment, padding, typography } from "../values/css.ts";
import { type JsonObject, objectAt, textOf } from "../values/element-reader.ts";
import { safeUrl } from "../values/url.ts";
import { block, type ModuleRenderer, type ModuleView } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

const computed = "/descriptor/computedStyle";

/** A line, or a column, of links. */
export const renderMenu: ModuleRenderer = (view) => {
  const { reader } = view;
  const items = reader.objects("/descriptor/menuItemsList/items");
  if (items.length === 0) return block(view, { content: view.mode === "edit" ? [placeholder("No links yet")] : [] });
  const styles = typography(reader.styles("/descriptor/style"));
  const align = alignment(styles["text-align"], "center");
  return block(view, {
    content: [
      element("div", {
        attributes: { class: "menu" },
        styles: { ...styles, "text-align": align },
        content: menuContent(view, items),
      }),
    ],
    textSelector: ".menu",
    rules: mobileSpacing(view),
  });
};

function menuContent(view: ModuleView, items: readonly JsonObject[]): readonly RenderNode[] {
  const separator = view.reader.text(`${computed}/separator`);
  const isVertical = view.reader.text(`${computed}/layout`) === "vertical";
  return items.flatMap((item, index): readonly RenderNode[] => {
    const link = menuLink(view, { item, isVertical });
    return index === 0 || isVertical || separator === "" ? [link] : [element("span", { content: [separator] }), link];
  });
}

function menuLink(
  { reader }: ModuleView,
  { item, isVertical }: { item: JsonObject; isVertical: boolean },
): ElementNode {
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
    display: isVertical ? "block" : "inline-block",
    color,
    "text-decoration": "none",
    ...padding(reader.styles(`${computed}/menuItemsSpacing`)),
  };
  return element(href ? "a" : "span", { attributes, styles, content: [textOf(item.text)] });
}

function mobileSpacing({
  reader,
}: ModuleView): readonly { select: string; styles: Record<string, string>; isMobile: true }[] {
  const styles = padding(reader.styles("/descriptor/mobileStyle/menuItemsSpacing"));
  return Object.keys(styles).length === 0 ? [] : [{ select: ".item", styles, isMobile: true }];
}
