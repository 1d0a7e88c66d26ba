import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { McpSessionEvent, WaggleError } from "@waggle/contract";
import type { Bee, BeeStatus, ChangeEvent, HistoryEntry, Person } from "@waggle/sdk";
import type { Snapshot } from "@waggle/template";

/** The history as a value: a new identity whenever something in it changed. */
export interface HistoryView {
  readonly entries: readonly HistoryEntry[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** What the editor hears from a bee as it happens, besides the state that the signals hold. */
export interface BeeListeners {
  onChange(event: ChangeEvent): void;
  onSession(event: McpSessionEvent): void;
  onError(error: WaggleError): void;
  /** Called before `bee.people` reaches the signal, so that everyone has a colour when they are drawn. */
  onPeople(people: readonly Person[]): void;
}

/** The state of a bee as signals. The only file that knows how a bee tells of changes. */
export interface BeeSignals {
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
  const template = signal(bee.template);
  const status = signal(bee.status);
  const people = signal(bee.people);
  const history = signal(viewHistory(bee));
  const documents = signal(0);
  listeners.onPeople(bee.people);
  const stops = [
    bee.subscribe((event) =>
      batch(() => {
        template.value = event.after;
        listeners.onChange(event);
      }),
    ),
    bee.on("status", (value) => {
      status.value = value;
    }),
    bee.on("people", (value) => {
      listeners.onPeople(value);
      people.value = value;
    }),
    bee.on("history", () => {
      history.value = viewHistory(bee);
    }),
    bee.on("document", () =>
      batch(() => {
        documents.value += 1;
        template.value = bee.template;
      }),
    ),
    bee.on("session", (event) => batch(() => listeners.onSession(event))),
    bee.on("error", (error) => listeners.onError(error)),
  ];
  return { template, status, people, history, documents, stop: () => stops.forEach((stop) => void stop()) };
}

function viewHistory({ history }: Bee): HistoryView {
  return { entries: history.entries, canUndo: history.canUndo, canRedo: history.canRedo };
}
