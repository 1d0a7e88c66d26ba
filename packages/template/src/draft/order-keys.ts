import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import type { ElementId } from "../document/node.ts";

/** The order key of a new place among siblings, and new keys for siblings that left no room. */
export interface Placing {
  readonly order: string;
  /** Index of a sibling → its new order key. Empty almost always. */
  readonly rekeyed: ReadonlyMap<number, string>;
}

export interface Newcomer {
  /** Its index among the siblings afterwards. */
  readonly index: number;
  readonly id: ElementId;
}

/**
 * Makes room at `index` among siblings with these order keys. A key ends with two letters drawn from the element's id, so
 * two people who insert into one gap at the same time almost never get equal keys. Where they did, nothing fits between,
 * and the siblings are given new ones: a write to elements nobody touched, which may meet a deletion of the same element.
 */
export function placeAt(orders: readonly string[], { index, id }: Newcomer): Placing {
  const lower = orders[index - 1] ?? null;
  const next = orders[index] ?? null;
  try {
    if (lower === null || next === null || lower < next) {
      return { order: ownKey(generateKeyBetween(lower, next), next, id), rekeyed: new Map() };
    }
    const end = orders.findIndex((order, at) => at >= index && order > lower);
    return placeAmong({ lower, upper: orders[end] ?? null, from: index, to: end < 0 ? orders.length : end });
  } catch {
    // A key that is no order key, written by something else than Waggle: everybody gets a new one.
    return renumber(orders.length, index);
  }
}

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** A key that is the beginning of its upper neighbour needs a step into the gap before it can take more letters. */
const maxSteps = 8;

/** The key with the id's letters behind it, still below `upper`. */
function ownKey(key: string, upper: string | null, id: ElementId): string {
  const letters = lettersOf(id);
  let base = key;
  for (let step = 0; step < maxSteps; step += 1) {
    const own = base + letters;
    if (upper === null || own < upper) return own;
    base = generateKeyBetween(base, upper);
  }
  return base;
}

/** Two letters from an id; the last is no zero, which an order key may not end with. */
function lettersOf(id: ElementId): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193) >>> 0;
  const last = digits.length - 1;
  return (digits[hash % digits.length] ?? "0") + (digits[1 + (Math.floor(hash / digits.length) % last)] ?? "1");
}

interface Gap {
  readonly lower: string | null;
  readonly upper: string | null;
  readonly from: number;
  readonly to: number;
}

/** The new element at `from`, then the siblings from there to before `to`. */
function placeAmong({ lower, upper, from, to }: Gap): Placing {
  const [order = "", ...keys] = generateNKeysBetween(lower, upper, to - from + 1);
  return { order, rekeyed: new Map(keys.map((key, at) => [from + at, key])) };
}

function renumber(count: number, index: number): Placing {
  const keys = generateNKeysBetween(null, null, count + 1);
  const others = keys.toSpliced(index, 1);
  return { order: keys[index] ?? "", rekeyed: new Map(others.map((key, at) => [at, key])) };
}
