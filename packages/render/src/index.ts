export type { CanvasOptions, CanvasRenderer, CanvasUpdate } from "./dom/canvas-renderer.ts";
export { createCanvasRenderer } from "./dom/canvas-renderer.ts";
export { Translator } from "./html/in-language.ts";
export type { Sanitise } from "./html/serialise.ts";
export type { RenderMode } from "./modules/module-view.ts";
export { breakpointOf, type Page, pageOf, type WebFont } from "./page.ts";
export { type RowOptions, RowRenderer, rowIdsOf } from "./row.ts";
export { type RenderPlainTextOptions, renderPlainText } from "./text/render-plain-text.ts";
export type { ElementNode, HtmlContent, RenderNode, Rule, Styles, TemplateElement } from "./tree.ts";
