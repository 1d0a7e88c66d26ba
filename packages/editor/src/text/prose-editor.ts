import { toggleMark } from "prosemirror-commands";
import {
  type EditorState,
  EditorState as ProseState,
  Selection,
  TextSelection,
  type Transaction,
} from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { initProseMirrorDoc, ySyncPlugin, ySyncPluginKey } from "y-prosemirror";
import { XmlElement, type XmlFragment } from "yjs";
import { watchText, whyNotBound } from "./can-bind.ts";
import { readPasted } from "./clipboard.ts";
import { copiedFrom } from "./copied.ts";
import type { Caret, TextState, ToolbarMark } from "./text-editing.ts";
import { textKeys } from "./text-keys.ts";
import { cellSchema, textSchema } from "./text-schema.ts";

export { findTextTarget } from "./text-target.ts";

export interface ProseOptions {
  /** The live text, or a cell of it. */
  readonly fragment: XmlFragment | XmlElement;
  /** The element of the canvas that shows the text; its content is replaced while it is edited. */
  readonly host: HTMLElement;
  readonly isSingleBlock: boolean;
  /** Name of the field for readers. */
  readonly label: string;
  onUndo(): void;
  onRedo(): void;
  onExit(): void;
  onLink(): void;
  /** Goes to the next cell, or the one before. */
  onTab?(direction: 1 | -1): void;
  /** The editor had to let go of the text, for this reason. */
  onLost(reason: string): void;
  onState(state: TextState): void;
  /** The caret moved by the person's own doing, to here in the frame's coordinates. */
  onCaret(rect: { readonly top: number; readonly bottom: number }): void;
}

export interface ProseEditor {
  focus(): void;
  caret(): Caret;
  /** Puts the caret there, or at the end. */
  placeCaret(caret: Caret | undefined): void;
  toggle(mark: ToolbarMark): void;
  /** Sets the link of the selection or of the link around the caret; an empty address removes it. */
  setLink(href: string): void;
  destroy(): void;
}

/** Edits a text in place. Answers with the reason when the text can only be read here. */
export function mountProseEditor(options: ProseOptions): ProseEditor | string {
  const { fragment, host, label } = options;
  const schema = fragment instanceof XmlElement ? cellSchema(fragment.getAttributes()) : textSchema;
  const reason = whyNotBound(fragment, schema);
  if (reason !== undefined) return reason;
  const { doc, mapping } = initProseMirrorDoc(fragment, schema);
  const place = host.ownerDocument.createElement("div");
  host.replaceChildren(place);
  const view = new EditorView(
    { mount: place },
    {
      state: ProseState.create({
        doc,
        plugins: [ySyncPlugin(fragment, { mapping }), ...textKeys({ schema, ...options })],
      }),
      attributes: { role: "textbox", "aria-label": label, "aria-multiline": "true" },
      dispatchTransaction: (transaction) => dispatch(view, { transaction, options }),
      // Remote edits must not move the person; own ones bring the caret into view in the page that scrolls.
      handleScrollToSelection: () => true,
      handlePaste: (pasteView, event) => paste(pasteView, { event, isSingleBlock: options.isSingleBlock }),
      handleDrop: () => true,
      handleDOMEvents: {
        copy: (copyView, event) => copy(copyView, event),
        cut: (cutView, event) => cut(cutView, event),
      },
    },
  );
  const stopWatching = watchText(fragment, schema, (lost) => {
    view.destroy();
    options.onLost(lost);
  });
  options.onState(textStateOf(view.state));
  return proseEditorOf(view, stopWatching);
}

function proseEditorOf(view: EditorView, stopWatching: () => void): ProseEditor {
  const isAlive = () => !view.isDestroyed;
  return {
    focus: () => view.focus(),
    caret: () => {
      const { anchor, head } = view.state.selection;
      return { anchor, head, hadFocus: view.hasFocus() };
    },
    placeCaret: (caret) => view.dispatch(view.state.tr.setSelection(selectionAt(view, caret))),
    toggle: (mark) => {
      const type = view.state.schema.marks[mark];
      if (type && isAlive()) toggleMark(type)(view.state, view.dispatch);
    },
    setLink: (href) => {
      if (isAlive()) setLink(view, href);
    },
    destroy: () => {
      stopWatching();
      view.destroy();
    },
  };
}

function selectionAt(view: EditorView, caret: Caret | undefined): Selection {
  const { doc } = view.state;
  if (caret === undefined || !("left" in caret || "anchor" in caret)) return Selection.atEnd(doc);
  if ("left" in caret) {
    const found = view.posAtCoords(caret);
    return found ? TextSelection.near(doc.resolve(found.pos)) : Selection.atEnd(doc);
  }
  const inDoc = (position: number) => doc.resolve(Math.min(position, doc.content.size));
  return TextSelection.between(inDoc(caret.anchor), inDoc(caret.head));
}

interface Dispatched {
  readonly transaction: Transaction;
  readonly options: ProseOptions;
}

function dispatch(view: EditorView, { transaction, options }: Dispatched): void {
  if (view.isDestroyed) return;
  view.updateState(view.state.apply(transaction));
  options.onState(textStateOf(view.state));
  const isRemote = transaction.getMeta(ySyncPluginKey) !== undefined;
  if (isRemote || !(transaction.docChanged || transaction.selectionSet) || !view.hasFocus()) return;
  options.onCaret(view.coordsAtPos(view.state.selection.head));
}

function textStateOf(state: EditorState): TextState {
  const names: readonly ToolbarMark[] = ["strong", "em", "underline"];
  const active = new Set(names.filter((name) => hasMark(state, name)));
  return { active, link: linkOf(state), isEmpty: state.doc.textContent === "" };
}

function hasMark({ selection, storedMarks, doc, schema }: EditorState, name: ToolbarMark): boolean {
  const type = schema.marks[name];
  if (!type) return false;
  if (selection.empty) return type.isInSet(storedMarks ?? selection.$from.marks()) !== undefined;
  return doc.rangeHasMark(selection.from, selection.to, type);
}

function linkOf(state: EditorState): string | undefined {
  const range = linkRange(state);
  const link = range && state.doc.nodeAt(range.from)?.marks.find(({ type }) => type.name === "link");
  return link ? String(link.attrs.href) : undefined;
}

/** The link around the caret, or the first one in the selection. */
function linkRange({
  doc,
  selection,
  schema,
}: EditorState): { readonly from: number; readonly to: number } | undefined {
  const { link } = schema.marks;
  let found: { from: number; to: number } | undefined;
  doc.nodesBetween(Math.max(0, selection.from - 1), Math.min(doc.content.size, selection.to + 1), (node, position) => {
    const touches = position <= selection.to && position + node.nodeSize >= selection.from;
    if (!link || !node.isText || !touches || !link.isInSet(node.marks)) return;
    const end = position + node.nodeSize;
    found = found && found.to === position ? { from: found.from, to: end } : (found ?? { from: position, to: end });
  });
  return found;
}

function setLink(view: EditorView, href: string): void {
  const { state } = view;
  const { link } = state.schema.marks;
  const range = state.selection.empty ? linkRange(state) : state.selection;
  if (!link || !range) return;
  const transaction = state.tr.removeMark(range.from, range.to, link);
  view.dispatch(
    href === "" ? transaction : transaction.addMark(range.from, range.to, link.create({ href, target: "_blank" })),
  );
}

/** The text's own markup goes on the clipboard, not that of the page it is shown in. */
function copy(view: EditorView, event: ClipboardEvent): boolean {
  const copied = copiedFrom(view.state);
  if (!copied || !event.clipboardData) return false;
  event.preventDefault();
  event.clipboardData.clearData();
  event.clipboardData.setData("text/html", copied.html);
  event.clipboardData.setData("text/plain", copied.text);
  return true;
}

function cut(view: EditorView, event: ClipboardEvent): boolean {
  if (!copy(view, event)) return false;
  view.dispatch(view.state.tr.deleteSelection().scrollIntoView().setMeta("uiEvent", "cut"));
  return true;
}

interface Paste {
  readonly event: ClipboardEvent;
  readonly isSingleBlock: boolean;
}

function paste(view: EditorView, { event, isSingleBlock }: Paste): boolean {
  const clipboard = event.clipboardData;
  if (!clipboard) return true;
  const pasted = { html: clipboard.getData("text/html"), text: clipboard.getData("text/plain") };
  void readPasted(pasted, { schema: view.state.schema, isSingleBlock }).then((slice) => {
    if (!view.isDestroyed) view.dispatch(view.state.tr.replaceSelection(slice).setMeta("paste", true).scrollIntoView());
  });
  return true;
}
