import type { ElementId } from "@waggle/template";
import type { OutlineRow } from "./outline-rows.ts";

/** What a key does in the tree. */
export interface TreeMove {
  readonly focus?: ElementId;
  readonly toggle?: ElementId;
}

interface TreePlace {
  readonly rows: readonly OutlineRow[];
  readonly active: ElementId;
}

/** The move a key makes by the habits of trees, or undefined when the key is none of theirs. */
export function treeMove(key: string, { rows, active }: TreePlace): TreeMove | undefined {
  const index = rows.findIndex(({ id }) => id === active);
  const row = rows[index];
  if (!row) return undefined;
  const moves: Readonly<Record<string, () => TreeMove>> = {
    ArrowDown: () => focusOn(rows[index + 1]),
    ArrowUp: () => focusOn(rows[index - 1]),
    Home: () => focusOn(rows[0]),
    End: () => focusOn(rows.at(-1)),
    ArrowRight: () => (row.isExpandable && !row.isExpanded ? { toggle: row.id } : focusOn(childOf(rows, index))),
    ArrowLeft: () => (row.isExpanded ? { toggle: row.id } : focusOn(parentOf(rows, index))),
  };
  return moves[key]?.();
}

function focusOn(row: OutlineRow | undefined): TreeMove {
  return row ? { focus: row.id } : {};
}

function childOf(rows: readonly OutlineRow[], index: number): OutlineRow | undefined {
  const [row, next] = [rows[index], rows[index + 1]];
  return row && next && next.depth > row.depth ? next : undefined;
}

function parentOf(rows: readonly OutlineRow[], index: number): OutlineRow | undefined {
  const depth = rows[index]?.depth ?? 0;
  return rows.slice(0, index).findLast((row) => row.depth < depth);
}
