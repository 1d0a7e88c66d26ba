import type { NodeData, Snapshot } from "@waggle/template";
import { Table } from "@waggle/template";

/** How one template differs from another, as plain JSON; null is what is not there any more. */
export interface SnapshotUpdate {
  readonly nodes: TableUpdate<NodeData>;
  readonly children: TableUpdate<readonly string[]>;
}

type TableUpdate<V> = readonly (readonly [id: string, value: V | null])[];

/** What turns `known` into `next`: little where they share most of what they hold, everything where nothing is known. */
export function updateOf(known: Snapshot | undefined, next: Snapshot): SnapshotUpdate {
  return { nodes: differing(known?.nodes, next.nodes), children: differing(known?.children, next.children) };
}

/** The inverse: the template `update` was made for. */
export function updated(known: Snapshot | undefined, { nodes, children }: SnapshotUpdate): Snapshot {
  return { nodes: withUpdate(known?.nodes, nodes), children: withUpdate(known?.children, children) };
}

/** What did not change between two snapshots of a template is the same object in both. */
function differing<V>(known: Table<V> | undefined, next: Table<V>): TableUpdate<V> {
  return Array.from(next.changesSince(known ?? Table.of<V>([])), ([id, value]) => [id, value ?? null]);
}

function withUpdate<V>(known: Table<V> | undefined, update: TableUpdate<V>): Table<V> {
  return (known ?? Table.of<V>([])).with(new Map(update.map(([id, value]) => [id, value ?? undefined])));
}
