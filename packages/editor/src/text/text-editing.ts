import { signal, untracked } from "@preact/signals";
import type { ElementId } from "@waggle/template";
import type { CanvasFrame } from "../canvas/canvas-frame.ts";
import type { Editor } from "../state/editor.ts";
import { words } from "../words.ts";
import type { ProseEditor } from "./prose-editor.ts";

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
    const target = tools.findTextTarget({ editor: this.#editor, canvas: this.#canvas, elementId: this.#elementId });
    if (typeof target === "string") {
      this.#refuse(target);
      return;
    }
    const { cell, cellCount = 0 } = target;
    this.#cell = cell;
    const mounted = tools.mountProseEditor({
      ...target,
      ...(cell === undefined ? {} : { onTab: (step: 1 | -1) => this.#step(cell + step, cellCount) }),
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

  /** To another cell, if there is one. */
  #step(cell: number, count: number): void {
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
