import { block, type ModuleRenderer } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

/** A module of the host's own. Only the host can draw it; what HTML it left is in its value. */
export const renderAddon: ModuleRenderer = (view) => {
  const html = view.reader.html("/descriptor/moduleInternal/value", "/descriptor/value");
  if (html.html !== "") return block(view, { content: [{ tag: "div", attributes: {}, styles: {}, content: html }] });
  const name = view.reader.text("/descriptor/moduleInternal/name", "/descriptor/moduleInternal/uid") || "Add-on";
  return block(view, { content: view.mode === "edit" ? [placeholder(name)] : [] });
};
