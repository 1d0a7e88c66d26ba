import { generateNKeysBetween } from "fractional-indexing";
import type { ChangeSet, NodeChange } from "../change-set/types.ts";
import { type ElementId, type ElementKind, isUsableId, rootId, settingsId, trashId } from "../document/node.ts";
import type { Json, Value } from "../document/value.ts";
import { moduleTypes, parseModuleType } from "../modules/module-types.ts";
import type { TextCodec } from "../rich-text/text-codec.ts";
import { invalidTemplate, mismatchAt, pageLimits, requireJson, wellFormed } from "./check-json.ts";
import { isJsonObject, type JsonObject, joinPointer, leavesOf } from "./pointer.ts";

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
    const textKey = kind === "module" ? moduleTypes[parseModuleType(element.type)].textKey : undefined;
    const listKey = kind === "module" ? undefined : childrenKey[kind];
    for (const [key, value] of leavesOf(element)) {
      // A uuid that is an object is replaced, not written into.
      if (key.startsWith("/uuid/")) continue;
      cells[key] = { after: key === listKey ? [] : key === textKey ? this.#text(value) : wellFormed(value) };
    }
    cells["/uuid"] = { after: id };
    return cells;
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

/** Ids are repeated in every change of their element; a uuid has 36 characters. */
const longestId = 256;
