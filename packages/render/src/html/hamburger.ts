import { menuAlign, menuBlock, menuItems, menuLine, renderMenu } from "../modules/menu.ts";
import type { ModuleRenderer, ModuleView } from "../modules/module-view.ts";
import { type ElementNode, element, type Rule, type Wrapping } from "../tree.ts";
import type { JsonObject } from "../values/element-reader.ts";

const hamburger = "/descriptor/computedStyle/hamburger";

type DrawLine = (view: ModuleView, items: readonly JsonObject[]) => ElementNode;

/** Draws menus that fold into a button on narrow screens, where the template says so. */
export function hamburgerMenu(drawLine: DrawLine, aroundButton?: Wrapping): ModuleRenderer {
  return (view) => {
    const items = view.reader.objects("/descriptor/menuItemsList/items");
    if (items.length === 0) return renderMenu(view);
    const line = drawLine(view, items);
    if (!view.reader.isOn(`${hamburger}/mobile`)) return menuBlock(view, [line]);
    return menuBlock(view, [...foldingButton(view, aroundButton), line], foldingRules(view));
  };
}

export const plainLine: DrawLine = (view, items) => menuLine(view, menuItems(view, items));

/** A box to tick and its label: what a click can change without a script. */
function foldingButton(view: ModuleView, around?: Wrapping): readonly ElementNode[] {
  const { reader } = view;
  const id = `menu-${hashOf(view.id)}`;
  const box = element("input", {
    attributes: { class: "menu-toggle", type: "checkbox", id, "aria-label": "Menu" },
    styles: { display: "none" },
  });
  const label = element("label", {
    attributes: { class: "menu-trigger", for: id },
    styles: {
      display: "none",
      padding: "4px 12px",
      color: reader.css(`${hamburger}/foregroundColor`) ?? "#ffffff",
      "background-color": reader.css(`${hamburger}/backgroundColor`) ?? "#000000",
      cursor: "pointer",
    },
    content: ["\u2630"],
  });
  const place = element("div", {
    attributes: { class: "menu-place" },
    styles: { "text-align": menuAlign(view) },
    content: [label],
  });
  if (!around) return [box, place];
  return [
    { ...box, around: { ...around, after: "" } },
    { ...place, around: { ...around, before: "" } },
  ];
}

/** Clients that drop the box or don't know `:checked` match none of these, and show the links as ever. */
function foldingRules({ reader }: ModuleView): readonly Rule[] {
  const size = reader.css(`${hamburger}/iconSize`) ?? "36px";
  return [
    { select: ".menu-toggle:not(:checked)~.menu", styles: { display: "none" }, isMobile: true },
    {
      select: ".menu-toggle:not(:checked)~.menu-place .menu-trigger,.menu-toggle:checked~.menu-place .menu-trigger",
      styles: { display: "inline-block", "font-size": size, "line-height": "1.2" },
      isMobile: true,
    },
    { select: ".menu-toggle:checked~.menu .item", styles: { display: "block" }, isMobile: true },
    { select: ".menu-toggle:checked~.menu .separator", styles: { display: "none" }, isMobile: true },
  ];
}

/** A short name for an id; ids may hold anything and are too long to stand in markup twice. */
export function hashOf(id: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
