import type { JSX } from "preact";
import { Outline } from "../outline/outline.tsx";
import { PropertyPanel } from "../properties/property-panel.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import { Tabs } from "./tabs.tsx";

/** The outline; over the canvas where the editor is narrow. */
export function LeftPanel(): JSX.Element {
  const { view } = useEditor();
  const isOpen = view.openPanel.value === "outline";
  return (
    <aside class={`wg-panel l ${isOpen ? "is-open" : ""}`} aria-label={words.panels.outline} data-region tabIndex={-1}>
      <header class="wg-phead">
        <h2 class="wg-h3">{words.panels.outline}</h2>
      </header>
      <div class="wg-scroll">
        <Outline />
      </div>
    </aside>
  );
}

const panelId = "wg-right";

/** The properties of the selection and, in a session, what happens in it. */
export function RightPanel(): JSX.Element {
  const { view, live, parts } = useEditor();
  const hasSession = live.status.value.session !== undefined;
  const tab = hasSession ? view.rightTab.value : "design";
  const ActivityList = hasSession ? parts.use("session")?.ActivityList : undefined;
  const isOpen = view.openPanel.value === "design" || view.openPanel.value === "activity";
  const tabs = (["design", "activity"] as const).map((name) => ({ name, label: words.panels[name] }));
  return (
    <aside
      class={`wg-panel r ${isOpen ? "is-open" : ""}`}
      aria-label={words.panels.properties}
      data-region
      tabIndex={-1}
    >
      {hasSession ? (
        <Tabs
          label={words.panels.properties}
          panelId={panelId}
          tabs={tabs}
          selected={tab}
          onSelect={(name) => {
            view.rightTab.value = name;
          }}
        />
      ) : (
        <header class="wg-phead">
          <h2 class="wg-h3">{words.panels.design}</h2>
        </header>
      )}
      <div
        class="wg-scroll"
        id={panelId}
        {...(hasSession ? { role: "tabpanel", "aria-labelledby": `${panelId}-${tab}`, tabIndex: 0 } : {})}
      >
        {tab === "activity" ? ActivityList && <ActivityList /> : <PropertyPanel />}
      </div>
    </aside>
  );
}
