export type { DocumentKind } from "./document.ts";
export { HtmlRenderer, type RenderHtmlOptions } from "./html-renderer.ts";
export { renderHtml } from "./render-html.ts";
export type { Sanitise } from "./serialise.ts";
