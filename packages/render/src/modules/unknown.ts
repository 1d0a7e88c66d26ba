import { block, type ModuleRenderer } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

/** A module of a type nobody told us about. It is kept as it is, shown by name to people and left out of the e-mail. */
export const renderUnknown: ModuleRenderer = (view) => {
  const name = view.reader.text("/type").replace(/^mailup-bee-newsletter-modules-/, "");
  const note = name === "" ? "This module can't be shown here" : `A “${name}” module can't be shown here`;
  return block(view, { content: view.mode === "edit" ? [placeholder(note)] : [] });
};
