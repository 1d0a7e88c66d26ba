import type { Snapshot } from "@waggle/template";
import { HtmlRenderer, type RenderHtmlOptions } from "./html-renderer.ts";

/**
 * The complete document of a template: an e-mail of tables with inline styles, as mail clients want it, or a page.
 *
 * @example
 * renderHtml(snapshot, { sanitise: htmlCodec.sanitise, language: "es-ES" });
 */
export function renderHtml(snapshot: Snapshot, options: RenderHtmlOptions): string {
  return new HtmlRenderer(options).render(snapshot);
}
