import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Canvas } from "../canvas/canvas.tsx";
import { Dance, Icon } from "../icons/icon.tsx";
import { NoticeBars } from "../notices/notice-bars.tsx";
import { Outline } from "../outline/outline.tsx";
import { PropertyPanel } from "../properties/property-panel.tsx";
import type { Editor } from "../state/editor.ts";
import { EditorContext, useEditor } from "../state/editor-context.ts";
import { breakpoints, type PanelName } from "../state/view.ts";
import { ToastList } from "../toasts/toast-list.tsx";
import { words } from "../words.ts";
import { Dock, TabBar } from "./phone-bars.tsx";
import { Rail } from "./rail.tsx";
import { Sheet } from "./sheet.tsx";
import { onShortcut } from "./shortcuts.ts";
import { LeftPanel, RightPanel } from "./side-panels.tsx";
import { TopBar } from "./top-bar.tsx";

/** The whole editor. It lays itself out by its own width. */
export function EditorShell({ editor }: { editor: Editor }): JSX.Element {
  return (
    <EditorContext.Provider value={editor}>
      <Layout />
    </EditorContext.Provider>
  );
}

function Layout(): JSX.Element {
  const editor = useEditor();
  const { view } = editor;
  const shell = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => followWidth(editor, shell.current), [editor]);
  const panel = view.openPanel.value;
  const isPhone = view.width.value <= breakpoints.phone;
  const sheet = isPhone ? panel : undefined;
  const isHistory = panel === "history" && !isPhone;
  const HistoryPanel = isHistory ? editor.parts.use("history")?.HistoryPanel : undefined;
  const hasSession = editor.live.status.value.session !== undefined;
  const session = hasSession ? editor.parts.use("session") : undefined;
  const isConnecting = hasSession && view.isConnecting.value;
  const closePanel = () => {
    view.openPanel.value = undefined;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the whole editor, which has no other place
    <div class="wg-ed" ref={shell} onKeyDown={(event) => onShortcut(editor, event)}>
      <div class="wg-main">
        <TopBar />
        <div class="wg-bars">
          {session ? <session.SessionBar /> : null}
          <OfflineBanner />
          <NoticeBars />
        </div>
        <div class={`wg-body ${isHistory ? "wide-left" : ""}`}>
          {isHistory ? (
            HistoryPanel ? (
              <HistoryPanel onClose={closePanel} />
            ) : (
              <div class="wg-panel l keep" />
            )
          ) : (
            <>
              <Rail />
              <LeftPanel />
            </>
          )}
          <Canvas />
          {isHistory ? null : <RightPanel />}
        </div>
        <Dock />
        <TabBar />
      </div>
      {sheet === undefined ? null : <PhoneSheet panel={sheet} />}
      {session && isConnecting ? <session.ConnectSheet /> : null}
      {session ? <session.ServerGone /> : null}
      <ToastList />
      <div class="wg-sr" role="status" aria-live="polite">
        {editor.announcement.value}
      </div>
    </div>
  );
}

function PhoneSheet({ panel }: { panel: PanelName }): JSX.Element {
  const { view, parts } = useEditor();
  const close = () => {
    view.openPanel.value = undefined;
  };
  const HistoryContent = panel === "history" ? parts.use("history")?.HistoryContent : undefined;
  const contents = {
    outline: <Outline />,
    design: <PropertyPanel />,
    activity: <AgentSheet />,
    history: HistoryContent ? <HistoryContent /> : null,
  };
  return (
    <Sheet title={words.panels[panel]} onClose={close}>
      {contents[panel]}
    </Sheet>
  );
}

function AgentSheet(): JSX.Element {
  const editor = useEditor();
  const { session, ready } = editor.live.status.value;
  const ActivityList = session ? editor.parts.use("session")?.ActivityList : undefined;
  if (session) return ActivityList ? <ActivityList /> : <p class="wg-2 wg-note">{words.canvas.loading}</p>;
  return (
    <div class="wg-empty">
      <Dance />
      <p class="wg-h3">{words.activity.nobodyTitle}</p>
      <p>{words.activity.nobody}</p>
      <button type="button" class="wg-btn primary lg" disabled={!ready} onClick={() => void editor.startSession()}>
        <Icon name="agent" />
        {words.topBar.workWithAgent}
      </button>
    </div>
  );
}

/** Shown while the session's connection is away; edits stay and are sent later. */
function OfflineBanner(): JSX.Element | null {
  const { session, unsavedChanges = 0 } = useEditor().live.status.value;
  if (session?.state !== "reconnecting") return null;
  return (
    <div class="wg-ban warn">
      <Icon name="cloud-off" />
      <span class="wg-grow">
        <b>{words.offline.title}</b> {words.offline.text}{" "}
        {unsavedChanges === 0 ? "" : words.offline.kept(unsavedChanges)}
      </span>
    </div>
  );
}

function followWidth(editor: Editor, shell: HTMLElement | null): (() => void) | undefined {
  if (!shell) return undefined;
  const observer = new ResizeObserver(() => {
    editor.view.width.value = shell.clientWidth;
  });
  editor.view.width.value = shell.clientWidth;
  observer.observe(shell);
  return () => observer.disconnect();
}
