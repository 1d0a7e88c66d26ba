import type { Drawing, DrawnBox } from "../../drawing.ts";
import { moduleRenderers } from "../../modules/module-renderers.ts";
import type { ElementNode } from "../../tree.ts";
import { finishBox, finishModule } from "../finish.ts";
import { backgroundShape, pictureUrl } from "./background-shape.ts";
import { renderMessageButton } from "./button.ts";
import { renderMessageForm } from "./form.ts";
import { renderMessageIcons, renderMessageMenu, renderMessageSocial } from "./lines.ts";
import { nested, outlookAround, outlookTag } from "./outlook.ts";
import { renderMessageVideo } from "./video.ts";

/** How an e-mail is drawn: with what Outlook needs, and without what mail clients don't play. */
export const messageDrawing: Drawing = {
  modules: {
    ...moduleRenderers,
    button: renderMessageButton,
    form: renderMessageForm,
    icons: renderMessageIcons,
    menu: renderMessageMenu,
    social: renderMessageSocial,
    video: renderMessageVideo,
  },
  isShape: (background) => pictureUrl(background) !== undefined,
  finishModule,
  finishColumn: (cell, column) => finishBox(withShapeInside(cell, column), column),
  finishContent: withShapesAround,
  finishRow: finishBox,
};

function withShapeInside(cell: ElementNode, { background, width, isInShape }: DrawnBox): ElementNode {
  const inside = isInShape ? undefined : backgroundShape(background, width);
  return inside ? { ...cell, inside } : cell;
}

/** The row's picture is as wide as the window, the content's as the message. Shapes don't nest, so the outer one wins. */
function withShapesAround(table: ElementNode, box: DrawnBox): ElementNode {
  if (box.isInShape) return table;
  const outer = backgroundShape(box.outerBackground ?? {}, "full");
  const around = outer ?? nested(messageCell(box), backgroundShape(box.background, box.width));
  return around && (outer || pictureUrl(box.background) !== undefined) ? { ...table, around } : table;
}

/** Keeps a shape as wide as the message where the message stands. */
function messageCell({ page, width }: DrawnBox): ReturnType<typeof outlookAround> {
  const table = outlookTag("table", {
    align: page.align,
    width: String(width),
    cellpadding: "0",
    cellspacing: "0",
    role: "presentation",
  });
  return outlookAround(`${table}<tr><td>`, "</td></tr></table>");
}
