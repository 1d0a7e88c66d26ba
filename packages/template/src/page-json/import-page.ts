import { generateNKeysBetween } from "fractional-indexing";
import type { ChangeSet, NodeChange } from "../change-set/types.ts";
import { type ElementId, type ElementKind, isUsableId, rootId, settingsId, trashId } from "../document/node.ts";
import type { Json, Value } from "../document/value.ts";
import { isTextKey, parseModuleType } from "../modules/module-types.ts";
import { tableKey } from "../modules/table-key.ts";
import type { TextCodec } from "../rich-text/text-codec.ts";
import { invalidTemplate, mismatchAt, pageLimits, requireJson, wellFormed } from "./check-json.ts";
import { isJsonObject, type JsonObject, joinPointer, type Leaf, leavesOf } from "./pointer.ts";
import { parseTable } from "./table-content.ts";

export interface ImportOptions {
  /** Ids for elements whose uuid is missing or taken. */
  readonly newId: () => ElementId;
  readonly codec: TextCodec;
}

/** Where the children of a kind stand in its JSON. */
export const childrenKey: Readonly<Record<"settings" | "row" | "column", string>> = {
  settings: "/page/rows",
  row: "/columns",
  column: "/modules",
};

const reservedIds: readonly string[] = [rootId, trashId, settingsId];

/**
 * The change that makes the empty document hold this page JSON. Unknown keys and odd values are kept as they are; a missing
 * or repeated `uuid` is assigned. Throws INVALID_TEMPLATE, with `data.pointer`, where rows, columns or modules are not what
 * their names say, or where the template is no JSON or larger than `pageLimits`.
 */
export function importPage(json: unknown, options: ImportOptions): ChangeSet {
  const page = isJsonObject(json) ? json.page : undefined;
  if (!isJsonObject(json) || !isJsonObject(page)) {
    throw mismatchAt("/page", "an object with the page", page);
  }
  requireJson(json);
  const importer = new Importer(options);
  importer.settings(json);
  importer.children(page.rows, { kind: "row", parent: rootId, pointer: "/page/rows" });
  return importer.change;
}

/**
 * The change that makes the empty document hold this one row, as saved rows come: a page without settings. Throws
 * INVALID_TEMPLATE like `importPage`; pointers start at the row.
 */
export function importRow(json: unknown, options: ImportOptions): ChangeSet {
  requireJson(json);
  const importer = new Importer(options);
  importer.element(json, { kind: "row", parent: rootId, pointer: "", order: firstOrder });
  return importer.change;
}

interface Place {
  readonly kind: ElementKind;
  readonly parent: string;
  readonly pointer: string;
}

interface OrderedPlace extends Place {
  readonly order: string;
}

const [firstOrder = ""] = generateNKeysBetween(null, null, 1);

const nextKind = { row: "column", column: "module" } as const;

class Importer {
  readonly change: Record<ElementId, NodeChange> = {};
  readonly #options: ImportOptions;
  readonly #taken = new Set<string>(reservedIds);

  constructor(options: ImportOptions) {
    this.#options = options;
  }

  settings(json: JsonObject): void {
    const cells: Record<string, { after: Value }> = {};
    for (const [key, value] of leavesOf(json)) {
      cells[key] = { after: key === childrenKey.settings ? [] : wellFormed(value) };
    }
    this.change[settingsId] = cells;
  }

  children(list: Json | undefined, { kind, parent, pointer }: Place): void {
    if (list === undefined) return;
    if (!Array.isArray(list)) throw mismatchAt(pointer, `a list of ${kind}s`, list);
    const orders = generateNKeysBetween(null, null, list.length);
    list.forEach((element, index) => {
      const place = { kind, parent, pointer: joinPointer(pointer, index) };
      this.element(element, { ...place, order: orders[index] ?? "" });
    });
  }

  element(element: Json, place: OrderedPlace): void {
    const { kind, pointer } = place;
    if (!isJsonObject(element)) throw mismatchAt(pointer, `an object with the ${kind}`, element);
    const id = this.#claimId(element.uuid, pointer);
    this.change[id] = this.#cells(element, { ...place, id });
    if (kind === "module") return;
    const listName = kind === "row" ? "columns" : "modules";
    this.children(element[listName], { kind: nextKind[kind], parent: id, pointer: joinPointer(pointer, listName) });
  }

  #cells(element: JsonObject, { kind, parent, order, id }: OrderedPlace & { readonly id: ElementId }): NodeChange {
    const cells: Record<string, { after: Value }> = { type: { after: kind }, pos: { after: [parent, order] } };
    const leaves = kind === "module" ? this.#moduleLeaves(element) : listedLeaves(element, childrenKey[kind]);
    for (const [key, value] of leaves) {
      // A uuid that is an object is replaced, not written into.
      if (!key.startsWith("/uuid/")) cells[key] = { after: value };
    }
    cells["/uuid"] = { after: id };
    return cells;
  }

  *#moduleLeaves(element: JsonObject): Generator<readonly [key: string, value: Value]> {
    const type = parseModuleType(element.type);
    let table = type === "table" ? this.#table(element) : undefined;
    const isInTable = table !== undefined;
    for (const [key, value] of leavesOf(element)) {
      if (isInTable && key.startsWith(`${tableKey}/`)) {
        // The whole content stands where its first part stood.
        if (table) yield [tableKey, table];
        table = undefined;
      } else yield [key, key !== tableKey && isTextKey(type, key) ? this.#text(value) : wellFormed(value)];
    }
  }

  #table({ descriptor }: JsonObject): Value | undefined {
    const table = isJsonObject(descriptor) ? descriptor.table : undefined;
    const content = isJsonObject(table) ? table.content : undefined;
    return content === undefined ? undefined : parseTable(wellFormed(content), this.#options.codec);
  }

  #claimId(uuid: Json | undefined, pointer: string): ElementId {
    const isFree = typeof uuid === "string" && isUsableId(uuid) && uuid.isWellFormed() && !this.#taken.has(uuid);
    const id = isFree && uuid.length <= longestId ? uuid : this.#options.newId();
    this.#taken.add(id);
    if (this.#taken.size - reservedIds.length > pageLimits.elements) {
      throw invalidTemplate(pointer, `${pointer} is one more than the ${pageLimits.elements} elements there may be.`);
    }
    return id;
  }

  #text(value: Json): Value {
    if (typeof value !== "string") return wellFormed(value);
    const html = value.toWellFormed();
    return this.#options.codec.parse(html) ?? html;
  }
}

function* listedLeaves(element: JsonObject, listKey: string): Generator<Leaf> {
  for (const [key, value] of leavesOf(element)) yield [key, key === listKey ? [] : wellFormed(value)];
}

/** Ids are repeated in every change of their element; a uuid has 36 characters. */
const longestId = 256;
