import { WaggleError } from "@waggle/contract";
import { type ChangeSet, childrenOf, type ElementId, kindOf, type Snapshot } from "@waggle/template";
import { reachedBy } from "./reach.ts";

/** An element that a person has selected or edits, which locks it for them. */
export interface Hold {
  readonly elementId: ElementId;
  /** Name of the person, as the others see it. */
  readonly name: string;
  /** The `userHandle` of the person. */
  readonly handle: string;
}

const longestList = 5;

/**
 * Throws LOCKED when a change reaches what these people hold: writes to it, moves it, or moves or deletes what it is in. A
 * held section is held with its columns, not with the blocks in it.
 */
export function requireNotHeld(change: ChangeSet, holds: readonly Hold[], snapshot: Snapshot): void {
  if (holds.length === 0) return;
  const holders = new Map(holds.flatMap((hold) => coveredBy(hold, snapshot).map((id) => [id, hold] as const)));
  const reached = reachedBy(change, new Set(holders.keys()), { snapshot, holdsAll: false });
  const held = reached.flatMap(({ elementId, through }) => {
    const holder = holders.get(elementId);
    return holder ? [{ elementId, through, heldBy: holder.name }] : [];
  });
  if (held.length > 0) throw locked(held);
}

function coveredBy({ elementId }: Hold, snapshot: Snapshot): ElementId[] {
  const node = snapshot.nodes.get(elementId);
  if (!node) return [];
  return kindOf(node) === "row" ? [elementId, ...childrenOf(snapshot, elementId)] : [elementId];
}

interface HeldElement {
  readonly elementId: ElementId;
  readonly through: ElementId;
  readonly heldBy: string;
}

function locked(held: readonly HeldElement[]): WaggleError {
  const [first] = held;
  const holders = [...new Set(held.map(({ heldBy }) => `"${heldBy}"`))].slice(0, longestList);
  const what =
    held.length === 1 ? `element ${first?.elementId}` : `${held.length} elements that this call would change`;
  return new WaggleError("LOCKED", {
    message: `Locked: ${holders.join(" and ")} ${holders.length === 1 ? "is" : "are"} working on ${what}. Nothing was written. Change something else, or call again when the element is free.`,
    data: {
      elements: held.slice(0, longestList).map(({ elementId, through, heldBy }) => ({
        elementId,
        heldBy,
        ...(through === elementId ? {} : { inside: through }),
      })),
    },
  });
}
