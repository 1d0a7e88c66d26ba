import type { Drawing } from "../../drawing.ts";
import { buttonBlock, buttonElement, buttonLook } from "../../modules/button.ts";
import { moduleRenderers } from "../../modules/module-renderers.ts";
import { finishBox, finishModule } from "../finish.ts";
import { hamburgerMenu, plainLine } from "../hamburger.ts";
import { renderPageCarousel } from "./carousel.ts";
import { renderPageForm } from "./form.ts";
import { renderPageVideo } from "./video.ts";

/** How a page or a popup is drawn: browsers send forms and play films. */
export const pageDrawing: Drawing = {
  modules: {
    ...moduleRenderers,
    button: (view) => {
      const look = buttonLook(view);
      return buttonBlock(view, buttonElement(look, look.label));
    },
    carousel: renderPageCarousel,
    form: renderPageForm,
    menu: hamburgerMenu(plainLine),
    video: renderPageVideo,
  },
  finishModule,
  finishColumn: finishBox,
  finishRow: finishBox,
};
