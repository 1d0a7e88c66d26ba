import { type Actor, WaggleError } from "@waggle/contract";
import {
  type ChangeSet,
  diff,
  type ElementSentence,
  type Json,
  newElementId,
  restore,
  type Snapshot,
  type TextCodec,
} from "@waggle/template";
import type { MirrorEvent } from "@waggle/template/binding";
import type { ChangeEvent } from "./bee-types.ts";
import type { Clock } from "./clock.ts";
import type { Delivery } from "./delivery.ts";
import type * as Editing from "./editing.ts";
import { HistoryLine } from "./history/history-line.ts";
import type { AuthoredChange } from "./sync/authorship.ts";
import type { LiveRoom } from "./sync/live-room.ts";
import { isLocalOrigin, type LocalOrigin, localOrigin } from "./sync/local-origin.ts";
import { TemplateDocument } from "./sync/template-document.ts";
import type { TextGuard } from "./sync/text-guard.ts";
import { requireSendable } from "./sync/update-size.ts";
import type { Doc, XmlFragment } from "./sync/yjs.ts";

export interface WorkspaceListener {
  /** `version`: changes since the template was loaded, this one included. */
  changed(event: ChangeEvent, version: number): void;
  historyChanged(): void;
  documentChanged(doc: Doc): void;
}

export interface WorkspaceOptions {
  readonly clock: Clock;
  readonly delivery: Delivery;
  /** Who the person is while no room says so. */
  readonly person: Actor;
  readonly listener: WorkspaceListener;
}

/** The template as JSON, and as it was at that moment. */
export interface TemplateExport {
  readonly json: Json;
  readonly snapshot: Snapshot;
}

/** What a template is read, written and taken back with; it comes with the first one. */
export type EditingTools = Pick<typeof Editing, "exportPage" | "importPage" | "undoing"> & {
  readonly codec: TextCodec;
};

type ChangeOrigin = ChangeEvent["origin"];

/** The document being edited, its history, and the room it is in, if any. */
export class Workspace {
  readonly history: HistoryLine;
  readonly #clock: Clock;
  readonly #delivery: Delivery;
  readonly #person: Actor;
  readonly #listener: WorkspaceListener;
  #document: TemplateDocument;
  #room: LiveRoom | undefined;
  #tools: EditingTools | undefined;
  #version = 0;
  #agentChanges = 0;
  /** Set when the document came from a newer version, which may have put into texts what this one knows nothing of. */
  #guard: TextGuard | undefined;

  constructor({ clock, delivery, person, listener }: WorkspaceOptions) {
    this.#clock = clock;
    this.#delivery = delivery;
    this.#person = person;
    this.#listener = listener;
    this.#document = TemplateDocument.filledBy({}, this.#documentListener);
    this.history = new HistoryLine(this.#historyHost());
  }

  get isLoaded(): boolean {
    return this.#tools !== undefined;
  }

  get template(): Snapshot {
    return this.#document.snapshot;
  }

  /** Changes since the template was loaded. */
  get version(): number {
    return this.#version;
  }

  /** What agents changed since the room was entered, in sentences. */
  get agentChanges(): number {
    return this.#agentChanges;
  }

  get doc(): Doc {
    return this.#document.doc;
  }

  get self(): Actor {
    return this.#room?.self ?? this.#person;
  }

  /** Whether texts can only be read: the server is of a newer version than this editor. */
  get textsAreReadOnly(): boolean {
    return this.#textGuard !== undefined;
  }

  /** None when texts can only be read. */
  textFragment(elementId: string, key: string): XmlFragment | undefined {
    return this.textsAreReadOnly ? undefined : this.#document.textFragment(elementId, key);
  }

  /** What page JSON makes of an empty document. Throws INVALID_TEMPLATE. */
  read(template: unknown, { importPage, codec }: EditingTools): ChangeSet {
    return importPage(template, { newId: newElementId, codec });
  }

  /** Edits a new local document that holds what `change` says. */
  load(change: ChangeSet, tools: EditingTools): void {
    this.#delivery.during(() => {
      this.#tools = tools;
      this.#guard = undefined;
      this.#replace(TemplateDocument.filledBy(change, this.#documentListener));
      this.#version = 0;
      this.history.clear();
    });
  }

  /** Throws NOT_READY before a template is loaded. */
  describe(change: ChangeSet, before: Snapshot, after: Snapshot): readonly ElementSentence[] {
    return this.#requireTools().undoing.describeChange(change, before, after);
  }

  /** NOT_READY before a template is loaded. */
  export(): TemplateExport {
    const snapshot = this.template;
    return { json: this.toJson(snapshot), snapshot };
  }

  /** Page JSON of this template at any moment. EDITOR_OUTDATED when texts would lose what this version can't read. */
  toJson(snapshot: Snapshot): Json {
    const { exportPage, codec } = this.#requireTools();
    this.#textGuard?.requireKnown(this.doc, this.template);
    return exportPage(snapshot, { codec });
  }

  /** Writes what a command did. */
  commit(change: ChangeSet, operation: string): void {
    this.#write(change, localOrigin("command", operation));
  }

  /** Throws NOT_READY before a template is loaded. */
  requireLoaded(): void {
    this.#requireTools();
  }

  /** Throws NOT_READY before a template is loaded. */
  get codec(): TextCodec {
    return this.#requireTools().codec;
  }

  /** From here on the room's document is edited. What was changed here since `exported` goes along. */
  enterSession(room: LiveRoom, exported: Snapshot): void {
    this.#delivery.during(() => {
      const current = this.template;
      this.#enter(room);
      if (current !== exported) {
        const missing = restore(this.template, current);
        this.#write(this.#textGuard?.withoutTexts(missing) ?? missing, localOrigin("load", "edit"));
      }
      this.history.beginSession(current);
    });
  }

  /** The same session goes on with another document: what of the old one the server did not keep is gone. */
  reenter(room: LiveRoom): void {
    this.#delivery.during(() => {
      const [changes, previous] = [this.#agentChanges, this.template];
      this.#enter(room);
      this.#agentChanges = changes;
      this.history.restartLog(previous);
    });
  }

  /** From here on a room that many share is edited. */
  enterShared(room: LiveRoom, tools: EditingTools): void {
    this.#delivery.during(() => {
      this.#tools = tools;
      this.#enter(room);
      this.#version = 0;
      this.history.clear();
    });
  }

  /** The document stays and is local again. What a session did becomes one step. */
  leaveRoom({ isIncomplete }: { readonly isIncomplete: boolean }): void {
    this.#delivery.during(() => {
      this.#room?.close();
      this.#room = undefined;
      this.history.endSession({ isIncomplete });
    });
  }

  close(): void {
    this.#room?.close();
    this.#room = undefined;
    this.#document.close();
  }

  get #textGuard(): TextGuard | undefined {
    return this.#guard ?? this.#room?.textGuard;
  }

  /**
   * With nothing written: EDITOR_OUTDATED when the change would write texts that can only be read, BODY_TOO_LARGE when the
   * server would not take it.
   */
  #write(change: ChangeSet, origin: LocalOrigin): void {
    this.#textGuard?.requireNoTexts(change);
    // What was changed while the room was opened is in the editor already; the room is left when the server refuses it.
    if (this.#room && origin.source !== "load") requireSendable(this.doc, change);
    this.#document.commit(change, origin);
  }

  #enter(room: LiveRoom): void {
    this.#room = room;
    this.#guard = room.textGuard;
    this.#agentChanges = 0;
    this.#replace(new TemplateDocument(room.doc, this.#documentListener));
  }

  #replace(next: TemplateDocument): void {
    const previous = this.#document;
    const before = previous.snapshot;
    this.#document = next;
    this.#delivery.add(() => {
      this.#listener.documentChanged(next.doc);
      previous.close();
    });
    const change = diff(before, next.snapshot);
    this.#tell({ change, before, after: next.snapshot, ...this.#byMyself("load") }, "load");
  }

  readonly #documentListener = {
    // A listener that edited inside a transaction would see the template without its edit.
    unsettled: () => this.#delivery.hold(),
    recorded: (event: MirrorEvent) => this.#record(event),
    settled: () => this.#delivery.release(),
  };

  #record(event: MirrorEvent): void {
    const authored = this.#room?.authorsOf(event);
    if (!authored) this.#recordOwn(event);
    for (const made of authored ?? []) {
      const described = this.describe(made.change, made.before, made.after);
      if (made.actor.kind === "agent") this.#agentChanges += described.length;
      this.history.recordOther(made, described);
      this.#tell(made, "remote");
    }
  }

  #recordOwn({ change, before, after, origin }: MirrorEvent): void {
    const local = isLocalOrigin(origin) ? origin : undefined;
    const made = { change, before, after, ...this.#byMyself(local?.operation ?? "edit") };
    if (!local || local.source === "command") this.history.recordOwn(made, { isTyping: !local });
    this.#tell(made, local?.source ?? "text");
  }

  #byMyself(operation: string): Pick<AuthoredChange, "actor" | "operation" | "at"> {
    return { actor: this.self, operation, at: this.#clock.now() };
  }

  #tell(made: AuthoredChange, origin: ChangeOrigin): void {
    this.#version += 1;
    const version = this.#version;
    this.#delivery.add(() => this.#listener.changed(Object.freeze({ ...made, origin }), version));
  }

  #requireTools(): EditingTools {
    if (this.#tools) return this.#tools;
    throw new WaggleError("NOT_READY", { message: "No template is loaded. Call bee.start(template) and wait for it." });
  }

  #historyHost() {
    const workspace = this;
    return {
      get snapshot() {
        return workspace.template;
      },
      get self() {
        return workspace.self;
      },
      get undoing() {
        return workspace.#requireTools().undoing;
      },
      now: () => this.#clock.now(),
      newId: newElementId,
      write: (change: ChangeSet, operation: string) => this.#write(change, localOrigin("history", operation)),
      hold: (run: () => void) => this.#delivery.during(run),
      changed: () => this.#listener.historyChanged(),
    };
  }
}
