import type { ElementId } from "../document/node.ts";
import type { Json } from "../document/value.ts";
import { moduleTypeName } from "../modules/module-types.ts";
import { type JsonObject, objectOf } from "../page-json/pointer.ts";
import type { Defaults } from "./converter.ts";
import type { Leaves } from "./leaves.ts";
import { convertersBySimpleType } from "./modules/module-converters.ts";
import { defaultsOf, metadataConverter, settingsConverter } from "./page.ts";
import { columnConverter, rowConverter } from "./row.ts";
import type { SimpleColumn, SimpleModule, SimpleRow, SimpleSettings } from "./schema.ts";
import { requireSimple, requireSimpleRow } from "./validate.ts";
import { gridOf } from "./weights.ts";

export interface ToFullOptions {
  /** Uuids of rows, columns and modules. */
  readonly newId: () => ElementId;
}

/**
 * Page JSON of a document in Simple Schema; what it does not say gets the defaults of the format. Throws INVALID_TEMPLATE with
 * all places in `data.problems` when it is not valid.
 *
 * @example
 * const page = simpleToFull(document, { newId: newElementId });
 */
export function simpleToFull(json: unknown, { newId }: ToFullOptions): JsonObject {
  const { template } = requireSimple(json);
  const { settings = {}, metadata = {} } = template;
  const defaults = defaultsOf(settings);
  const leaves = [...settingsConverter.toFull(settings, defaults), ...metadataConverter.toFull(metadata, defaults)];
  const rows = template.rows.map((row) => fullRow(row, { defaults, newId }));
  return objectOf([...leaves, ["/page/rows", rows]]);
}

export interface RowToFullOptions extends ToFullOptions {
  /** The settings of the document the row is for. */
  readonly settings?: SimpleSettings;
}

/** A row of page JSON from one in Simple Schema, or INVALID_TEMPLATE. */
export function simpleRowToFull(json: unknown, { newId, settings }: RowToFullOptions): JsonObject {
  return fullRow(requireSimpleRow(json), { defaults: defaultsOf(settings), newId });
}

interface Making extends ToFullOptions {
  readonly defaults: Defaults;
}

function fullRow(row: SimpleRow, making: Making): JsonObject {
  const grid = gridOf(row.columns.map(({ weight }) => weight));
  const columns = row.columns.map((column, index) =>
    fullColumn({ ...column, weight: grid[index] ?? column.weight }, making),
  );
  return element(rowConverter.toFull(row, making.defaults), { "/columns": columns, "/uuid": making.newId() });
}

function fullColumn(column: SimpleColumn, making: Making): JsonObject {
  const modules = column.modules.map((module) => fullModule(module, making));
  return element(columnConverter.toFull(column, making.defaults), { "/modules": modules, "/uuid": making.newId() });
}

function fullModule(module: SimpleModule, { defaults, newId }: Making): JsonObject {
  const converter = convertersBySimpleType[module.type];
  return element(converter.toFull(module, defaults), { "/type": moduleTypeName(converter.type), "/uuid": newId() });
}

function element(leaves: Leaves, further: Readonly<Record<string, Json>>): JsonObject {
  return objectOf([...leaves, ...Object.entries(further)]);
}
