import type { Node } from "prosemirror-model";
import { AllSelection, type Command, EditorState, TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { copiedFrom } from "./copied.ts";
import { indentItem, joinItem, outdentItem, splitItem } from "./list-commands.ts";
import { textSchema as schema } from "./text-schema.ts";

const line = (text: string): Node => schema.node("paragraph", { tag: "" }, text === "" ? [] : [schema.text(text)]);
const item = (text: string, ...nested: readonly Node[]): Node => schema.node("item", null, [line(text), ...nested]);
const ul = (...items: readonly Node[]): Node => schema.node("list", { tag: "ul" }, [...items]);
const ol = (...items: readonly Node[]): Node => schema.node("list", { tag: "ol", rest: 'start="3"' }, [...items]);

/** A text with the caret where "|" stands. */
function stateOf(...blocks: readonly Node[]): EditorState {
  const state = EditorState.create({ schema, doc: schema.node("doc", null, [...blocks]) });
  let caret = -1;
  state.doc.descendants((node, position) => {
    if (node.text?.includes("|")) caret = position + node.text.indexOf("|");
  });
  const tr = state.tr.delete(caret, caret + 1);
  return state.apply(tr.setSelection(TextSelection.create(tr.doc, caret)));
}

/** The text after a command, with the caret in it; undefined when the command had nothing to do. */
function after(command: Command, ...blocks: readonly Node[]): string | undefined {
  let state = stateOf(...blocks);
  const hasRun = command(state, (tr) => {
    state = state.apply(tr);
  });
  if (!hasRun) return undefined;
  state.doc.check();
  const marked = state.apply(state.tr.insertText("|"));
  return copiedFrom(marked.apply(marked.tr.setSelection(new AllSelection(marked.doc))))?.html;
}

test.each<[rule: string, command: Command, blocks: readonly Node[], html: string | undefined]>([
  ["Enter cuts an item in two", splitItem, [ul(item("Be|d"))], "<ul><li>Be</li><li>|d</li></ul>"],
  [
    "Enter takes nested items along",
    splitItem,
    [ul(item("a|", ul(item("b"))))],
    "<ul><li>a</li><li>|<ul><li>b</li></ul></li></ul>",
  ],
  [
    "Enter in an empty nested item leaves the nested list",
    splitItem,
    [ul(item("a", ul(item("b"), item("|"))))],
    "<ul><li>a<ul><li>b</li></ul></li><li>|</li></ul>",
  ],
  [
    "Enter in an empty item ends the list",
    splitItem,
    [ul(item("a"), item("|"), item("b"))],
    "<ul><li>a</li></ul><p>|</p><ul><li>b</li></ul>",
  ],
  [
    "Enter outside of lists is not about items",
    splitItem,
    [schema.node("paragraph", null, [schema.text("a|")])],
    undefined,
  ],
  [
    "Tab nests an item in a list of the same kind",
    indentItem,
    [ol(item("a"), item("b|"))],
    '<ol start="3"><li>a<ol><li>b|</li></ol></li></ol>',
  ],
  [
    "Tab joins the list that is there",
    indentItem,
    [ul(item("a", ul(item("b"))), item("c|", ul(item("d"))))],
    "<ul><li>a<ul><li>b</li><li>c|<ul><li>d</li></ul></li></ul></li></ul>",
  ],
  ["Tab leaves the first item where it is", indentItem, [ul(item("a|"))], "<ul><li>a|</li></ul>"],
  [
    "Tab outside of lists is not about items",
    indentItem,
    [schema.node("paragraph", null, [schema.text("a|")])],
    undefined,
  ],
  [
    "Shift Tab takes an item out, and what follows goes into it",
    outdentItem,
    [ul(item("a", ul(item("b"), item("|c"), item("d"))))],
    "<ul><li>a<ul><li>b</li></ul></li><li>|c<ul><li>d</li></ul></li></ul>",
  ],
  [
    "Shift Tab at the outer level leaves the list",
    outdentItem,
    [ul(item("a"), item("b|", ul(item("c"))))],
    "<ul><li>a</li></ul><p>b|</p><ul><li>c</li></ul>",
  ],
  ["Backspace joins the item before", joinItem, [ul(item("a"), item("|b"))], "<ul><li>a|b</li></ul>"],
  [
    "Backspace joins the last nested item before",
    joinItem,
    [ul(item("a", ul(item("b"))), item("|c"))],
    "<ul><li>a<ul><li>b|c</li></ul></li></ul>",
  ],
  [
    "Backspace in the first item leaves the list",
    joinItem,
    [ul(item("|a"), item("b"))],
    "<p>|a</p><ul><li>b</li></ul>",
  ],
  [
    "Backspace in the first nested item leaves that list",
    joinItem,
    [ul(item("a", ul(item("|b"))))],
    "<ul><li>a</li><li>|b</li></ul>",
  ],
  ["Backspace within a line is not about items", joinItem, [ul(item("a|"))], undefined],
])("%s", (...[, command, blocks, html]) => {
  expect(after(command, ...blocks)).toBe(html);
});
