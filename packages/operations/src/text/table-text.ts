import {
  fromBlocks,
  isRichText,
  type Json,
  type NodeData,
  type RichText,
  type TableCell,
  type TableContent,
  type TableRow,
  type TextCodec,
  tableKey,
  tableOf,
  toBlocks,
  type Value,
  writeTable,
} from "@waggle/template";
import { alignEntries } from "../fields/align-entries.ts";
import { lettersOfPart, lettersOfSource, readPart, rememberParsed, writePart } from "./part-text.ts";
import { editByParts, linesOf, type Parts } from "./piecewise.ts";

/** A table as tools say it: HTML by cell. */
export interface TableTexts {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The cells of a table module. Of several header rows the first is told. */
export function readTableTexts(node: NodeData, codec: TextCodec): TableTexts {
  const { headers, rows } = tableOf(node);
  const read = ({ cells }: TableRow): readonly string[] => cells.map(({ text }) => readPart(text, codec));
  return { headers: headers[0] ? read(headers[0]) : [], rows: rows.map(read) };
}

export interface WrittenTable {
  /** What its keys hold then. */
  readonly content: Readonly<Record<string, Value>>;
  readonly warnings: readonly string[];
}

/** The content of a table module with these headers and rows. Cells that say the same stay; what is not given stays. */
export function writeTableTexts(node: NodeData, given: Partial<TableTexts>, codec: TextCodec): WrittenTable {
  const writer = new TableWriter(codec);
  const current = tableOf(node);
  const next = { ...current, ...writer.write(current, given) };
  // Content that could not become one text stays the JSON it came as.
  const isJson = !isRichText(node[tableKey]) && (hasRows(node, "headers") || hasRows(node, "rows"));
  const content = isJson ? jsonContent(next, codec) : textContent(node, { current, next, continued: writer.continued });
  return { content, warnings: [...new Set(writer.warnings)] };
}

const hasRows = (node: NodeData, name: string): boolean => node[`${tableKey}/${name}`] !== undefined;

interface TableChange {
  readonly current: TableContent;
  readonly next: TableContent;
  /** The cell that each of the new ones was. */
  readonly continued: ReadonlyMap<TableCell, TableCell>;
}

function textContent(node: NodeData, change: TableChange): Readonly<Record<string, RichText>> {
  const { headers, rows, own } = change.next;
  const head = headers.length > 0 || hasHead(own) ? headers : undefined;
  const text = writeTable({ headers: head, rows, ...(own ? { own } : {}) });
  const before = node[tableKey];
  return { [tableKey]: isRichText(before) ? editByParts(before, text.rich, partsOf(change)) : text };
}

/** Whether there is a place for headers, be there any or none. */
const hasHead = (own: TableContent["own"]): boolean => own === undefined || Array.isArray(own.headers);

function partsOf({ current, next, continued }: TableChange): Parts {
  const old = cellsIn(current);
  const places = new Map(old.map((cell, at) => [cell, at]));
  return {
    before: old.map((cell) => ({ lines: linesIn(cell) })),
    after: cellsIn(next).map((cell) => ({ lines: linesIn(cell), continues: places.get(continued.get(cell) ?? cell) })),
  };
}

/** The cells in their order, and an empty line for what has none. */
function cellsIn({ headers, rows, own }: TableContent): readonly TableCell[] {
  const inRow = ({ cells }: TableRow): readonly TableCell[] => (cells.length > 0 ? cells : [noCell]);
  const head = headers.length > 0 ? headers.flatMap(inRow) : hasHead(own) ? [noHead] : [];
  return [...head, ...rows.flatMap(inRow)];
}

const noCell: TableCell = { text: "" };
const noHead: TableCell = { text: "" };

/** A cell without letters is a line, and so is one that is kept as HTML. */
function linesIn({ text }: TableCell): number {
  return isRichText(text) ? Math.max(1, linesOf(fromBlocks(toBlocks(text.rich)))) : 1;
}

function jsonContent({ headers, rows }: TableContent, codec: TextCodec): Readonly<Record<string, Json>> {
  const json = ({ cells, own }: TableRow): Json => ({
    ...own,
    cells: cells.map((cell): Json => ({ ...cell.own, html: readPart(cell.text, codec) })),
  });
  return { [`${tableKey}/headers`]: headers.map(json), [`${tableKey}/rows`]: rows.map(json) };
}

const emptyRow: TableRow = { cells: [] };

class TableWriter {
  readonly warnings: string[] = [];
  readonly continued = new Map<TableCell, TableCell>();
  readonly #codec: TextCodec;
  /** For each new column the old one it continues, where the headers tell. */
  #columns: readonly (number | undefined)[] | undefined;

  constructor(codec: TextCodec) {
    this.#codec = rememberParsed(codec);
  }

  write(current: TableContent, given: Partial<TableTexts>): Pick<TableContent, "headers" | "rows"> {
    const { headers, rows } = given;
    const [head, ...otherHeads] = current.headers;
    if (headers && head) this.#columns = alignEntries(this.#cellKeys(head), keysOf(headers));
    return {
      headers: headers ? this.#headers(headers, head ? [head, ...otherHeads] : []) : current.headers,
      rows: rows ? this.#rows(rows, current.rows) : current.rows,
    };
  }

  #headers(sources: readonly string[], [head, ...others]: readonly TableRow[]): readonly TableRow[] {
    return sources.length === 0 ? [] : [this.#row(sources, { current: head }), ...others];
  }

  #rows(sources: readonly (readonly string[])[], rows: readonly TableRow[]): readonly TableRow[] {
    const letters = sources.map((row) => keysOf(row).flat());
    const continued = alignEntries(
      rows.map((row) => rowKeys(this.#cellKeys(row).flat())),
      letters.map(rowKeys),
    );
    let neighbour = rows[continued.find((index) => index !== undefined) ?? 0];
    return sources.map((source, at) => {
      const current = rows[continued[at] ?? -1];
      neighbour = current ?? neighbour;
      return this.#row(source, { current, neighbour });
    });
  }

  #row(sources: readonly string[], { current, neighbour }: RowModels): TableRow {
    const model = current ?? neighbour ?? emptyRow;
    const continued = this.#continuedCells(sources, model);
    const cells = sources.map((source, at): TableCell => {
      const index = continued[at];
      const beside = model.cells[index ?? Math.max(0, at - 1)];
      const own = index === undefined || !current ? undefined : beside;
      return this.#cell(source, { own, beside });
    });
    return { cells, ...(model.own ? { own: model.own } : {}) };
  }

  /** Rows as long as before continue cell by cell. */
  #continuedCells(sources: readonly string[], { cells }: TableRow): readonly (number | undefined)[] {
    if (cells.length === sources.length) return sources.map((_source, at) => at);
    if (this.#columns?.length === sources.length) return this.#columns;
    return alignEntries(this.#cellKeys({ cells }), keysOf(sources));
  }

  #cell(source: string, { own, beside }: CellModels): TableCell {
    const written = writePart(source, { codec: this.#codec, current: own?.text, neighbour: beside?.text });
    this.warnings.push(...written.warnings);
    const cell: TableCell = { text: written.text, ...(beside?.own ? { own: beside.own } : {}) };
    if (own) this.continued.set(cell, own);
    return cell;
  }

  #cellKeys({ cells }: TableRow): readonly (readonly string[])[] {
    return cells.map(({ text }) => [lettersOfPart(text, this.#codec)]);
  }
}

interface RowModels {
  /** The row that is continued. */
  readonly current?: TableRow | undefined;
  /** The row before a new one, which lends it its look. */
  readonly neighbour?: TableRow | undefined;
}

interface CellModels {
  readonly own: TableCell | undefined;
  readonly beside: TableCell | undefined;
}

const keysOf = (sources: readonly string[]): readonly (readonly string[])[] =>
  sources.map((source) => [lettersOfSource(source)]);

/** A row is told by all of its cells, then by the first. */
const rowKeys = (letters: readonly string[]): readonly string[] => [letters.join("\n"), letters[0] ?? ""];
