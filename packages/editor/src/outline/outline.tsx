import { type Signal, useSignal } from "@preact/signals";
import type { Actor } from "@waggle/contract";
import type { ElementId } from "@waggle/template";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useCallback, useRef } from "preact/hooks";
import { Icon } from "../icons/icon.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import { OutlineItem } from "./outline-item.tsx";
import { keepEqualRows, type OutlineRow, outlineRows } from "./outline-rows.ts";
import { type TreeMove, treeMove } from "./tree-keys.ts";
import { whoIsWhere } from "./who-is-where.ts";

/** The template as a tree: a way to every element without a pointer, and a view of who is where. */
export function Outline(): JSX.Element {
  const editor = useEditor();
  const collapsed = useSignal<ReadonlySet<ElementId>>(new Set());
  const find = useSignal("");
  const known = useRef<readonly OutlineRow[]>([]);
  const rows = keepEqualRows(
    known.current,
    outlineRows(editor.live.template.value, { collapsed: collapsed.value, find: find.value }),
  );
  known.current = rows;
  return (
    <>
      <div class="wg-find">
        <span class="wg-in sm">
          <Icon name="search" class="s" />
          <input
            type="search"
            aria-label={words.outline.find}
            placeholder={words.outline.find}
            value={find.value}
            onInput={(event) => {
              find.value = event.currentTarget.value;
            }}
          />
        </span>
      </div>
      {rows.length === 0 ? (
        <p class="wg-2 wg-none">{find.value === "" ? words.outline.empty : words.outline.nothingFound(find.value)}</p>
      ) : (
        <Tree rows={rows} collapsed={collapsed} />
      )}
    </>
  );
}

interface TreeProps {
  readonly rows: readonly OutlineRow[];
  readonly collapsed: Signal<ReadonlySet<ElementId>>;
}

function Tree({ rows, collapsed }: TreeProps): JSX.Element {
  const editor = useEditor();
  const tree = useRef<HTMLUListElement>(null);
  const activeId = useSignal<ElementId | undefined>(undefined);
  const toggle = useCallback((id: ElementId) => toggleIn(collapsed, id), [collapsed]);
  const focused = useCallback(
    (id: ElementId) => {
      activeId.value = id;
    },
    [activeId],
  );
  const selectedId = editor.view.selectedId.value;
  const active = [activeId.value, selectedId].find((id) => rows.some((row) => row.id === id)) ?? rows[0]?.id;
  const here = whoIsWhere(editor);

  const go = (move: TreeMove) => {
    if (move.toggle !== undefined) toggle(move.toggle);
    if (move.focus === undefined) return;
    activeId.value = move.focus;
    tree.current?.querySelector<HTMLElement>(`[data-outline="${CSS.escape(move.focus)}"]`)?.focus();
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLUListElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || active === undefined) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      // Enter on what is selected already goes on to edit it.
      if (event.key === "Enter" && selectedId === active) editor.editText(active);
      else editor.show(active);
      return;
    }
    const move = treeMove(event.key, { rows, active });
    if (!move) return;
    event.preventDefault();
    go(move);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: list items can be tree items, and its levels are said by attributes
    <ul ref={tree} class="wg-tree" role="tree" aria-label={words.panels.outline} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <OutlineItem
          key={row.id}
          row={row}
          isSelected={row.id === selectedId}
          isActive={row.id === active}
          here={here.get(row.id) ?? nobody}
          onToggle={toggle}
          onFocus={focused}
        />
      ))}
    </ul>
  );
}

const nobody: readonly Actor[] = [];

function toggleIn(collapsed: Signal<ReadonlySet<ElementId>>, id: ElementId): void {
  const next = new Set(collapsed.value);
  if (!next.delete(id)) next.add(id);
  collapsed.value = next;
}
