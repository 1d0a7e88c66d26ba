import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import type { Schema } from "prosemirror-model";
import { type Command, type Plugin, TextSelection } from "prosemirror-state";
import { indentItem, joinItem, outdentItem, splitItem } from "./list-commands.ts";

interface TextKeys {
  readonly schema: Schema;
  /** Titles and buttons are one block: Enter makes a line break there. */
  readonly isSingleBlock: boolean;
  onUndo(): void;
  onRedo(): void;
  onExit(): void;
  onLink(): void;
  /** Goes to the next text of the module, or the one before; without it Tab leaves the text as it does elsewhere. */
  onTab?(direction: 1 | -1): void;
}

/** The keys of a text. What a module type allows is decided here and not by the schema. */
export function textKeys({
  schema,
  isSingleBlock,
  onUndo,
  onRedo,
  onExit,
  onLink,
  onTab,
}: TextKeys): readonly Plugin[] {
  const run =
    (action: () => void): Command =>
    () => {
      action();
      return true;
    };
  const { strong, em, underline } = schema.marks;
  return [
    keymap({
      "Mod-z": run(onUndo),
      "Shift-Mod-z": run(onRedo),
      "Mod-y": run(onRedo),
      "Mod-k": run(onLink),
      Escape: run(onExit),
      Enter: isSingleBlock ? insertLineBreak : chainCommands(splitItem, splitLine, insertLineBreak),
      "Shift-Enter": insertLineBreak,
      Tab: onTab ? run(() => onTab(1)) : indentItem,
      "Shift-Tab": onTab ? run(() => onTab(-1)) : outdentItem,
      Backspace: isSingleBlock ? () => false : joinItem,
      ...(strong ? { "Mod-b": toggleMark(strong) } : {}),
      ...(em ? { "Mod-i": toggleMark(em) } : {}),
      ...(underline ? { "Mod-u": toggleMark(underline) } : {}),
    }),
    keymap(isSingleBlock ? withoutJoins : baseKeymap),
  ];
}

/** What would leave one block by splitting or joining is of no use where there is only one. */
const { Enter: _enter, "Mod-Enter": _modEnter, ...withoutJoins } = baseKeymap;

/** A line break is a character, so two people can write on both sides of it. */
export const insertLineBreak: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false;
  if (dispatch) dispatch(state.tr.insertText("\n").scrollIntoView());
  return true;
};

/** Splits a paragraph into two of the same kind. A bare line has no element that could be two, so it is not split. */
const splitLine: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const line = $from.parent;
  if (line.type.name !== "paragraph" || line.attrs.tag === "" || !$from.sameParent($to)) return false;
  if (dispatch) {
    const tr = state.tr.deleteSelection();
    const at = tr.mapping.map($from.pos);
    tr.split(at, 1, [{ type: line.type, attrs: line.attrs }]);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2))).scrollIntoView());
  }
  return true;
};
