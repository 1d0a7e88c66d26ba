import { isRichText, type Json, type RichText } from "../document/value.ts";
import { hasMixedQuotes } from "../rich-text/escape.ts";
import { readTable, type TableCell, type TableContent, type TableRow } from "../rich-text/table-blocks.ts";
import type { TextCodec } from "../rich-text/text-codec.ts";
import { writeTable } from "../rich-text/write-table.ts";
import { isJsonObject, type JsonObject } from "./pointer.ts";

/** Larger tables stay JSON: each cell costs about half a kilobyte as live text. */
const maxCells = 2_000;
const maxCharacters = 200_000;

/**
 * The content of a table module as one text, so that cells are typed in together and rows added by two people both stay.
 * Undefined where the text would not give back the identical JSON: then it stays JSON.
 */
export function parseTable(content: Json, codec: TextCodec): RichText | undefined {
  const table = tableIn(content, codec);
  if (!table) return undefined;
  const cells = [...(table.headers ?? []), ...(table.rows ?? [])].flatMap((row) => row.cells);
  const source = JSON.stringify(content);
  if (cells.length > maxCells || source.length > maxCharacters) return undefined;
  const text = writeTable(table);
  return JSON.stringify(serialiseTable(text, codec)) === source ? text : undefined;
}

type ReadSections = Parameters<typeof writeTable>[0];

function tableIn(content: Json, codec: TextCodec): ReadSections | undefined {
  if (!isJsonObject(content)) return undefined;
  const headers = rowsIn(content.headers, codec);
  const rows = rowsIn(content.rows, codec);
  if (headers === "other" || rows === "other" || (headers ?? rows) === undefined) return undefined;
  const own = { ...content, ...(headers ? { headers: [] } : {}), ...(rows ? { rows: [] } : {}) };
  return { headers, rows, ...(isUsual(own, ["headers", "rows"]) ? {} : { own }) };
}

function rowsIn(value: Json | undefined, codec: TextCodec): readonly TableRow[] | undefined | "other" {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return "other";
  const rows = value.map((row: Json) => rowIn(row, codec));
  return rows.every((row) => row !== undefined) ? rows : "other";
}

function rowIn(row: Json, codec: TextCodec): TableRow | undefined {
  if (!isJsonObject(row) || !Array.isArray(row.cells)) return undefined;
  const cells = row.cells.map((cell: Json) => cellIn(cell, codec));
  if (!cells.every((cell) => cell !== undefined)) return undefined;
  const own = { ...row, cells: [] };
  return isUsual(own, ["cells"]) ? { cells } : { cells, own };
}

function cellIn(cell: Json, codec: TextCodec): TableCell | undefined {
  if (!isJsonObject(cell)) return undefined;
  const { html } = cell;
  if (typeof html !== "string") return { text: { rich: [] }, own: cell };
  // Such quotes have no place in the attribute that keeps the source of an untouched cell.
  const text = (hasMixedQuotes(html) ? undefined : codec.parse(html)) ?? html;
  const own = { ...cell, html: "" };
  return isUsual(own, ["html"]) ? { text } : { text, own };
}

/** Whether an object has these keys, in this order, and no others: then it need not be kept. */
function isUsual(object: JsonObject, keys: readonly string[]): boolean {
  return Object.keys(object).join() === keys.join();
}

/** The JSON of a table's text; cells that nobody edited are as they came. */
export function serialiseTable(text: RichText, codec: TextCodec): JsonObject {
  const { headers, rows, own }: TableContent = readTable(text);
  return withParts(own ?? { headers: [], rows: [] }, {
    headers: headers.map((row) => rowJson(row, codec)),
    rows: rows.map((row) => rowJson(row, codec)),
  });
}

function rowJson({ cells, own }: TableRow, codec: TextCodec): JsonObject {
  return withParts(own ?? { cells: [] }, { cells: cells.map((cell) => cellJson(cell, codec)) });
}

function cellJson({ text, own }: TableCell, codec: TextCodec): JsonObject {
  const html = isRichText(text) ? codec.serialise(text) : text;
  return withParts(own ?? { html: "" }, { html });
}

/** The parts in the places that were kept for them. A part that had none, or was something else, is there only when filled. */
function withParts(own: JsonObject, parts: Readonly<Record<string, Json & { readonly length: number }>>): JsonObject {
  const written = Object.entries(parts).filter(([key, part]) => part.length > 0 || isPlace(own[key], part));
  return { ...own, ...Object.fromEntries(written) };
}

function isPlace(value: Json | undefined, part: Json): boolean {
  return Array.isArray(part) ? Array.isArray(value) : typeof value === "string";
}
