import {
  type Actor,
  type EndReason,
  errorTable,
  type McpSessionEvent,
  type SessionUser,
  WaggleError,
} from "@waggle/contract";
import type { HistoryEntry, UndoResult } from "@waggle/sdk";
import type { Editor } from "../state/editor.ts";
import { words } from "../words.ts";

/** Tells the person what happens to the session: in toasts, in the live region and in the activity list. */
export class SessionStory {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  tell(event: McpSessionEvent): void {
    if (event.type === "SESSION_STARTED") this.#started();
    else if (event.type === "SESSION_ENDED") this.#ended(event.reason);
    else if (event.type === "USER_JOINED") this.#joined(actorOf(event.change.value));
    else this.#left(actorOf(event.change.value));
  }

  couldNotStart(error: unknown): void {
    if (!(error instanceof WaggleError)) throw error;
    const detail = words.failed.reason(error.message, errorTable[error.code].rest);
    this.#editor.toasts.add({ sign: "error", text: words.failed.start, detail, topic: "session" });
    this.#editor.announce(`${words.failed.start} ${detail}`);
  }

  undone({ entry, conflicts }: UndoResult): void {
    if (!entry) return;
    const kept = conflicts.length > 0 ? words.undo.kept(conflicts.length) : undefined;
    if (entry.kind === "own") {
      if (kept !== undefined) this.#say({ sign: "undo", text: kept, topic: "step" });
      return;
    }
    const by = words.undo.by(countByAgents(entry), this.#editor.namesOf(entry.agents));
    this.#say({
      sign: "undo",
      text: words.undo.tookBack,
      detail: kept === undefined ? by : `${by} ${kept}`,
      action: { label: words.undo.redo, run: () => this.#editor.redo() },
      topic: "step",
    });
  }

  redone({ entry }: UndoResult): void {
    if (entry?.kind === "agent-session") this.#say({ sign: "redo", text: words.undo.isBack, topic: "step" });
  }

  #started(): void {
    const { activity, clock, view } = this.#editor;
    activity.start(clock.now());
    view.rightTab.value = "activity";
    this.#say({ sign: "agent", text: words.session.started, topic: "session" });
  }

  #ended(reason: EndReason): void {
    const { bee, touches, view } = this.#editor;
    touches.close();
    view.rightTab.value = "design";
    if (view.openPanel.value === "activity") view.openPanel.value = undefined;
    const entry = lastSession(bee.history.entries);
    const [text = "", detail = ""] = words.ended[reason](
      this.#editor.namesOf(entry?.agents ?? []),
      entry ? countByAgents(entry) : 0,
    );
    const canUndo = entry !== undefined && entry.changes.length > 0 && bee.history.canUndo;
    this.#editor.toasts.dismissTopic("session");
    this.#say({
      sign: endSigns[reason],
      text,
      detail,
      topic: "step",
      ...(canUndo ? { action: { label: words.undo.all, run: () => this.#editor.undo() } } : {}),
    });
  }

  #joined(actor: Actor): void {
    if (this.#editor.colors.isSelf(actor.id)) return;
    const { activity, clock } = this.#editor;
    activity.addPresence("joined", actor, clock.now());
    this.#say({ sign: actor, text: words.session.joined(actor.name), topic: "session" });
  }

  #left(actor: Actor): void {
    if (this.#editor.colors.isSelf(actor.id)) return;
    const { activity, clock } = this.#editor;
    const text = words.session.left(actor.name, activity.countBy(actor.id));
    activity.addPresence("left", actor, clock.now());
    this.#say({ sign: actor, text, topic: "session" });
  }

  #say(toast: Parameters<Editor["toasts"]["add"]>[0]): void {
    this.#editor.toasts.add(toast);
    this.#editor.announce([toast.text, toast.detail ?? ""].join(" ").trim());
  }
}

function lastSession(entries: readonly HistoryEntry[]): HistoryEntry | undefined {
  return entries.findLast(({ kind }) => kind === "agent-session");
}

const endSigns: Readonly<Record<EndReason, string>> = {
  "agents-left": "check-circle",
  stopped: "check-circle",
  timeout: "clock",
  expired: "clock",
  "second-person": "users",
  "new-template": "file",
};

/** The person's own edits are part of the step but no work of theirs. */
function countByAgents({ changes }: HistoryEntry): number {
  return changes.filter(({ actor }) => actor.kind === "agent").length;
}

function actorOf({ userId, username, isMcpUser }: SessionUser): Actor {
  return { kind: isMcpUser ? "agent" : "person", id: userId, name: username };
}
