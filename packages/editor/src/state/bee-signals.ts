import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { McpSessionEvent, SessionChange, WaggleError } from "@waggle/contract";
import type { Bee, BeeStatus, ChangeEvent, HistoryEntry, Person } from "@waggle/sdk";
import type { Snapshot } from "@waggle/template";
import { AfterPaint } from "./after-paint.ts";

/** The history as a value: a new identity whenever something in it changed. */
export interface HistoryView {
  readonly entries: readonly HistoryEntry[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly canUndoAgents: boolean;
}

/** What the editor hears from a bee as it happens, besides the state that the signals hold. */
export interface BeeListeners {
  onChange(event: ChangeEvent): void;
  onSession(event: McpSessionEvent): void;
  /** A room that many share was entered. */
  onShared(): void;
  onSharedChange(change: SessionChange): void;
  onError(error: WaggleError): void;
  /** Called before `bee.people` reaches the signal, so that everyone has a colour when they are drawn. */
  onPeople(people: readonly Person[]): void;
}

/** The state of a bee as signals. The only file that knows how a bee tells of changes. */
export interface BeeSignals {
  /** What the canvas shows: always the newest. */
  readonly drawn: ReadonlySignal<Snapshot>;
  /** What everything else shows: after an edit of somebody else it follows the canvas by a frame. */
  readonly template: ReadonlySignal<Snapshot>;
  readonly status: ReadonlySignal<BeeStatus>;
  readonly people: ReadonlySignal<readonly Person[]>;
  readonly history: ReadonlySignal<HistoryView>;
  /** Counts documents: text editors bound to an earlier one have to bind anew. */
  readonly documents: ReadonlySignal<number>;
  stop(): void;
}

/** Follows a bee until `stop`. */
export function watchBee(bee: Bee, listeners: BeeListeners): BeeSignals {
  const drawn = signal(bee.template);
  const template = signal(bee.template);
  const status = signal(bee.status);
  const people = signal(bee.people);
  const history = signal(viewHistory(bee));
  const documents = signal(0);
  const afterPaint = new AfterPaint((tasks) => batch(() => tasks.forEach((task) => void task())));
  // Others' edits come in bursts, and what counts is when they are seen in the email: the rest waits for that frame.
  const inOrder = (task: () => void) => (afterPaint.isPending ? afterPaint.add(task) : batch(task));
  const atOnce = (task: () => void) => {
    afterPaint.flush();
    batch(task);
  };
  listeners.onPeople(bee.people);
  const stops = [
    bee.subscribe((event) => {
      const tell = () => {
        template.value = event.after;
        listeners.onChange(event);
      };
      if (event.origin !== "remote") afterPaint.flush();
      batch(() => {
        drawn.value = event.after;
        if (event.origin !== "remote") tell();
      });
      // After the canvas, so that it measures before anything else changes.
      if (event.origin === "remote") afterPaint.add(tell);
    }),
    bee.on("status", (value) =>
      inOrder(() => {
        status.value = value;
      }),
    ),
    bee.on("people", (value) =>
      inOrder(() => {
        listeners.onPeople(value);
        people.value = value;
      }),
    ),
    bee.on("history", () =>
      inOrder(() => {
        history.value = viewHistory(bee);
      }),
    ),
    bee.on("document", () =>
      atOnce(() => {
        documents.value += 1;
        template.value = bee.template;
        drawn.value = bee.template;
      }),
    ),
    bee.on("session", (event) => atOnce(() => listeners.onSession(event))),
    bee.on("session-started", () => atOnce(() => listeners.onShared())),
    bee.on("session-change", ({ change }) => atOnce(() => listeners.onSharedChange(change))),
    bee.on("error", (error) => atOnce(() => listeners.onError(error))),
    () => afterPaint.close(),
  ];
  return { drawn, template, status, people, history, documents, stop: () => stops.forEach((stop) => void stop()) };
}

function viewHistory({ history }: Bee): HistoryView {
  const { entries, canUndo, canRedo, canUndoAgents } = history;
  return { entries, canUndo, canRedo, canUndoAgents };
}
