import type { JSX } from "preact";
import { useEditor } from "../state/editor-context.ts";
import type { PanelName } from "../state/view.ts";
import { words } from "../words.ts";
import { IconButton } from "./icon-button.tsx";

/** Opens panels over the canvas where the editor is too narrow to show them beside it. */
export function Rail(): JSX.Element {
  const { view, live } = useEditor();
  const hasSession = live.status.value.session !== undefined;
  const panelButton = (panel: PanelName, icon: string, props: { label: string; class?: string }) => {
    const isOpen = view.openPanel.value === panel;
    return (
      <IconButton
        icon={icon}
        label={props.label}
        class={`lg ${props.class ?? ""}`}
        isPressed={isOpen}
        onClick={() => {
          view.openPanel.value = isOpen ? undefined : panel;
          if (panel === "design" || panel === "activity") view.rightTab.value = panel;
        }}
      />
    );
  };
  return (
    <nav class="wg-rail" aria-label={words.panels.rail}>
      {panelButton("outline", "layers", { label: words.panels.outline })}
      {panelButton("design", "sliders", { label: words.panels.design, class: "wg-show-s" })}
      {hasSession ? panelButton("activity", "agent", { label: words.panels.activity, class: "wg-show-s" }) : null}
    </nav>
  );
}
