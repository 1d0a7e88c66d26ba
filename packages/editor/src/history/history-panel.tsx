import { useSignal } from "@preact/signals";
import type { HistoryEntry } from "@waggle/sdk";
import { Fragment, type JSX } from "preact";
import { useCallback } from "preact/hooks";
import { EmptySteps, Icon } from "../icons/icon.tsx";
import { IconButton } from "../shell/icon-button.tsx";
import type { HistoryView } from "../state/bee-signals.ts";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import { HistoryStep } from "./history-step.tsx";
import { historyWords } from "./history-words.ts";

/** Every step of the person and every session, newest first; what is undone stays above "You are here", dimmed. */
export function HistoryPanel({ onClose }: { onClose(): void }): JSX.Element {
  return (
    <aside class="wg-panel l keep" aria-label={historyWords.title} data-region tabIndex={-1}>
      <header class="wg-phead tall">
        <h2 class="wg-h3 wg-grow">{historyWords.title}</h2>
        <IconButton icon="close" label={historyWords.close} class="lg" onClick={onClose} />
      </header>
      <HistoryContent />
    </aside>
  );
}

/** The steps and the buttons below them. */
export function HistoryContent(): JSX.Element {
  const history = useEditor().live.history.value;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling area with a name, which keys have to reach */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */}
      <div class="wg-scroll" role="group" aria-label={historyWords.list} tabIndex={0}>
        {history.entries.length === 0 ? <NoSteps /> : <Steps history={history} />}
      </div>
      <Foot history={history} />
    </>
  );
}

function NoSteps(): JSX.Element {
  return (
    <div class="wg-empty">
      <EmptySteps />
      <p class="wg-h3">{historyWords.emptyTitle}</p>
      <p>{historyWords.empty}</p>
    </div>
  );
}

function Steps({ history }: { history: HistoryView }): JSX.Element {
  const editor = useEditor();
  const newestFirst = history.entries.toReversed();
  const here = newestFirst.find(({ undone }) => !undone);
  const openId = useSignal<string | undefined>(newestFirst.find(({ kind }) => kind === "agent-session")?.id);
  const now = editor.clock.now();
  const toggle = useCallback(
    (entryId: string) => {
      openId.value = openId.value === entryId ? undefined : entryId;
    },
    [openId],
  );
  return (
    <ol class="hist">
      {newestFirst.map((entry, index) => (
        <Fragment key={entry.id}>
          <DayLine entry={entry} newer={newestFirst[index - 1]} now={now} />
          {entry === here && index > 0 ? <HereLine /> : null}
          <HistoryStep entry={entry} isHere={entry === here} isOpen={openId.value === entry.id} onToggle={toggle} />
        </Fragment>
      ))}
      {here ? null : <HereLine />}
    </ol>
  );
}

function HereLine(): JSX.Element {
  return (
    <li class="nowl">
      <span>{historyWords.youAreHere}</span>
    </li>
  );
}

function DayLine(props: { entry: HistoryEntry; newer: HistoryEntry | undefined; now: number }): JSX.Element | null {
  const day = dayOf(props.entry.at, props.now);
  if (props.newer && dayOf(props.newer.at, props.now) === day) return null;
  return <li class="day">{day}</li>;
}

function dayOf(at: number, now: number): string {
  const day = new Date(at).toDateString();
  const dayMs = 24 * 60 * 60 * 1000;
  if (day === new Date(now).toDateString()) return historyWords.today;
  if (day === new Date(now - dayMs).toDateString()) return historyWords.yesterday;
  return new Date(at).toLocaleDateString();
}

function Foot({ history }: { history: HistoryView }): JSX.Element | null {
  const editor = useEditor();
  const next = history.entries.findLast(({ undone }) => !undone);
  const undone = history.entries.find((entry) => entry.undone);
  if (!history.canUndo && !history.canRedo && !history.canUndoAgents) return null;
  const isSession = next?.kind === "agent-session";
  const isSessionUndone = undone?.kind === "agent-session";
  return (
    <footer class="wg-pfoot">
      {history.canUndoAgents ? (
        <button type="button" class="wg-btn ghost whole" onClick={() => editor.undoAgents()}>
          <Icon name="agent" />
          {words.undo.agents}
        </button>
      ) : null}
      <button type="button" class="wg-btn wg-grow" disabled={!history.canUndo} onClick={() => editor.undo()}>
        <Icon name="undo" />
        {isSession ? historyWords.undoSession : historyWords.undoStep}
      </button>
      <button type="button" class="wg-btn ghost" disabled={!history.canRedo} onClick={() => editor.redo()}>
        {isSessionUndone ? historyWords.redoSession : historyWords.redoStep}
      </button>
    </footer>
  );
}
