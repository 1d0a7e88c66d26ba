import { renderHtml } from "@waggle/render/html";
import type { Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";

/** The e-mail as HTML. In a file of its own, because it comes with the first save. */
export function htmlOf(template: Snapshot): string {
  return renderHtml(template, { sanitise: htmlCodec.sanitise });
}
