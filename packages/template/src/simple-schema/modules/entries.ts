import { equalValues, type Json } from "../../document/value.ts";
import { isJsonObject, type JsonObject } from "../../page-json/pointer.ts";

export const pick = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));

interface EntryRule {
  readonly pointer: string;
  /** What of an entry Simple Schema can say. */
  known(entry: JsonObject): JsonObject;
}

/** What the entries of a list hold beyond that. */
export function lostInEntries(list: Json | undefined, { pointer, known }: EntryRule) {
  if (!Array.isArray(list)) return [];
  const isWhole = list.every((entry) => isJsonObject(entry) && equalValues(known(entry), entry));
  return isWhole
    ? []
    : [{ pointer, reason: "Its entries hold more than Simple Schema has a place for; that is left out." }];
}
