import { labelOf } from "@waggle/template";
import type { JSX } from "preact";
import { ElementActions } from "../canvas/module-toolbar.tsx";
import { Icon } from "../icons/icon.tsx";
import { iconOf } from "../outline/element-names.ts";
import { useEditor } from "../state/editor-context.ts";
import type { PanelName } from "../state/view.ts";
import { TextToolbar } from "../text/text-toolbar.tsx";
import { words } from "../words.ts";
import { rovingKeys } from "./roving.ts";

/** What can be done with the selection, docked at the foot of a phone. */
export function Dock(): JSX.Element | null {
  const editor = useEditor();
  const node = editor.selectedNode;
  if (!node || editor.view.openPanel.value !== undefined) return null;
  const isEditing = editor.view.editingId.value !== undefined;
  const label = labelOf(node);
  return (
    <div
      class="wg-dockbar"
      role="toolbar"
      aria-label={isEditing ? words.text.toolbar : words.canvas.actions(label)}
      tabIndex={-1}
      onKeyDown={rovingKeys}
    >
      <span class="wg-row wg-grow">
        <Icon name={iconOf(node)} class="s" />
        {label}
      </span>
      {isEditing ? <TextToolbar /> : <ElementActions node={node} />}
    </div>
  );
}

const tabs: readonly { readonly panel: PanelName | undefined; readonly icon: string; readonly label: string }[] = [
  { panel: undefined, icon: "cursor", label: words.panels.tabs.edit },
  { panel: "outline", icon: "layers", label: words.panels.tabs.outline },
  { panel: "design", icon: "sliders", label: words.panels.tabs.style },
  { panel: "activity", icon: "agent", label: words.panels.tabs.agent },
];

/** The tools of a phone; each but the first opens a sheet. */
export function TabBar(): JSX.Element {
  const { view } = useEditor();
  const open = view.openPanel.value;
  return (
    <nav class="wg-bottom" aria-label={words.panels.tools}>
      {tabs.map(({ panel, icon, label }) => (
        <button
          key={label}
          type="button"
          aria-current={open === panel ? "page" : undefined}
          onClick={() => {
            view.openPanel.value = panel;
          }}
        >
          <Icon name={icon} />
          {label}
        </button>
      ))}
    </nav>
  );
}
