import sprite from "../icons/icons.svg?raw";
import styles from "../styles/editor.css?inline";

/** The tag of the editor. Hosts set tokens and `data-theme` on it. */
export const editorTag = "waggle-editor";

export interface EditorElement {
  readonly element: HTMLElement;
  /** Where the editor is rendered, inside the element's shadow root. */
  readonly root: HTMLElement;
  /** Makes more styles hold in it, after those it has. */
  adoptStyles(styles: string): void;
}

/** Makes an element that keeps the editor's markup and styles and those of the page apart. */
export function createEditorElement(document: Document): EditorElement {
  const element = document.createElement(editorTag);
  const shadow = element.attachShadow({ mode: "open" });
  const adoptStyles = (text: string) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    shadow.adoptedStyleSheets.push(sheet);
  };
  adoptStyles(`:host{display:block;height:100%;min-height:0}${styles}`);
  const icons = document.createElement("div");
  icons.hidden = true;
  icons.innerHTML = sprite;
  const root = document.createElement("div");
  root.className = "wg";
  shadow.append(icons, root);
  return { element, root, adoptStyles };
}
