import { isRichText, type RichText } from "../document/value.ts";
import { type Block, bareLine, type Container } from "./blocks.ts";
import { attribute } from "./escape.ts";
import { fromBlocks, toBlocks } from "./linear.ts";
import {
  jsonAttribute,
  type PartTag,
  sourceAttribute,
  type TableCell,
  type TableContent,
  type TableRow,
} from "./table-blocks.ts";
import { toHtml } from "./to-html.ts";

/** The text of a table, the way back from `readTable`. A section that is undefined is left out. */
export function writeTable({
  headers,
  rows,
  own,
}: Omit<TableContent, "headers" | "rows"> & {
  readonly headers: readonly TableRow[] | undefined;
  readonly rows: readonly TableRow[] | undefined;
}): RichText {
  const sections = [
    ...(headers ? [part("thead", { content: headers.map((row) => rowBlock(row, "th")) })] : []),
    ...(rows ? [part("tbody", { content: rows.map((row) => rowBlock(row, "td")) })] : []),
  ];
  return { rich: fromBlocks([part("table", { content: sections, own })]) };
}

function rowBlock({ cells, own }: TableRow, tag: "th" | "td"): Block {
  return part("tr", { content: cells.map((cell) => cellBlock(cell, tag)), own });
}

function cellBlock({ text, own }: TableCell, tag: "th" | "td"): Block {
  if (!isRichText(text)) return part(tag, { content: [{ kind: "raw", html: text }], own });
  const isCanonical = text.html === undefined || toHtml(text) === text.html;
  return part(tag, { content: toBlocks(text.rich), own, source: isCanonical ? undefined : text.html });
}

interface PartContent {
  readonly content: readonly Block[];
  readonly own?: TableRow["own"] | undefined;
  readonly source?: string | undefined;
}

function part(tag: PartTag, { content, own, source }: PartContent): Container {
  const attributes = [
    ...(source === undefined ? [] : [attribute(sourceAttribute, source)]),
    ...(own === undefined ? [] : [attribute(jsonAttribute, JSON.stringify(own))]),
  ];
  const rest = attributes.length > 0 ? attributes.join(" ") : null;
  return { kind: "box", tag, style: null, rest, content: content.length > 0 ? content : [bareLine()] };
}
