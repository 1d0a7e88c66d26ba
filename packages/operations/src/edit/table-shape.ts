import { WaggleError } from "@waggle/contract";
import { maxCells, maxCharacters } from "../modules/table.ts";
import type { TableTexts } from "../text/table-text.ts";

type Cell = string | number;

export interface TableInput {
  readonly headers?: readonly Cell[] | undefined;
  readonly rows?: readonly (readonly Cell[])[] | undefined;
}

/** The cells as texts. Throws INVALID_INPUT for rows of different lengths, naming the row, and for too large a table. */
export function requireTable(input: TableInput, current?: TableTexts): Partial<TableTexts> {
  const headers = input.headers?.map(String);
  const rows = input.rows?.map((row) => row.map(String));
  if (rows) requireEvenRows(rows, { headers, there: current?.headers ?? [] });
  else if (headers?.length) requireAsMany(headers, current?.rows ?? []);
  requireFitting([...(headers ?? []), ...(rows ?? []).flat()]);
  return { ...(headers ? { headers } : {}), ...(rows ? { rows } : {}) };
}

interface HeaderTexts {
  readonly headers: readonly string[] | undefined;
  /** Those of the table as it is. */
  readonly there: readonly string[];
}

function requireEvenRows(rows: TableTexts["rows"], { headers, there }: HeaderTexts): void {
  const columns = (headers ?? there).length || (rows[0]?.length ?? 0);
  const at = rows.findIndex((row) => row.length !== columns);
  if (at < 0) return;
  const isOfOld = headers === undefined && there.length > 0;
  const owner = isOfOld ? "the headers there have" : headers?.length ? "headers has" : "rows.0 has";
  const hint = isOfOld ? ", or give headers too" : "";
  throw invalid(
    "rows",
    `rows.${at} has ${cellsIn(rows[at]?.length)}, ${owner} ${columns}. Give every row ${cellsIn(columns)}, "" for an empty one${hint}.`,
  );
}

function requireFitting(cells: readonly string[]): void {
  if (cells.length > maxCells)
    throw invalid("rows", `The table has ${cells.length} cells, at most ${maxCells} are possible. Use several tables.`);
  const length = cells.reduce((sum, cell) => sum + cell.length, 0);
  if (length > maxCharacters)
    throw invalid("rows", `The cells have ${length} characters, at most ${maxCharacters} are possible.`);
}

/** New headers over rows that stay. Rows that differ among themselves already say nothing of how many there should be. */
function requireAsMany(headers: readonly string[], rows: readonly (readonly string[])[]): void {
  const lengths = new Set(rows.map((row) => row.length));
  const [columns] = lengths;
  if (lengths.size !== 1 || columns === headers.length) return;
  throw invalid(
    "headers",
    `headers has ${cellsIn(headers.length)}, the rows there have ${columns}. Give ${columns} headers, or rows with ${cellsIn(headers.length)} too.`,
  );
}

const cellsIn = (count = 0): string => `${count} ${count === 1 ? "cell" : "cells"}`;

function invalid(argument: string, message: string): WaggleError {
  return new WaggleError("INVALID_INPUT", { message, data: { argument } });
}
