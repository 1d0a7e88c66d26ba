import { signal, untracked } from "@preact/signals";
import { type ElementId, moduleTypeOf, moduleTypes, tableKey, textKeyOf } from "@waggle/template";
import type { XmlFragment } from "yjs";
import type { CanvasFrame } from "../canvas/canvas-frame.ts";
import type { Editor } from "../state/editor.ts";
import { words } from "../words.ts";
import type { ProseEditor, ProseOptions } from "./prose-editor.ts";

/** Where the caret goes: at a point of the canvas, where it was in an earlier editor of the same text, or into a cell. */
export type Caret =
  | { readonly left: number; readonly top: number }
  | CaretInText
  /** The end of a table's cell, by number. */
  | { readonly cell: number };

interface CaretInText {
  readonly anchor: number;
  readonly head: number;
  readonly hadFocus: boolean;
  /** Which cell of a table the text is. */
  readonly cell?: number;
}

/** The marks of the toolbar. */
export type ToolbarMark = "strong" | "em" | "underline";

/** What the toolbar shows of the selection. */
export interface TextState {
  readonly active: ReadonlySet<ToolbarMark>;
  /** Address of the link the selection is in. */
  readonly link: string | undefined;
  readonly isEmpty: boolean;
}

const nothingActive: TextState = { active: new Set(), link: undefined, isEmpty: true };

type ProseTools = typeof import("./prose-editor.ts");

/** What is edited, and where on the canvas. */
type TextTarget = Pick<ProseOptions, "fragment" | "host" | "isSingleBlock" | "label" | "onTab">;

/** The editing of one text in place, from the moment it is asked for until it closes. The text editor loads meanwhile. */
export class TextEditing {
  readonly state = signal(nothingActive);
  /** Whether the field for a link's address is open. */
  readonly isLinking = signal(false);
  readonly #editor: Editor;
  readonly #canvas: CanvasFrame;
  readonly #elementId: ElementId;
  #prose: ProseEditor | undefined;
  /** Number of the cell being edited, in a table. */
  #cell: number | undefined;
  #isClosed = false;

  constructor(editor: Editor, canvas: CanvasFrame, elementId: ElementId) {
    this.#editor = editor;
    this.#canvas = canvas;
    this.#elementId = elementId;
  }

  /** Loads the text editor and puts it where the text is; gives up with a reason where it can't. */
  async open(): Promise<void> {
    const tools = await import("./prose-editor.ts");
    if (this.#isClosed) return;
    const target = this.#findTarget(tools);
    if (typeof target === "string") {
      this.#refuse(target);
      return;
    }
    const mounted = tools.mountProseEditor({
      ...target,
      onUndo: () => this.#editor.undo(),
      onRedo: () => this.#editor.redo(),
      onExit: () => this.#leave(),
      onLink: () => this.startLink(),
      onLost: (reason) => this.#refuse(reason),
      onState: (state) => {
        this.state.value = state;
      },
      onCaret: (rect) => this.#canvas.revealRect(rect),
    });
    if (typeof mounted === "string") {
      this.#refuse(mounted);
      return;
    }
    this.#prose = mounted;
    this.#canvas.fit();
    mounted.placeCaret(this.#editor.caret);
    if (this.#editor.caret && "hadFocus" in this.#editor.caret && !this.#editor.caret.hadFocus) return;
    this.#canvas.reveal(this.#elementId);
    this.#focus();
  }

  /** Ends it and remembers where the caret was, in case the text is bound to another document next. */
  close(): void {
    this.#isClosed = true;
    if (this.#prose)
      this.#editor.caret = { ...this.#prose.caret(), ...(this.#cell === undefined ? {} : { cell: this.#cell }) };
    this.#prose?.destroy();
    this.#prose = undefined;
  }

  toggle(mark: ToolbarMark): void {
    this.#prose?.toggle(mark);
    this.#focus();
  }

  startLink(): void {
    this.isLinking.value = true;
  }

  /** Sets the link of the selection; an empty address removes it. */
  setLink(href: string): void {
    this.isLinking.value = false;
    this.#prose?.setLink(href.trim());
    this.#focus();
  }

  cancelLink(): void {
    this.isLinking.value = false;
    this.#focus();
  }

  #focus(): void {
    this.#canvas.frame.contentWindow?.focus();
    this.#prose?.focus();
  }

  #findTarget({ cellsOf, isOpaqueCell }: ProseTools): TextTarget | string {
    const { bee, live } = this.#editor;
    const node = live.template.peek().nodes.get(this.#elementId);
    const key = node && textKeyOf(node);
    if (bee.status.textsAreReadOnly) return words.text.outdatedEditor;
    const fragment = key === undefined ? undefined : bee.textFragment(this.#elementId, key);
    if (!node || !fragment) return words.canvas.opaqueText;
    const { isSingleBlock, label } = moduleTypes[moduleTypeOf(node)];
    const shared = { isSingleBlock, label: words.text.field(label) };
    if (key === tableKey) {
      const cells = cellsOf(fragment).map((cell) => (isOpaqueCell(cell) ? undefined : cell));
      return this.#findCell(cells, shared);
    }
    const host = this.#canvas.textElementFor(this.#elementId);
    return host ? { ...shared, fragment, host } : words.canvas.opaqueText;
  }

  /** The cell the caret is to go to; the first one when it says nothing. */
  #findCell(
    cells: readonly (XmlFragment | undefined)[],
    shared: Pick<TextTarget, "isSingleBlock" | "label">,
  ): TextTarget | string {
    const hosts = [...(this.#canvas.elementFor(this.#elementId)?.querySelectorAll<HTMLElement>("[data-text]") ?? [])];
    const { caret } = this.#editor;
    const pointed = caret && "left" in caret ? hosts.indexOf(this.#textAt(caret)) : (caret?.cell ?? 0);
    const index = Math.max(0, pointed);
    const [fragment, host] = [cells[index], hosts[index]];
    // Lines outside of all cells are shown as cells, but there is no such element to edit.
    if (!fragment || !host || cells.length !== hosts.length) return words.canvas.opaqueText;
    this.#cell = index;
    const goTo = (direction: 1 | -1) => this.#goToCell(index + direction, cells.length);
    return { ...shared, isSingleBlock: true, fragment, host, onTab: goTo };
  }

  #textAt({ left, top }: { readonly left: number; readonly top: number }): HTMLElement {
    const under = this.#canvas.document.elementFromPoint(left, top);
    return under?.closest<HTMLElement>("[data-text]") ?? this.#canvas.document.body;
  }

  #goToCell(cell: number, count: number): void {
    if (cell < 0 || cell >= count) return;
    this.#editor.stopEditing();
    this.#editor.editText(this.#elementId, { cell });
  }

  #refuse(reason: string): void {
    const text = words.canvas.notEditable(reason);
    this.#editor.toasts.add({ sign: "lock", text, topic: "text" });
    this.#editor.announce(text);
    this.#editor.stopEditing();
  }

  /** Back to the selected module, with the keys still going to the canvas. */
  #leave(): void {
    this.#editor.stopEditing();
    this.#canvas.scroller.focus({ preventScroll: true });
  }
}

/** Starts loading the text editor, so that it is there when somebody goes on to edit. */
export function prepareTextEditor(): void {
  // Whoever opens it hears of a failure.
  void import("./prose-editor.ts").catch(() => undefined);
}

/** Opens and closes text editing as the view asks for it, and anew when the document is another one. */
export function followTextEditing(editor: Editor, canvas: CanvasFrame): () => void {
  const elementId = editor.view.editingId.value;
  void editor.live.documents.value;
  if (elementId === undefined) return () => undefined;
  const editing = new TextEditing(editor, canvas, elementId);
  untracked(() => {
    editor.textEditing.value = editing;
    editing.open().catch((error: unknown) => {
      editor.stopEditing();
      editor.report(error);
    });
  });
  return () => {
    editing.close();
    canvas.redraw(elementId);
    editor.textEditing.value = undefined;
  };
}
