/// <reference lib="dom" />
import type { ElementId } from "@waggle/template";
import { type ElementNode, isHtmlContent, type RenderNode } from "../tree.ts";
import { applyStyles } from "./element-styles.ts";
import { buildInert } from "./inert-html.ts";

/** A node of the tree and what stands for it in the document. */
interface Mounted {
  tree: RenderNode;
  readonly dom: HTMLElement | Text;
  parent: Mounted | undefined;
  children: readonly Mounted[];
  /** What the element should be by now; it was left alone because someone edits its text. */
  pending?: ElementNode;
}

/**
 * Keeps a document like a render tree. Trees of the same identity are not looked into, elements of the template keep
 * their DOM element wherever they move, and the one that is held is never touched.
 */
export class TreePatcher {
  readonly #document: Document;
  readonly #byId = new Map<ElementId, Mounted>();
  readonly #left = new Set<Mounted>();
  #root: Mounted | undefined;
  #held: ElementId | undefined;

  constructor(document: Document) {
    this.#document = document;
  }

  find(id: ElementId): HTMLElement | undefined {
    const dom = this.#byId.get(id)?.dom;
    return dom && isElement(dom) ? dom : undefined;
  }

  /** Draws the tree and gives its element. */
  patch(tree: ElementNode, held: ElementId | undefined): HTMLElement {
    const released = this.#held;
    this.#held = held;
    if (released !== undefined && released !== held) this.redraw(released);
    const root = this.#root ? this.#update(this.#root, tree) : this.#create(tree, undefined);
    this.#root = root;
    for (const left of this.#left) this.#forget(left);
    this.#left.clear();
    if (!isElement(root.dom)) throw new TypeError("The root of a render tree is an element.");
    return root.dom;
  }

  /** Draws one element of the template anew inside, whatever has become of its DOM. */
  redraw(id: ElementId): void {
    const mounted = this.#byId.get(id);
    if (!mounted || typeof mounted.tree === "string" || !isElement(mounted.dom)) return;
    const tree = mounted.pending ?? mounted.tree;
    delete mounted.pending;
    const before = mounted.tree;
    mounted.tree = tree;
    mounted.children = [];
    patchAttributes(mounted.dom, before, tree);
    this.#fill(mounted, tree);
  }

  #create(tree: RenderNode, parent: Mounted | undefined): Mounted {
    if (typeof tree === "string") return { tree, dom: this.#document.createTextNode(tree), parent, children: [] };
    const id = tree.element?.id;
    const known = id === undefined ? undefined : this.#byId.get(id);
    if (known && typeof known.tree !== "string" && known.tree.tag === tree.tag) {
      return this.#adopt(known, { tree, parent });
    }
    const dom = this.#document.createElement(tree.tag);
    const mounted: Mounted = { tree, dom, parent, children: [] };
    if (id !== undefined) this.#byId.set(id, mounted);
    patchAttributes(dom, undefined, tree);
    this.#fill(mounted, tree);
    return mounted;
  }

  #fill(mounted: Mounted, tree: ElementNode): void {
    const { dom } = mounted;
    if (!isElement(dom)) return;
    if (isHtmlContent(tree.content)) {
      dom.replaceChildren(buildInert(this.#document, tree.content.html));
      return;
    }
    mounted.children = tree.content.map((child) => this.#create(child, mounted));
    dom.replaceChildren(...mounted.children.map((child) => child.dom));
  }

  /** Makes a mounted node like the tree, or gives a new one where that can't be. */
  #update(mounted: Mounted, tree: RenderNode): Mounted {
    if (mounted.tree === tree) return mounted;
    if (typeof tree === "string" || typeof mounted.tree === "string") return this.#updateText(mounted, tree);
    if (tree.element !== undefined && tree.element.id === this.#held) {
      mounted.pending = tree;
      return mounted;
    }
    const before = mounted.tree;
    if (before.tag !== tree.tag || before.element?.id !== tree.element?.id || !isElement(mounted.dom)) {
      return this.#replace(mounted, tree);
    }
    mounted.tree = tree;
    patchAttributes(mounted.dom, before, tree);
    this.#updateContent(mounted, { before, tree, dom: mounted.dom });
    return mounted;
  }

  #updateText(mounted: Mounted, tree: RenderNode): Mounted {
    if (typeof tree !== "string" || typeof mounted.tree !== "string") return this.#replace(mounted, tree);
    mounted.tree = tree;
    mounted.dom.nodeValue = tree;
    return mounted;
  }

  #replace(mounted: Mounted, tree: RenderNode): Mounted {
    this.#left.add(mounted);
    return this.#create(tree, mounted.parent);
  }

  #updateContent(
    mounted: Mounted,
    { before, tree, dom }: { before: ElementNode; tree: ElementNode; dom: HTMLElement },
  ): void {
    if (isHtmlContent(tree.content) || isHtmlContent(before.content)) {
      const isSame =
        isHtmlContent(tree.content) && isHtmlContent(before.content) && tree.content.html === before.content.html;
      if (isSame) return;
      for (const child of mounted.children) this.#left.add(child);
      mounted.children = [];
      this.#fill(mounted, tree);
      return;
    }
    const next = this.#matchChildren(mounted, tree.content);
    const kept = new Set(next);
    for (const child of mounted.children) {
      if (kept.has(child) || child.parent !== mounted) continue;
      this.#left.add(child);
      child.dom.remove();
    }
    mounted.children = next;
    const held = this.#held === undefined ? undefined : this.#byId.get(this.#held)?.dom;
    arrange(dom, { children: next.map((child) => child.dom), held });
  }

  /** Elements of the template are found by id, the rest by order and kind. */
  #matchChildren(mounted: Mounted, content: readonly RenderNode[]): readonly Mounted[] {
    const nameless = mounted.children.filter((child) => idOf(child.tree) === undefined);
    return content.map((child) => {
      const id = idOf(child);
      const known = id === undefined ? nameless.shift() : this.#byId.get(id);
      if (!known) return this.#create(child, mounted);
      return this.#adopt(known, { tree: child, parent: mounted });
    });
  }

  #adopt(known: Mounted, { tree, parent }: { tree: RenderNode; parent: Mounted | undefined }): Mounted {
    const updated = this.#update(known, tree);
    updated.parent = parent;
    this.#left.delete(updated);
    return updated;
  }

  /** Forgets an element that left the tree and what it held, except what found another place in it. */
  #forget(mounted: Mounted): void {
    const id = idOf(mounted.tree);
    if (id !== undefined && this.#byId.get(id) === mounted) this.#byId.delete(id);
    for (const child of mounted.children) if (child.parent === mounted) this.#forget(child);
  }
}

/** Brings the children into order with few moves, and moves the held one only when nothing else helps. */
function arrange(parent: HTMLElement, { children, held }: { children: readonly Node[]; held: Node | undefined }): void {
  let at = parent.firstChild;
  for (const child of children) {
    if (child === at) {
      at = at.nextSibling;
      continue;
    }
    // One that stands in front of the wanted one and is wanted later moves itself, so what follows stays in place.
    if (at && at.nextSibling === child && at !== held) {
      const displaced = at;
      at = child.nextSibling;
      displaced.remove();
      continue;
    }
    parent.insertBefore(child, at);
  }
}

function idOf(tree: RenderNode): ElementId | undefined {
  return typeof tree === "string" ? undefined : tree.element?.id;
}

function patchAttributes(dom: HTMLElement, before: ElementNode | undefined, tree: ElementNode): void {
  const old = before ? attributesOf(before) : {};
  const next = attributesOf(tree);
  for (const name of Object.keys(old)) if (next[name] === undefined) dom.removeAttribute(name);
  for (const [name, value] of Object.entries(next)) if (old[name] !== value) dom.setAttribute(name, value);
  applyStyles(dom, before?.styles ?? {}, tree.styles);
}

function attributesOf({ attributes, element, holdsText }: ElementNode): Readonly<Record<string, string>> {
  return {
    ...attributes,
    ...(element ? { "data-uuid": element.id, "data-kind": element.kind } : {}),
    ...(element?.type ? { "data-type": element.type } : {}),
    ...(holdsText ? { "data-text": "" } : {}),
  };
}

function isElement(dom: Node): dom is HTMLElement {
  return dom.nodeType === 1;
}
