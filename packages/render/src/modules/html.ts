import { padding } from "../values/css.ts";
import { bareBlock, type ModuleRenderer } from "./module-view.ts";

/** The author's own markup, as far as the sanitiser lets it through. */
export const renderHtmlModule: ModuleRenderer = (view) =>
  bareBlock(view, {
    styles: { ...padding(view.padding), "word-break": "break-word" },
    content: view.reader.html("/descriptor/html/html"),
  });
