import type { BeeStatus } from "@waggle/sdk";
import { settingsId } from "@waggle/template";
import type { JSX } from "preact";
import { Icon, Mark } from "../icons/icon.tsx";
import { Avatars } from "../people/avatar.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import { DeviceSwitch } from "./device-switch.tsx";
import { IconButton } from "./icon-button.tsx";

/** The bar on top: what is being edited, whether it is saved, undo, device, history, who is here, and the way to agents. */
export function TopBar(): JSX.Element {
  return (
    <section class="wg-top" aria-label={words.topBar.region} data-region tabIndex={-1}>
      <span class="wg-row start">
        <Mark size={22} />
        <h1 class="wg-sr">{words.editor}</h1>
        <TemplateName />
        <SaveState />
      </span>
      <div class="mid">
        <UndoButtons />
        <span class="wg-vr" />
        <DeviceSwitch />
      </div>
      <div class="end">
        <span class="wg-show-xs">
          <UndoButton />
        </span>
        <HistoryButton />
        <span class="wg-vr wg-hide-xs" />
        <PeopleHere />
        <AgentButton />
      </div>
    </section>
  );
}

function TemplateName(): JSX.Element {
  const { live, templateName } = useEditor();
  const title = templateName ?? live.template.value.nodes.get(settingsId)?.["/page/title"];
  const name = typeof title === "string" && title.trim() !== "" ? title : words.topBar.untitled;
  return <span class="wg-name wg-trunc">{name}</span>;
}

const saveSigns: Readonly<Record<Exclude<BeeStatus["saving"], "local">, { icon: string; class: string }>> = {
  saved: { icon: "cloud-check", class: "" },
  saving: { icon: "cloud", class: "" },
  unsaved: { icon: "cloud-off", class: "off" },
};

/** Only in a session is anything sent anywhere, so only then there is something true to say. */
function SaveState(): JSX.Element | null {
  const { saving, session, unsavedChanges = 0 } = useEditor().live.status.value;
  if (saving === "local" || !session) return null;
  const sign = saveSigns[saving];
  return (
    <span class={`wg-save ${sign.class}`} role="status">
      <Icon name={sign.icon} />
      <span class="tx">{saving === "unsaved" ? words.saving.unsaved(unsavedChanges) : words.saving[saving]}</span>
    </span>
  );
}

function UndoButtons(): JSX.Element {
  const editor = useEditor();
  return (
    <div class="wg-row pair">
      <UndoButton />
      <IconButton
        icon="redo"
        label={words.topBar.redo}
        disabled={!editor.live.history.value.canRedo}
        onClick={() => editor.redo()}
      />
    </div>
  );
}

function UndoButton(): JSX.Element {
  const editor = useEditor();
  return (
    <IconButton
      icon="undo"
      label={words.topBar.undo}
      disabled={!editor.live.history.value.canUndo}
      onClick={() => editor.undo()}
    />
  );
}

function HistoryButton(): JSX.Element {
  const { view } = useEditor();
  const isOpen = view.openPanel.value === "history";
  const toggle = () => {
    view.openPanel.value = isOpen ? undefined : "history";
  };
  return <IconButton icon="history" label={words.topBar.history} class="lg" isPressed={isOpen} onClick={toggle} />;
}

function PeopleHere(): JSX.Element {
  const editor = useEditor();
  const people = editor.live.people.value.map(({ actor }) => actor);
  const actors = people.length > 0 ? people : [editor.self];
  return (
    <span role="img" aria-label={words.topBar.hereNow(actors.map((actor) => editor.nameOf(actor)))}>
      <Avatars actors={actors} />
    </span>
  );
}

function AgentButton(): JSX.Element | null {
  const editor = useEditor();
  const { session, ready } = editor.live.status.value;
  if (session) return null;
  return (
    <button
      type="button"
      class="wg-btn primary wg-hide-xs"
      aria-label={words.topBar.workWithAgent}
      disabled={!ready}
      onClick={() => void editor.startSession()}
    >
      <Icon name="agent" />
      <span class="wg-hide-s">{words.topBar.workWithAgent}</span>
    </button>
  );
}
