import { gridColumns, gridColumnsKey, gridColumnsOf } from "../document/grid.ts";
import type { Json } from "../document/value.ts";
import { moduleTypes, parseModuleType } from "../modules/module-types.ts";
import { mismatchAt, requireJson } from "../page-json/check-json.ts";
import { isJsonObject, type JsonObject, joinPointer } from "../page-json/pointer.ts";
import type { Defaults, Simplified } from "./converter.ts";
import { leavesIn } from "./leaves.ts";
import { type LocalLoss, lossesIn, lossLabel, type SimpleLoss } from "./losses.ts";
import { convertersByType } from "./modules/module-converters.ts";
import { defaultsOf, metadataConverter, settingsConverter } from "./page.ts";
import { columnConverter, rowConverter } from "./row.ts";
import type { SimpleDocument } from "./schema.ts";
import { requireSimple } from "./validate.ts";
import { gridOf } from "./weights.ts";

export interface ToSimpleOptions {
  /** What the document is for; page JSON does not say. `email` when not given. */
  readonly type?: SimpleDocument["template"]["type"];
}

export interface SimpleConversion {
  readonly simple: SimpleDocument;
  /** Everything of the page that the simple document does not say, in document order. */
  readonly lost: readonly SimpleLoss[];
}

/**
 * A page in Simple Schema, and the list of what it can't express. Converted to page JSON again, everything that is not on the
 * list is as it was. Throws INVALID_TEMPLATE where rows, columns or modules are not what their names say.
 *
 * @example
 * const { simple, lost } = fullToSimple(page);
 * for (const { what, reason } of lost) console.log(what, reason);
 */
export function fullToSimple(json: unknown, { type = "email" }: ToSimpleOptions = {}): SimpleConversion {
  const page = isJsonObject(json) ? json.page : undefined;
  if (!isJsonObject(json) || !isJsonObject(page)) throw mismatchAt("/page", "an object with the page", page);
  requireJson(json);
  const conversion = new Conversion();
  const { settings, metadata, defaults } = conversion.settings(json);
  const rows = listAt(page.rows, "/page/rows").map((row, index) => {
    return conversion.row(row, { pointer: joinPointer("/page/rows", index), name: `Row ${index + 1}`, defaults });
  });
  if (rows.length === 0)
    conversion.lose("/page/rows", { what: "Email", reason: "Simple Schema needs a row; an empty one stands in." });
  const template = { type, rows: rows.length > 0 ? rows : [emptyRow], settings, metadata };
  // What the converters give fits the schema; this makes it certain, and gives it its type.
  return { simple: requireSimple({ template }), lost: conversion.lost };
}

const emptyColumn: JsonObject = { weight: 12, modules: [] };
const emptyRow: JsonObject = { name: "Row 1", columns: [emptyColumn] };

/** A column more than this has no place in a row of Simple Schema. */
const mostColumns = 12;

interface Place {
  readonly pointer: string;
  readonly defaults: Defaults;
}

interface Owner {
  readonly pointer: string;
  readonly label: string;
  readonly uuid?: Json | undefined;
}

class Conversion {
  readonly lost: SimpleLoss[] = [];

  settings(json: JsonObject) {
    const leaves = leavesIn(json);
    // No defaults are given: the settings are where they come from.
    const settings = settingsConverter.fromFull(leaves, defaultsOf(undefined));
    const metadata = metadataConverter.fromFull(leaves, defaultsOf(undefined));
    const both: Simplified = {
      properties: {},
      covers: (pointer) => settings.covers(pointer) || metadata.covers(pointer),
      refused: new Map([...settings.refused, ...metadata.refused]),
      again: new Map([...settings.again, ...metadata.again]),
    };
    this.#loseAll(lossesIn(leaves, both), { pointer: "", label: "Email" });
    return { settings: settings.properties, metadata: metadata.properties, defaults: defaultsOf(settings.properties) };
  }

  row(row: Json, { pointer, name, defaults }: Place & { readonly name: string }): JsonObject {
    if (!isJsonObject(row)) throw mismatchAt(pointer, "an object with the row", row);
    const leaves = leavesIn(row);
    const simplified = rowConverter.fromFull(leaves, defaults);
    this.#loseAll(lossesIn(leaves, simplified), { pointer, label: "Row", uuid: row.uuid });
    const columns = this.#columns(row, { pointer: joinPointer(pointer, "columns"), defaults });
    return { name: nameOf(row) ?? name, ...simplified.properties, columns };
  }

  #columns(row: JsonObject, { pointer, defaults }: Place): readonly Json[] {
    const columns = listAt(row.columns, pointer).map((column, index): JsonObject => {
      if (!isJsonObject(column)) throw mismatchAt(joinPointer(pointer, index), "an object with the column", column);
      return column;
    });
    const [kept, left] = [columns.slice(0, mostColumns), columns.slice(mostColumns)];
    for (const [index, { uuid }] of left.entries()) {
      const reason = `A row of Simple Schema has ${mostColumns} columns at most; it is left out.`;
      this.lose(joinPointer(pointer, mostColumns + index), { what: "Column", reason }, uuid);
    }
    const weights = weightsOf(kept);
    const simple = kept.map((column, index) => {
      return this.#column(column, { pointer: joinPointer(pointer, index), defaults, weight: weights[index] ?? 1 });
    });
    return simple.length > 0 ? simple : [emptyColumn];
  }

  #column(column: JsonObject, { pointer, defaults, weight }: Place & { readonly weight: number }): JsonObject {
    const stated = column["grid-columns"];
    const leaves = leavesIn({ ...column, "grid-columns": weight });
    const simplified = columnConverter.fromFull(leaves, defaults);
    this.#loseAll(lossesIn(leaves, simplified), { pointer, label: "Column", uuid: column.uuid });
    if (stated !== undefined && stated !== weight) {
      const reason = `The columns of a row are whole twelfths that fill it; it becomes ${weight}.`;
      this.lose(joinPointer(pointer, "grid-columns"), { what: "Column: width", reason }, column.uuid);
    }
    const modules = this.#modules(column, { pointer: joinPointer(pointer, "modules"), defaults });
    return { ...simplified.properties, modules };
  }

  #modules(column: JsonObject, { pointer, defaults }: Place): readonly Json[] {
    return listAt(column.modules, pointer).flatMap((module, index): Json[] => {
      const place = joinPointer(pointer, index);
      if (!isJsonObject(module)) throw mismatchAt(place, "an object with the module", module);
      const simple = this.#module(module, { pointer: place, defaults });
      return simple ? [simple] : [];
    });
  }

  #module(module: JsonObject, { pointer, defaults }: Place): JsonObject | undefined {
    const type = parseModuleType(module.type);
    const { label } = moduleTypes[type];
    const converter = convertersByType[type];
    const leaves = leavesIn(module);
    const refusal = converter
      ? converter.refuses?.(leaves)
      : "Simple Schema has no module of this kind; it is left out.";
    if (!converter || refusal) {
      this.lose(pointer, { what: label, reason: refusal ?? "" }, module.uuid);
      return undefined;
    }
    const simplified = converter.fromFull(leaves, defaults);
    const losses = [...(converter.loses?.(leaves) ?? []), ...lossesIn(leaves, simplified, converter.notes)];
    this.#loseAll(losses, { pointer, label, uuid: module.uuid });
    return { type: converter.simpleType, ...simplified.properties };
  }

  #loseAll(losses: readonly LocalLoss[], { pointer: base, label, uuid }: Owner): void {
    for (const { pointer, reason } of losses)
      this.lose(base + pointer, { what: lossLabel(label, pointer), reason }, uuid);
  }

  lose(pointer: string, loss: { readonly what: string; readonly reason: string }, uuid?: Json): void {
    this.lost.push({ pointer, ...(typeof uuid === "string" && uuid !== "" ? { elementId: uuid } : {}), ...loss });
  }
}

/** Whole twelfths that fill the row, as near as may be to what the columns say. */
function weightsOf(columns: readonly JsonObject[]): readonly number[] {
  const stated = gridColumnsOf(columns.map((column) => ({ [gridColumnsKey]: column["grid-columns"] ?? null })));
  return gridOf(stated.map((width) => Math.min(gridColumns, Math.max(1, Math.round(width)))));
}

/** The name a host gave it; rows of page JSON have none of their own. */
function nameOf({ metadata, name }: JsonObject): string | undefined {
  const given = isJsonObject(metadata) && typeof metadata.name === "string" ? metadata.name : name;
  return typeof given === "string" && given !== "" ? given : undefined;
}

function listAt(list: Json | undefined, pointer: string): readonly Json[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw mismatchAt(pointer, "a list", list);
  return list;
}
