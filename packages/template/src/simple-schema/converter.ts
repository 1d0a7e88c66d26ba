import type * as z from "zod/mini";
import { equalValues, type Json } from "../document/value.ts";
import type { JsonObject, Leaf } from "../page-json/pointer.ts";
import { isWithin, type Leaves } from "./leaves.ts";
import type { Property } from "./properties.ts";

/** What elements take from the settings of their document. */
export interface Defaults {
  readonly linkColor: string;
  readonly background: string;
  readonly contentBackground: string;
}

/** A property for everything the schema knows, so that forgetting one does not compile. */
export type PropertyTable<Element, Apart extends PropertyKey = never> = {
  readonly [Name in Exclude<keyof Element, Apart>]-?: Property<NonNullable<Element[Name]>, Element>;
};

export interface ElementSpec<Element extends object, Apart extends PropertyKey = never> {
  readonly properties: PropertyTable<Element, Apart>;
  /** The schemas of the properties: what page JSON says and they refuse can't be expressed. */
  readonly shape: Readonly<Record<string, z.ZodMiniType>>;
  /** The leaves of an element that says nothing by itself. */
  readonly base: (defaults: Defaults) => Readonly<Record<string, Json>>;
}

/** What became of an element on its way to Simple Schema. */
export interface Simplified {
  /** Its properties; those that say what holds anyway are left out. */
  readonly properties: JsonObject;
  /** Whether a place in its JSON is said by these properties. */
  covers(pointer: string): boolean;
  /** The places that a property would say if its value were allowed, and what is allowed. */
  readonly refused: ReadonlyMap<string, string>;
  /** The leaves that the properties give again. */
  readonly again: Leaves;
}

/** Both ways between an element of Simple Schema and its leaves in page JSON. */
export interface ElementConverter<Element extends object> {
  toFull(element: Element, defaults: Defaults): Leaves;
  fromFull(leaves: Leaves, defaults: Defaults): Simplified;
}

export function converterOf<Element extends object, Apart extends PropertyKey = never>(
  spec: ElementSpec<Element, Apart>,
): ElementConverter<Element> {
  // The table is keyed by the element's own properties; here only their names matter.
  const properties = Object.entries(spec.properties) as [string, Property<unknown>][];
  const toFull = (element: object, defaults: Defaults): Leaves => {
    const given = element as Readonly<Record<string, unknown>>;
    const said = properties.flatMap(([name, property]): readonly Leaf[] => {
      const value = given[name];
      return value === undefined ? [] : property.toFull(value, element);
    });
    return new Map([...Object.entries(spec.base(defaults)), ...said]);
  };
  const fromFull = (leaves: Leaves, defaults: Defaults): Simplified => {
    const read = readProperties(leaves, { properties, shape: spec.shape });
    const telling = notIn(read.said, toFull({}, defaults));
    const made = toFull(elementOf(telling), defaults);
    // A property may give back something else than was read from it; then it does not say what stands there.
    const kept = telling.filter((each) => isSaidBy(each, made));
    const again = toFull(elementOf(kept), defaults);
    const exact = read.said.filter((each) => isSaidBy(each, again));
    return {
      properties: elementOf(kept),
      covers: (pointer) => exact.some(({ property }) => property.pointers.some((above) => isWithin(pointer, above))),
      refused: read.refused,
      again,
    };
  };
  return { toFull, fromFull };
}

interface Said {
  readonly name: string;
  readonly property: Property<unknown>;
  readonly value: Json;
}

const isSaidBy = ({ property, value }: Said, leaves: Leaves): boolean => equalValues(property.fromFull(leaves), value);

const notIn = (said: readonly Said[], leaves: Leaves): readonly Said[] =>
  said.filter((each) => !isSaidBy(each, leaves));

const elementOf = (said: readonly Said[]): JsonObject =>
  Object.fromEntries(said.map(({ name, value }): [string, Json] => [name, value]));

interface Reading {
  readonly properties: readonly (readonly [string, Property<unknown>])[];
  readonly shape: Readonly<Record<string, z.ZodMiniType>>;
}

function readProperties(leaves: Leaves, { properties, shape }: Reading) {
  const said: Said[] = [];
  const refused = new Map<string, string>();
  for (const [name, property] of properties) {
    const value = property.fromFull(leaves);
    if (value === undefined) continue;
    const result = shape[name]?.safeParse(value);
    if (result?.success) said.push({ name, property, value });
    else for (const pointer of property.pointers) refused.set(pointer, result?.error.issues[0]?.message ?? "");
  }
  return { said, refused };
}
