import type { Json } from "../document/value.ts";
import { propertyLabel } from "../modules/property-labels.ts";
import { isNoLine } from "./borders.ts";
import type { Simplified } from "./converter.ts";
import { isWithin, type Leaves } from "./leaves.ts";

/** Something of a page that Simple Schema has no words for. */
export interface SimpleLoss {
  /** JSON pointer into the page JSON. */
  readonly pointer: string;
  /** The uuid of the row, column or module it belongs to, where that has one. */
  readonly elementId?: string;
  /** What people call it: "Button: hover style". */
  readonly what: string;
  /** Why it is not kept, and what stands there instead. */
  readonly reason: string;
}

/** A loss within an element. */
export interface LocalLoss {
  readonly pointer: string;
  readonly reason: string;
}

/** The leaves of an element that come out differently, or not at all, when its simple form is converted back. */
export function lossesIn(leaves: Leaves, simplified: Simplified, notes: readonly string[] = []): readonly LocalLoss[] {
  const losses = new Map<string, LocalLoss>();
  for (const [pointer, value] of leaves) {
    if (simplified.covers(pointer) || isAmong(pointer, bookkeeping) || isAmong(pointer, notes)) continue;
    const again = simplified.again.get(pointer);
    if (isAlike(value, again)) continue;
    const place = again === undefined ? highestGone(pointer, simplified.again) : pointer;
    losses.set(place, { pointer: place, reason: reasonFor(pointer, { simplified, again }) });
  }
  return [...losses.values()];
}

/** "Button: text size". */
export function lossLabel(element: string, pointer: string): string {
  return pointer === "" ? element : `${element}: ${propertyLabel(pointer)}`;
}

/** What editors note for themselves; nothing a reader of the message sees. */
const bookkeeping = [
  "/uuid",
  "/name",
  "/type",
  "/empty",
  "/columns",
  "/modules",
  "/content/style/width",
  "/descriptor/computedStyle/height",
  "/descriptor/id",
  "/page/rows",
  "/page/template",
  "/page/body/type",
];

const isAmong = (pointer: string, places: readonly string[]): boolean =>
  places.some((place) => isWithin(pointer, place));

/** Whether two leaves mean the same, or one says nothing and the other is not there. */
function isAlike(value: Json, again: Json | undefined): boolean {
  if (value === again) return true;
  if (again === undefined) return saysNothing(value);
  if (isNoLine(value) && isNoLine(again)) return true;
  return asText(value) === asText(again);
}

/** 16 and "16px" are the same to a renderer, and so are "#FFF" and "#fff". */
const asText = (value: Json): string =>
  typeof value === "object"
    ? JSON.stringify(value)
    : String(value)
        .toLowerCase()
        .replace(/\s+/g, " ")
        .replace(/^-webkit-/, "")
        .replace(/^(-?\d+(?:\.\d+)?)px$/, "$1")
        .trim();

const idle = /^(|0|0px|0%|none|auto|normal|inherit|transparent|false|null|\[\]|\{\})$/;

const saysNothing = (value: Json): boolean =>
  idle.test(asText(value)) || (typeof value === "string" && isNoLine(value));

/** The highest place above a pointer that the simple form has nothing of: a whole mobile style, not each of its properties. */
function highestGone(pointer: string, again: Leaves): string {
  const steps = pointer.split("/");
  for (let length = 2; length < steps.length; length++) {
    const place = steps.slice(0, length).join("/");
    if (![...again.keys()].some((key) => isWithin(key, place))) return place;
  }
  return pointer;
}

interface Outcome {
  readonly simplified: Simplified;
  readonly again: Json | undefined;
}

function reasonFor(pointer: string, { simplified, again }: Outcome): string {
  const [, allowed] = [...simplified.refused].find(([place]) => isWithin(pointer, place)) ?? [];
  const why = allowed ? `Simple Schema takes only ${allowed} here` : "Simple Schema has no property for it";
  return `${why}; ${again === undefined ? "it is left out" : `it becomes ${JSON.stringify(again)}`}.`;
}
