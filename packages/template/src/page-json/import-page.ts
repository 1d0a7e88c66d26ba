import { WaggleError } from "@waggle/contract";
import { generateNKeysBetween } from "fractional-indexing";
import type { ChangeSet, NodeChange } from "../change-set/types.ts";
import { type ElementId, type ElementKind, isUsableId, rootId, settingsId, trashId } from "../document/node.ts";
import type { Json, Value } from "../document/value.ts";
import { moduleTypes, parseModuleType } from "../modules/module-types.ts";
import type { TextCodec } from "../rich-text/text-codec.ts";
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
 * The change that makes the empty document hold this page JSON. Unknown keys and odd values are kept as they are;
 * a missing or repeated `uuid` is assigned. Throws INVALID_TEMPLATE, with `data.pointer`, where rows, columns or modules
 * are not what their names say.
 */
export function importPage(json: unknown, options: ImportOptions): ChangeSet {
  const page = isJsonObject(json) ? json.page : undefined;
  if (!isJsonObject(json) || !isJsonObject(page)) throw invalid("/page", "an object with the page");
  const importer = new Importer(options);
  importer.settings(json);
  importer.children(page.rows, { kind: "row", parent: rootId, pointer: "/page/rows" });
  return importer.change;
}

interface Place {
  readonly kind: ElementKind;
  readonly parent: string;
  readonly pointer: string;
}

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
    for (const [key, value] of leavesOf(json)) cells[key] = { after: key === childrenKey.settings ? [] : value };
    this.change[settingsId] = cells;
  }

  children(list: Json | undefined, { kind, parent, pointer }: Place): void {
    if (list === undefined) return;
    if (!Array.isArray(list)) throw invalid(pointer, `an array of ${kind}s`);
    const orders = generateNKeysBetween(null, null, list.length);
    list.forEach((element, index) => {
      const place = { kind, parent, pointer: joinPointer(pointer, index) };
      this.#element(element, { ...place, order: orders[index] ?? "" });
    });
  }

  #element(element: Json, place: Place & { readonly order: string }): void {
    const { kind, parent, pointer, order } = place;
    if (!isJsonObject(element)) throw invalid(pointer, `an object with the ${kind}`);
    const id = this.#claimId(element.uuid);
    const cells: Record<string, { after: Value }> = { type: { after: kind }, pos: { after: [parent, order] } };
    const textKey = kind === "module" ? moduleTypes[parseModuleType(element.type)].textKey : undefined;
    const listKey = kind === "module" ? undefined : childrenKey[kind];
    for (const [key, value] of leavesOf(element)) {
      cells[key] = { after: key === listKey ? [] : key === textKey ? this.#text(value) : value };
    }
    cells["/uuid"] = { after: id };
    this.change[id] = cells;
    if (kind === "module") return;
    const listName = kind === "row" ? "columns" : "modules";
    this.children(element[listName], { kind: nextKind[kind], parent: id, pointer: joinPointer(pointer, listName) });
  }

  #claimId(uuid: Json | undefined): ElementId {
    const isUsable = typeof uuid === "string" && isUsableId(uuid) && !this.#taken.has(uuid);
    const id = isUsable ? uuid : this.#options.newId();
    this.#taken.add(id);
    return id;
  }

  #text(value: Json): Value {
    return typeof value === "string" ? (this.#options.codec.parse(value) ?? value) : value;
  }
}

function invalid(pointer: string, expected: string): WaggleError {
  return new WaggleError("INVALID_TEMPLATE", {
    message: `The template is not page JSON: ${pointer} has to be ${expected}.`,
    data: { pointer },
  });
}
