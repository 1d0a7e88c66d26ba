import { iconsBlock, iconTables, renderIcons } from "../../modules/icons.ts";
import { isVertical, itemSpacing, menuItems, menuLine } from "../../modules/menu.ts";
import type { ModuleRenderer, ModuleView } from "../../modules/module-view.ts";
import { renderSocial, socialBlock, socialIcon } from "../../modules/social.ts";
import type { ElementNode, Styles } from "../../tree.ts";
import { pick } from "../../values/css.ts";
import type { JsonObject } from "../../values/element-reader.ts";
import { compactDeclarations } from "../compact-styles.ts";
import { hamburgerMenu } from "../hamburger.ts";
import { ghostTable, ghostTableEnd, notForOutlook, outlookAround, outlookTag } from "./outlook.ts";

/** Things beside each other, in cells where Outlook reads: it pads nothing else and would put tables one below the other. */
function inCells(things: readonly ElementNode[], cellOf: (thing: ElementNode) => Styles): readonly ElementNode[] {
  return things.map((thing, index) => {
    const cell = outlookTag("td", { style: compactDeclarations(cellOf(thing)) || undefined });
    const before = `${index === 0 ? ghostTable : ""}${cell}`;
    const around = outlookAround(before, `</td>${index === things.length - 1 ? ghostTableEnd : ""}`);
    return around ? { ...thing, around } : thing;
  });
}

const ownPadding = ({ styles }: ElementNode): Styles => pick(styles, ["padding"]);

export const renderMessageSocial: ModuleRenderer = (view) => {
  const icons = view.reader.objects("/descriptor/iconsList/icons");
  if (icons.length === 0) return renderSocial(view);
  const drawn = icons.map((icon) => socialIcon(view, icon));
  return socialBlock(view, inCells(drawn, ownPadding));
};

export const renderMessageIcons: ModuleRenderer = (view) => {
  const icons = view.reader.objects("/descriptor/iconsList/icons");
  if (icons.length === 0) return renderIcons(view);
  return iconsBlock(
    view,
    inCells(iconTables(view, icons), ({ styles }) => {
      const gap = styles["margin-left"];
      return gap === undefined ? {} : { "padding-left": gap };
    }),
  );
};

export const renderMessageMenu: ModuleRenderer = hamburgerMenu(messageLine, notForOutlook);

function messageLine(view: ModuleView, items: readonly JsonObject[]): ElementNode {
  const drawn = menuItems(view, items);
  if (isVertical(view)) return menuLine(view, drawn);
  const spacing = itemSpacing(view);
  return menuLine(
    view,
    inCells(drawn, ({ attributes }) => (attributes.class === "item" ? spacing : {})),
  );
}
