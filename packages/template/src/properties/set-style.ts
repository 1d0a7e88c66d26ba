import { WaggleError } from "@waggle/contract";
import type { ElementId, NodeData } from "../document/node.ts";
import { equalValues, isRichText, type Json, type Value } from "../document/value.ts";
import type { Draft } from "../draft/draft.ts";
import { labelOf } from "../modules/module-types.ts";
import { isJsonObject } from "../page-json/pointer.ts";
import { findProperty, propertiesOf } from "./properties-of.ts";
import type { Property } from "./property.ts";
import { allowedValues, storedValue, withoutWords } from "./stored-value.ts";

/** `mobile` is what differs on narrow screens; `all` is what holds everywhere else, and there too where mobile says nothing. */
export type StyleDevice = "all" | "mobile";

export interface StyleChoice {
  /** Name of the property, or a pointer it stands at: see `propertiesOf`. */
  readonly property: string;
  readonly device?: StyleDevice;
}

export interface StyleSetting extends StyleChoice {
  /** As people write it: 16, "16px", "50%", "#1a2b3c", true. */
  readonly value: Json;
}

export interface VisibilitySetting {
  readonly on: "mobile" | "desktop";
  readonly isHidden: boolean;
}

/**
 * Sets one style property of an element, and nothing else of it. Throws ELEMENT_NOT_FOUND, or INVALID_CHANGE when the
 * element has no such style, when it has none of its own on mobile, or when the value does not fit, with what does.
 *
 * @example
 * setStyle(draft, buttonId, { property: "backgroundColor", value: "#1a2b3c" });
 * setStyle(draft, titleId, { property: "fontSize", value: 20, device: "mobile" });
 */
export function setStyle(draft: Draft, id: ElementId, { property: name, value, device = "all" }: StyleSetting): void {
  const node = draft.require(id);
  const property = requireStyle(node, { id, name, roles: ["style"] });
  const places = requirePlaces(property, { id, device });
  const written = partsOf(node, property);
  for (const part of written) requireStored(part, { id, value, current: undefined });
  if (written.length > 0) for (const place of places) clear(draft, id, place);
  for (const part of written.length > 0 ? written : [property]) write(draft, id, { property: part, value, device });
}

/**
 * Takes a style, or a flag that hides, back to what the element's type says: its key is gone. On mobile, what holds
 * elsewhere holds again. Throws like `setStyle`.
 */
export function resetStyle(draft: Draft, id: ElementId, { property: name, device = "all" }: StyleChoice): void {
  const node = draft.require(id);
  const property = requireStyle(node, { id, name, roles: ["style", "visibility"] });
  requirePlaces(property, { id, device });
  for (const each of [property, ...partsOf(node, property)]) {
    const [pointer = "", ...others] = placesOn(each, device);
    const words = device === "all" ? wordsOf(each) : [];
    if (words.length === 0) clear(draft, id, pointer);
    else if (isWorded(draft.get(id, pointer), words))
      draft.set(id, pointer, withoutWords(draft.get(id, pointer), words));
    for (const other of others) clear(draft, id, other);
  }
}

/**
 * Hides an element on phones or on larger screens, or shows it there. Throws ELEMENT_NOT_FOUND, or INVALID_CHANGE for the
 * settings, which are seen nowhere.
 *
 * @example
 * setVisibility(draft, imageId, { on: "mobile", isHidden: true });
 */
export function setVisibility(draft: Draft, id: ElementId, { on, isHidden }: VisibilitySetting): void {
  const node = draft.require(id);
  const name = on === "mobile" ? "hideOnMobile" : "hideOnDesktop";
  const property = requireStyle(node, { id, name, roles: ["visibility"] });
  const isSaid = placesOn(property, "all").some((place) => node[place] !== undefined);
  if (isHidden || isSaid) write(draft, id, { property, value: isHidden, device: "all" });
}

interface Wanted {
  readonly id: ElementId;
  readonly name: string;
  readonly roles: readonly Property["role"][];
}

function requireStyle(node: NodeData, { id, name, roles }: Wanted): Property {
  const property = findProperty(node, name);
  if (property && roles.includes(property.role)) return property;
  const allowed = propertiesOf(node).flatMap((each) => (roles.includes(each.role) ? [each.name] : []));
  const kind = labelOf(node);
  const reason = property ? `${name} of ${kind} ${id} is no style` : `${kind} ${id} has no ${name}`;
  const next = allowed.length === 0 ? "It has nothing of that kind." : `It has: ${allowed.join(", ")}.`;
  throw refused(`${reason}. ${next}`, { elementId: id, property: name, allowed });
}

interface OnDevice {
  readonly id: ElementId;
  readonly device: StyleDevice;
}

const placesOn = ({ pointer, alsoAt, mobile }: Property, device: StyleDevice): readonly string[] =>
  device === "mobile" ? mobile : [pointer, ...alsoAt];

function requirePlaces(property: Property, { id, device }: OnDevice): readonly string[] {
  const places = placesOn(property, device);
  if (places.length > 0) return places;
  throw refused(`${property.name} is the same on all screens. Leave out device to set it for all.`, {
    elementId: id,
    property: property.name,
  });
}

/** The properties that one stands for: the sides of a box. */
function partsOf(node: NodeData, { parts }: Property): readonly Property[] {
  return parts.flatMap((part) => findProperty(node, part) ?? []);
}

interface Given {
  readonly id: ElementId;
  readonly value: Json;
  readonly current: Value | undefined;
}

function requireStored(property: Property, { id, value, current }: Given): Json {
  const stored = storedValue(property.value, value, current);
  if (stored !== undefined) return stored;
  const allowed = allowedValues(property.value);
  throw refused(`${property.name} can't be ${JSON.stringify(value)}. It has to be ${allowed}.`, {
    elementId: id,
    property: property.name,
    allowed,
  });
}

interface Write {
  readonly property: Property;
  readonly value: Json;
  readonly device: StyleDevice;
}

/** Writes the first of a property's places and empties the others, so that one place says it. */
function write(draft: Draft, id: ElementId, { property, value, device }: Write): void {
  const [pointer = "", ...others] = placesOn(property, device);
  const current = draft.get(id, pointer);
  // Words share a class with others on large screens only.
  const form = device === "mobile" ? plainForm(property) : property;
  const stored = requireStored(form, { id, value, current });
  requireRoom(draft, id, pointer);
  for (const other of others) clear(draft, id, other);
  if (isAnotherSpelling(form, { current, stored })) return;
  if (current === undefined) clear(draft, id, pointer);
  draft.set(id, pointer, stored);
}

function plainForm(property: Property): Property {
  const { value } = property;
  return value.kind === "class-word" ? { ...property, value: { kind: "choice", words: value.words } } : property;
}

/** "0 solid red" and "0px solid red" are one line: writing the other would change nothing but the file. */
function isAnotherSpelling(
  { value }: Property,
  { current, stored }: { readonly current: Value | undefined; readonly stored: Json },
): boolean {
  if (current === undefined || isRichText(current)) return false;
  return equalValues(storedValue(value, current, current), stored);
}

/** Real files have `[]` or `""` where an object belongs, which gives way; what holds something does not. */
function requireRoom(draft: Draft, id: ElementId, pointer: string): void {
  for (let at = pointer.lastIndexOf("/"); at > 0; at = pointer.lastIndexOf("/", at - 1)) {
    const above = pointer.slice(0, at);
    const found = draft.get(id, above);
    if (found === undefined || isEmptyValue(found)) continue;
    throw refused(`${above} of ${id} holds a value where ${pointer} needs an object. Remove that value first.`, {
      elementId: id,
      pointer: above,
    });
  }
}

function isEmptyValue(value: Value): boolean {
  if (value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/** Removes a value, and the object that stands there in its place in some files. */
function clear(draft: Draft, id: ElementId, pointer: string): void {
  for (const key of Object.keys(draft.require(id)))
    if (key === pointer || key.startsWith(`${pointer}/`)) draft.set(id, key, undefined);
}

function wordsOf({ value }: Property): readonly string[] {
  if (value.kind === "class-word") return value.words;
  return value.kind === "class-flag" ? [value.word] : [];
}

function isWorded(current: Value | undefined, words: readonly string[]): boolean {
  return typeof current === "string" && current.split(/\s+/).some((each) => words.includes(each));
}

function refused(message: string, data: Readonly<Record<string, unknown>>): WaggleError {
  return new WaggleError("INVALID_CHANGE", { message, data });
}
