import {
  type Actor,
  type EndReason,
  errorTable,
  type McpSessionEvent,
  type SessionChange,
  type SessionUser,
  WaggleError,
} from "@waggle/contract";
import type { HistoryEntry, SessionStatus, UndoResult } from "@waggle/sdk";
import type { Notice, NoticeAction } from "../notices/notices.ts";
import type { Editor } from "../state/editor.ts";
import { words } from "../words.ts";

const remarksShown = 2;

/** Tells the person what happens to the session: in toasts, in the live region and in the activity list. */
export class SessionStory {
  readonly #editor: Editor;
  /** The person who joined last, who may be why a session ends. */
  #newcomer: Actor | undefined;
  /** How long the running session was to last. */
  #lengthMs = 0;
  /** The latest session in the history when the running one began: what is there at its end may still be that one. */
  #sessionBefore: string | undefined;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  tell(event: McpSessionEvent): void {
    if (event.type === "SESSION_STARTED") this.#started();
    else if (event.type === "SESSION_ENDED") this.#ended(event.reason);
    else this.peopleChanged(event.change);
  }

  /** Notes how long the session is to last, which nobody knows once it has ended. */
  sessionIs(session: SessionStatus | undefined): void {
    if (session?.startedAt === undefined || session.expiresAt === undefined) return;
    this.#lengthMs = session.expiresAt - session.startedAt;
  }

  couldNotStart(error: unknown): void {
    if (!(error instanceof WaggleError)) throw error;
    const text =
      error.code === "SERVER_UNREACHABLE"
        ? words.failed.unreachable
        : words.failed.reason(error.message, errorTable[error.code].rest);
    this.#editor.notices.dismiss("ended");
    const again = { label: words.failed.tryAgain, run: () => void this.#editor.startSession() };
    this.#editor.notices.show({
      topic: "error",
      tone: "bad",
      icon: "error",
      title: words.failed.start,
      text,
      actions: [again],
    });
  }

  /** A room that many share is no agents' session: nothing of it becomes one step, and nobody's clock ends it. */
  enteredShared(): void {
    const { activity, clock, notices, view } = this.#editor;
    notices.dismiss("ended");
    notices.dismiss("error");
    activity.start(clock.now());
    view.rightTab.value = "activity";
    this.#say({ sign: "users", text: words.shared.started, topic: "session" });
  }

  leftShared(): void {
    this.#closeActivity();
    if (this.#editor.notices.sayWhyItEnded) return;
    const [title, text] = [words.shared.left, words.shared.leftText];
    this.#editor.notices.show({ topic: "ended", tone: "plain", icon: "users", title, text, actions: [] });
  }

  peopleChanged({ type, value }: SessionChange): void {
    if (type === "USER_JOINED") this.#joined(actorOf(value));
    else this.#left(actorOf(value));
  }

  /** The connection is back. `unsaved` changes had been waiting for it. */
  cameBack(unsaved: number): void {
    const text = [words.offline.back, unsaved === 0 ? "" : words.offline.saved(unsaved)].join(" ").trim();
    this.#say({ sign: "cloud-check", text, topic: "session" });
  }

  undone({ entry, remarks }: UndoResult): void {
    if (!entry) return;
    const kept = remarks.length > 0 ? inWords(remarks) : undefined;
    if (entry.kind !== "agent-session") {
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

  /** What agents wrote was taken back, the person's own work was not; what could not be is named. */
  agentsUndone({ entry, remarks }: UndoResult): void {
    const kept = inWords(remarks);
    const text = entry ? words.undo.tookBackAgents : words.undo.nothingOfAgents;
    this.#say({
      sign: "undo",
      text,
      topic: "step",
      ...(kept === "" ? {} : { detail: kept }),
      ...(entry ? { action: { label: words.undo.undo, run: () => this.#editor.undo() } } : {}),
    });
  }

  redone({ entry }: UndoResult): void {
    if (entry?.kind === "agent-session") this.#say({ sign: "redo", text: words.undo.isBack, topic: "step" });
  }

  #started(): void {
    const { activity, clock, notices, view } = this.#editor;
    notices.dismiss("ended");
    notices.dismiss("error");
    activity.start(clock.now());
    view.rightTab.value = "activity";
    this.#sessionBefore = lastSession(this.#editor.bee.history.entries)?.id;
    this.#say({ sign: "agent", text: words.session.started, topic: "session" });
  }

  #ended(reason: EndReason): void {
    const { bee } = this.#editor;
    this.#closeActivity();
    const last = lastSession(bee.history.entries);
    const entry = last?.id === this.#sessionBefore ? undefined : last;
    const count = entry ? countByAgents(entry) : 0;
    const [title = "", text = ""] = words.ended[reason]({
      names: this.#editor.namesOf(entry?.agents ?? []),
      count,
      lengthMs: this.#lengthMs,
      person: this.#newcomer?.name ?? words.aSecondPerson,
    });
    this.#newcomer = undefined;
    this.#editor.toasts.dismissTopic("session");
    if (this.#editor.notices.sayWhyItEnded) return;
    this.#editor.notices.show({
      topic: "ended",
      tone: endings[reason].tone,
      icon: endings[reason].icon,
      title,
      text,
      actions: this.#afterwards(reason, count),
    });
  }

  /** What can be done about a session that ended, as long as no other step follows. */
  #afterwards(reason: EndReason, count: number): readonly NoticeAction[] {
    const { bee, view } = this.#editor;
    const review = {
      label: words.endedActions.review,
      run: () => {
        view.openPanel.value = "history";
      },
    };
    const all = { label: words.undo.all, run: () => this.#editor.undo() };
    const agents = { label: words.undo.agents, run: () => this.#editor.undoAgents() };
    const again = { label: words.endedActions.again, run: () => void this.#editor.startSession() };
    const canUndo = count > 0 && bee.history.canUndo && reason !== "new-template";
    return [
      ...(canUndo ? [review, all] : []),
      ...(canUndo && bee.history.canUndoAgents ? [agents] : []),
      ...(canStartAgain.has(reason) ? [again] : []),
    ];
  }

  #closeActivity(): void {
    const { touches, view } = this.#editor;
    touches.close();
    view.isConnecting.value = false;
    view.rightTab.value = "design";
    if (view.openPanel.value === "activity") view.openPanel.value = undefined;
  }

  #joined(actor: Actor): void {
    if (this.#editor.colors.isSelf(actor.id)) return;
    const { activity, clock } = this.#editor;
    activity.addPresence("joined", actor, clock.now());
    if (actor.kind === "person") this.#newcomer = actor;
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

/** Endings that nobody here asked for. */
const canStartAgain: ReadonlySet<EndReason> = new Set(["timeout", "expired", "lost"]);

const endings: Readonly<Record<EndReason, Pick<Notice, "tone" | "icon">>> = {
  "agents-left": { tone: "plain", icon: "check-circle" },
  stopped: { tone: "plain", icon: "check-circle" },
  timeout: { tone: "warn", icon: "clock" },
  expired: { tone: "warn", icon: "clock" },
  lost: { tone: "warn", icon: "cloud-off" },
  "second-person": { tone: "plain", icon: "users" },
  "new-template": { tone: "plain", icon: "file" },
};

/** What stayed as it is and why; the first few, as nobody reads more in passing. */
function inWords(remarks: UndoResult["remarks"]): string {
  const shown = remarks.slice(0, remarksShown).map(({ sentence }) => sentence);
  const hidden = remarks.length - shown.length;
  return [...shown, ...(hidden > 0 ? [words.undo.moreRemarks(hidden)] : [])].join(" ");
}

/** The person's own edits are part of the step but no work of theirs. */
function countByAgents({ changes }: HistoryEntry): number {
  return changes.filter(({ actor }) => actor.kind === "agent").length;
}

function actorOf({ userId, username, isMcpUser }: SessionUser): Actor {
  return { kind: isMcpUser ? "agent" : "person", id: userId, name: username };
}
