import type { ModuleType } from "@waggle/template";
import { moduleRenderers } from "./modules/module-renderers.ts";
import type { ModuleRenderer, ModuleView } from "./modules/module-view.ts";
import type { Page } from "./page.ts";
import type { ElementNode, Styles } from "./tree.ts";
import type { ElementReader } from "./values/element-reader.ts";

/** A row or column as an output completes it. */
export interface DrawnBox {
  readonly reader: ElementReader;
  readonly page: Page;
  /** The background of the box, without what shows nothing. */
  readonly background: Styles;
  /** Pixels of the box. */
  readonly width: number;
  /** The background of what is around, where a box has another one outside. */
  readonly outerBackground?: Styles;
  /** Whether something around it is a shape of Outlook already: these don't nest. */
  readonly isInShape: boolean;
}

/** What one output draws its own way. The canvas takes everything as it is. */
export interface Drawing {
  readonly modules: Readonly<Record<ModuleType, ModuleRenderer>>;
  /** Whether a background is a shape that nothing else with a shape may stand in. */
  readonly isShape?: (background: Styles) => boolean;
  readonly finishModule?: (tree: ElementNode, view: ModuleView) => ElementNode;
  readonly finishColumn?: (cell: ElementNode, column: DrawnBox) => ElementNode;
  /** The table of a row's columns, as wide as the message. */
  readonly finishContent?: (table: ElementNode, content: DrawnBox) => ElementNode;
  readonly finishRow?: (tree: ElementNode, row: DrawnBox) => ElementNode;
}

/** What everyone sees alike. */
export const plainDrawing: Drawing = { modules: moduleRenderers };
