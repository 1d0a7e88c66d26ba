/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { cssValue } from "../values/css.ts";
import { safeUrl } from "../values/url.ts";
import { allowedAttributes, allowedProperties, allowedTags, droppedTags, splitDeclarations } from "./allowed.ts";

const pictureAttributes: ReadonlySet<string> = new Set(["src", "background", "poster"]);
const linkAttributes: ReadonlySet<string> = new Set(["href", "cite"]);

/**
 * Builds what may be shown of people's and agents' markup. It is parsed in a document that loads and runs nothing, then
 * made anew node by node from the allow-list; styles go through the object model, so a strict style policy allows them.
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
  const tag = source.localName;
  if (droppedTags.has(tag)) return;
  if (!allowedTags.has(tag)) {
    appendChildren(source, { document, parent, depth });
    return;
  }
  const copy = document.createElement(tag);
  for (const { name, value } of source.attributes) copyAttribute(copy, { name, value });
  setDeclarations(copy, source.getAttribute("style") ?? "");
  appendChildren(source, { document, parent: copy, depth });
  parent.append(copy);
}

function copyAttribute(element: HTMLElement, { name, value }: { name: string; value: string }): void {
  if (!allowedAttributes.has(name)) return;
  const isPicture = pictureAttributes.has(name);
  const allowed = isPicture || linkAttributes.has(name) ? safeUrl(value, { isPicture }) : value;
  if (allowed !== undefined) element.setAttribute(name, allowed);
}

function setDeclarations(element: HTMLElement, text: string): void {
  for (const declaration of splitDeclarations(text)) {
    const colon = declaration.indexOf(":");
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const [value = "", priority] = declaration.slice(colon + 1).split(/\s*!\s*/);
    const safe = colon > 0 && allowedProperties.has(property) ? cssValue(property, value) : undefined;
    if (safe !== undefined)
      element.style.setProperty(property, safe, priority?.trim() === "important" ? "important" : "");
  }
}

// `instanceof` fails across documents of different windows.
function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}
