import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

/** The order key of a new place among siblings, and new keys for siblings that left no room. */
export interface Placing {
  readonly order: string;
  /** Index of a sibling → its new order key. Empty almost always. */
  readonly rekeyed: ReadonlyMap<number, string>;
}

/**
 * Makes room at `index` among siblings with these order keys. Two people who insert into one gap at the same time get
 * equal keys; nothing fits between those, so they are given new ones.
 */
export function placeAt(orders: readonly string[], index: number): Placing {
  const lower = orders[index - 1] ?? null;
  const next = orders[index] ?? null;
  try {
    if (lower === null || next === null || lower < next) {
      return { order: generateKeyBetween(lower, next), rekeyed: new Map() };
    }
    const end = orders.findIndex((order, at) => at >= index && order > lower);
    return placeAmong({ lower, upper: orders[end] ?? null, from: index, to: end < 0 ? orders.length : end });
  } catch {
    // A key that is no order key, written by something else than Waggle: everybody gets a new one.
    return renumber(orders.length, index);
  }
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
