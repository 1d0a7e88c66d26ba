import type { NodeData } from "../document/node.ts";
import { isRichText, type Json, type RichText, type Value } from "../document/value.ts";
import { tableKey } from "../modules/table-key.ts";
import type { Block, Container } from "./blocks.ts";
import { fromBlocks, toBlocks } from "./linear.ts";
import { tableTags } from "./marks.ts";
import { readAttributes } from "./start-tag.ts";
import { toHtml } from "./to-html.ts";

export type PartTag = (typeof tableTags)[number];

type JsonObject = { readonly [key: string]: Json };

/** The content of a table module as everyone reads it. Rows may have different numbers of cells. */
export interface TableContent {
  readonly headers: readonly TableRow[];
  readonly rows: readonly TableRow[];
  /** The JSON of the content but for its rows, in its order; undefined when there is nothing but headers and rows. */
  readonly own?: JsonObject;
}

export interface TableRow {
  readonly cells: readonly TableCell[];
  /** The JSON of the row but for its cells; undefined when there is nothing else. */
  readonly own?: JsonObject;
}

export interface TableCell {
  /** Rich text, or HTML that stays as it is. */
  readonly text: RichText | string;
  /** The JSON of the cell but for its text, such as its style; undefined when there is nothing else. */
  readonly own?: JsonObject;
}

/** The rows of a table module, header rows apart, whether its content is rich text or the JSON it came as. */
export function tableOf(node: NodeData): TableContent {
  const value = node[tableKey];
  if (isRichText(value)) return readTable(value);
  return { headers: jsonRows(node[`${tableKey}/headers`]), rows: jsonRows(node[`${tableKey}/rows`]) };
}

/** A cell's text as HTML, not sanitised. */
export function cellHtml({ text }: TableCell): string {
  return isRichText(text) ? toHtml(text) : text;
}

function jsonRows(value: Value | undefined): readonly TableRow[] {
  return objectsIn(value).map((row) => ({ cells: objectsIn(row.cells).map(jsonCell), own: row }));
}

function jsonCell(cell: JsonObject): TableCell {
  const { html } = cell;
  return { text: typeof html === "string" || typeof html === "number" ? String(html) : "", own: cell };
}

function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const tables = new WeakMap<RichText, TableContent>();

/**
 * The table a text is. Total: whatever two people's edits made of it, each line is in some cell. A second table joins the
 * first, and a line that ended up outside of all cells gets one.
 */
export function readTable(text: RichText): TableContent {
  const known = tables.get(text);
  if (known) return known;
  const reader = new TableReader();
  reader.read(toBlocks(text.rich));
  tables.set(text, reader);
  return reader;
}

class TableReader implements TableContent {
  readonly headers: TableRow[] = [];
  readonly rows: TableRow[] = [];
  own?: JsonObject;

  read(blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (isPart(block, "table")) {
        const own = ownJson(block);
        if (own) this.own ??= own;
        this.read(block.content);
      } else if (isPart(block, "thead")) this.#readRows(block.content, this.headers);
      else if (isPart(block, "tbody")) this.#readRows(block.content, this.rows);
      else this.#readRows([block], this.rows);
    }
  }

  #readRows(blocks: readonly Block[], rows: TableRow[]): void {
    for (const block of blocks) {
      if (isPart(block, "tr")) rows.push(withOwn({ cells: cellsOf(block.content) }, block));
      else if (!isBlank(block)) rows.push({ cells: cellsOf([block]) });
    }
  }
}

function cellsOf(blocks: readonly Block[]): readonly TableCell[] {
  return blocks.flatMap((block) => {
    if (isPart(block, "td") || isPart(block, "th")) return [withOwn({ text: cellText(block) }, block)];
    return isBlank(block) ? [] : [{ text: { rich: fromBlocks(plain([block])) } }];
  });
}

/** A cell that is one piece of raw HTML is what could not be read. */
function cellText(cell: Container): RichText | string {
  const content = plain(cell.content);
  const [only, ...others] = content;
  if (only?.kind === "raw" && others.length === 0) return only.html;
  const html = attributeOf(cell, sourceAttribute);
  const rich = fromBlocks(content);
  return html === undefined ? { rich } : { rich, html };
}

/** Parts of tables have no meaning inside of a cell. */
function plain(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block) => (isAnyPart(block) ? plain(block.content) : [block]));
}

function isAnyPart(block: Block): block is Part<PartTag> {
  return tableTags.some((tag) => isPart(block, tag));
}

type Part<Tag extends PartTag> = Container & { readonly tag: Tag };

function isPart<Tag extends PartTag>(block: Block, tag: Tag): block is Part<Tag> {
  return block.kind === "box" && block.tag === tag;
}

/** What stands in a container that had nothing in it. */
function isBlank(block: Block): boolean {
  return block.kind === "paragraph" && block.content.length === 0;
}

function withOwn<Read extends TableRow | TableCell>(part: Read, block: Container): Read {
  const own = ownJson(block);
  return own ? { ...part, own } : part;
}

/** Where a part of a table keeps the JSON that is not its text. */
export const jsonAttribute = "data-json";
/** Where a cell keeps the HTML it came as, when that is not the canonical one. */
export const sourceAttribute = "data-html";

function ownJson(block: Container): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(attributeOf(block, jsonAttribute) ?? "null");
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function attributeOf({ rest }: Container, wanted: string): string | undefined {
  return readAttributes(rest).find(([name]) => name === wanted)?.[1];
}
