import type { Actor } from "@waggle/contract";
import type { ElementId } from "@waggle/template";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Icon } from "../icons/icon.tsx";
import { Avatars } from "../people/avatar.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import type { OutlineRow } from "./outline-rows.ts";

interface OutlineItemProps {
  readonly row: OutlineRow;
  readonly isSelected: boolean;
  /** The one line of the tree that Tab reaches. */
  readonly isActive: boolean;
  /** Who is at this element. */
  readonly here: readonly Actor[];
  onToggle(id: ElementId): void;
  onFocus(id: ElementId): void;
}

/** One line of the outline; drawn again only when it says something else. */
export function OutlineItem(props: OutlineItemProps): JSX.Element {
  const { row, isSelected, isActive, here, onToggle, onFocus } = props;
  return useMemo(() => <Line {...props} />, [row, isSelected, isActive, here, onToggle, onFocus]);
}

function Line({ row, isSelected, isActive, here, onToggle, onFocus }: OutlineItemProps): JSX.Element {
  const editor = useEditor();
  const classes = [row.isRow && "is-row", isSelected && "is-sel"].filter(Boolean).join(" ");
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    onToggle(row.id);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its lines
    <li
      role="treeitem"
      data-outline={row.id}
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isSelected}
      aria-expanded={row.isExpandable ? row.isExpanded : undefined}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => onFocus(row.id)}
      onClick={() => editor.show(row.id)}
      onDblClick={() => editor.editText(row.id)}
      onPointerEnter={() => {
        editor.view.hoveredId.value = row.id;
      }}
      onPointerLeave={() => {
        editor.view.hoveredId.value = undefined;
      }}
    >
      <div
        class={classes}
        style={{
          "--d": row.depth,
          ...(row.isExpandable ? {} : { paddingLeft: `${(row.isRow ? 24 : 22) + row.depth * 16}px` }),
        }}
      >
        {row.isExpandable ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for pointers; keys use ← and →
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above
          <span class="twist" onClick={toggle}>
            <Icon name={row.isExpanded ? "chevron-down" : "chevron-right"} class="tw" />
          </span>
        ) : null}
        <Icon name={row.icon} />
        <span class="n">{row.name}</span>
        {here.length > 0 ? (
          <>
            <Avatars actors={here} size="xs" />
            <span class="wg-sr">{words.outline.hereNow(here.map((actor) => editor.nameOf(actor)))}</span>
          </>
        ) : null}
      </div>
    </li>
  );
}
