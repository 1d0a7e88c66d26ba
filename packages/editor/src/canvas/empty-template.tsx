import { useComputed } from "@preact/signals";
import { childrenOf, rootId } from "@waggle/template";
import type { JSX } from "preact";
import { Icon } from "../icons/icon.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";

/** What to do with a template that has no rows yet: build it here, or let an agent begin. */
export function EmptyTemplate(): JSX.Element | null {
  const editor = useEditor();
  const { live, bee } = editor;
  const isEmpty = useComputed(() => live.status.value.ready && childrenOf(live.template.value, rootId).length === 0);
  if (!isEmpty.value) return null;
  const addRow = () =>
    editor.run(() => {
      const { elementId } = bee.commands.addSection({ columns: [12] });
      editor.select(elementId);
    });
  return (
    <div class="wg-start">
      <p class="wg-h3">{words.empty.title}</p>
      <p class="wg-2">{words.empty.text}</p>
      <div class="wg-row">
        <button type="button" class="wg-btn" onClick={addRow}>
          <Icon name="rows" />
          {words.empty.addRow}
        </button>
        {live.status.value.session ? null : (
          <button type="button" class="wg-btn ghost" onClick={() => void editor.startSession()}>
            <Icon name="agent" />
            {words.empty.agent}
          </button>
        )}
      </div>
    </div>
  );
}
