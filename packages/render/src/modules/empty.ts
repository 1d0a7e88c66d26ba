import { block, type ModuleRenderer } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

/** A place kept free in a template. */
export const renderEmpty: ModuleRenderer = (view) =>
  block(view, { content: view.mode === "edit" ? [placeholder("Empty")] : [] });
