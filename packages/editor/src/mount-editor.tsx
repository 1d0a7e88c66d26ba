import { routes, type WaggleError } from "@waggle/contract";
import { type Bee, type Clock, systemClock } from "@waggle/sdk";
import { render } from "preact";
import { tellNotJoined } from "./session/tell-error.ts";
import { createEditorElement } from "./shell/editor-element.ts";
import { EditorShell } from "./shell/editor-shell.tsx";
import { declareFonts } from "./shell/fonts.ts";
import { Editor } from "./state/editor.ts";
import { words } from "./words.ts";

export type Theme = "light" | "dark" | "auto";

export interface MountOptions {
  /** Default: light; `auto` follows the system. */
  readonly theme?: Theme;
  /** What the top bar calls the template. Default: its own title. */
  readonly templateName?: string;
  /** Name of the person at this editor, for the initial in the top bar. Default: "Guest". */
  readonly username?: string;
  /** Origin of the server, for the set-ups that agents are given. Default: the page's own. */
  readonly server?: string;
  /** For tests. Default: the machine's clock. */
  readonly clock?: Clock;
}

/** An editor on the page. */
export interface MountedEditor {
  /** The `waggle-editor` element; set tokens and `data-theme` on it. */
  readonly element: HTMLElement;
  /** Takes the editor off the page and leaves nothing behind; the bee lives on. A second call does nothing. */
  unmount(): void;
  /** Tells the person why a shared template could not be joined. `createEditor` does so by itself. */
  tellNotJoined(error: WaggleError): void;
}

/**
 * Shows a bee in a container, which gives the editor its size. The container may be an element or a selector.
 *
 * @example
 * const editor = mountEditor(bee, "#editor", { theme: "auto" });
 */
export function mountEditor(bee: Bee, container: HTMLElement | string, options: MountOptions = {}): MountedEditor {
  const { theme = "light", clock = systemClock, templateName, username = words.guest } = options;
  const place = requireContainer(container);
  const takeFontsBack = declareFonts(place.ownerDocument);
  const { element, root, adoptStyles } = createEditorElement(place.ownerDocument);
  element.dataset.theme = theme;
  const mcpUrl = new URL(routes.mcp, options.server ?? place.ownerDocument.baseURI).href;
  const editor = new Editor(bee, { clock, username, templateName, mcpUrl, adoptStyles });
  place.append(element);
  render(<EditorShell editor={editor} />, root);
  let isMounted = true;
  return {
    element,
    tellNotJoined: (error) => tellNotJoined(editor, error),
    unmount: () => {
      if (!isMounted) return;
      isMounted = false;
      render(null, root);
      editor.close();
      element.remove();
      takeFontsBack();
    },
  };
}

function requireContainer(container: HTMLElement | string): HTMLElement {
  const found = typeof container === "string" ? document.querySelector<HTMLElement>(container) : container;
  if (!found) throw new TypeError(`No element matches the container ${JSON.stringify(container)}.`);
  return found;
}
