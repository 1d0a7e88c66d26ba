/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { fateOf, safeAttribute } from "@waggle/template";

/**
 * Builds what may be shown of people's and agents' markup. It is parsed in a document that loads and runs nothing, then
 * made anew node by node by the rules of the allow-list; styles go through the object model, which a strict style policy
 * lets pass.
 */
export function buildInert(document: Document, html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  if (!/[<&]/.test(html)) {
    if (html !== "") fragment.append(html);
    return fragment;
  }
  const parsed = new DOMParser().parseFromString(html, "text/html");
  appendChildren(parsed.body, { document, parent: fragment, depth: 0 });
  return fragment;
}

interface Destination {
  readonly document: Document;
  readonly parent: ParentNode;
  readonly depth: number;
}

/** Deeper than any real text; parsers allow more than the stack does. */
const maxDepth = 200;

function appendChildren(source: Node, { document, parent, depth }: Destination): void {
  if (depth > maxDepth) return;
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) parent.append(child.nodeValue ?? "");
    else if (isElement(child)) appendElement(child, { document, parent, depth: depth + 1 });
  }
}

function appendElement(source: Element, { document, parent, depth }: Destination): void {
  const fate = fateOf(source.localName);
  if (fate === "drop") return;
  const copy = fate === "keep" ? document.createElement(source.localName) : undefined;
  if (copy) {
    for (const { name, value } of source.attributes) copyAttribute(copy, { name, value });
    parent.append(copy);
  }
  appendChildren(source, { document, parent: copy ?? parent, depth });
}

function copyAttribute(element: HTMLElement, { name, value }: { name: string; value: string }): void {
  const safe = isOfTheCanvas(name) ? undefined : safeAttribute(element.localName, name, value);
  if (safe === undefined) return;
  if (name === "style") element.style.cssText = safe;
  else element.setAttribute(name, safe);
}

/** What the canvas finds its own elements by; markup in an e-mail must not pass for one. */
function isOfTheCanvas(name: string): boolean {
  return name === "id" || name === "name" || name.startsWith("data-");
}

// `instanceof` fails across documents of different windows.
function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}
