export type { CanvasOptions, CanvasRenderer, CanvasUpdate } from "./dom/canvas-renderer.ts";
export { createCanvasRenderer } from "./dom/canvas-renderer.ts";
export { type RenderHtmlOptions, renderHtml } from "./html/render-html.ts";
export type { RenderMode } from "./modules/module-view.ts";
export { breakpointOf, type Page, pageOf, type WebFont } from "./page.ts";
export { type RowOptions, RowRenderer, rowIdsOf } from "./row.ts";
export type { ElementNode, HtmlContent, RenderNode, Rule, Styles, TemplateElement } from "./tree.ts";
