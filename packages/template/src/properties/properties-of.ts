import { kindOf, type NodeData, type NodeKind } from "../document/node.ts";
import { type ModuleType, moduleTypeOf } from "../modules/module-types.ts";
import { elementProperties } from "./element-properties.ts";
import { moduleProperties } from "./module-properties.ts";
import type { Property, PropertyTable } from "./property.ts";

/** What a property belongs to: a kind of element, or a type of module. */
export type PropertyOwner = Exclude<NodeKind, "module"> | ModuleType;

const tables: Readonly<Record<PropertyOwner, PropertyTable>> = { ...elementProperties, ...moduleProperties };

/** Everything that has properties, in the order of the reference. */
export const propertyOwners = Object.keys(tables) as readonly PropertyOwner[];

/** Tables never change, so the list of one is made once. */
const known = new Map<PropertyOwner, readonly Property[]>();

/** The properties of a kind of element or a type of module. */
export function propertiesFor(owner: PropertyOwner): readonly Property[] {
  const made = known.get(owner) ?? Object.entries(tables[owner]).map(([name, property]) => ({ name, ...property }));
  known.set(owner, made);
  return made;
}

export function ownerOf(node: NodeData): PropertyOwner {
  const kind = kindOf(node);
  return kind === "module" ? moduleTypeOf(node) : kind;
}

/** The properties an element can have by what it is, whether it says them or not. */
export function propertiesOf(node: NodeData): readonly Property[] {
  return propertiesFor(ownerOf(node));
}

/**
 * A property by its name, or by a JSON pointer at it: one of its places, for narrow screens too, or a place within the
 * value of a list or of what others have put there.
 *
 * @example
 * findProperty(button, "backgroundColor")?.pointer; // "/descriptor/button/style/background-color"
 */
export function findProperty(node: NodeData, name: string): Property | undefined {
  const properties = propertiesOf(node);
  return (
    properties.find((each) => each.name === name) ??
    properties.find((each) => placesOf(each).includes(name)) ??
    properties.find((each) => holdsMore(each) && placesOf(each).some((place) => name.startsWith(`${place}/`)))
  );
}

const holdsMore = ({ value }: Property): boolean => value.kind === "list" || value.kind === "opaque";

/** All pointers of a property, first the one it is written to. */
export function placesOf({ pointer, alsoAt, mobile }: Property): readonly string[] {
  return [pointer, ...alsoAt, ...mobile];
}
