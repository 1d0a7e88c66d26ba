import type {
  Actor,
  AgentPolicy,
  Commands,
  McpSessionEvent,
  SessionChange,
  SessionData,
  WaggleError,
} from "@waggle/contract";
import type { editOperations } from "@waggle/operations/edit";
import type { ChangeSet, Conflict, ElementKind, ElementSentence, Json, Snapshot } from "@waggle/template";
import type { Clock } from "./clock.ts";
import type { JsonPatchOperation } from "./patches/page-patch.ts";
import type { Doc, XmlFragment } from "./sync/yjs.ts";

/** What `/loginV2` answers, as far as the SDK reads it. */
export interface TokenGrant {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in?: number;
}

/** The host's settings for one editor. */
export interface BeeConfig {
  /** Origin of the Waggle server: `https://waggle.example.com`. */
  readonly server: string;
  /** A browser token made by the host's backend through `/loginV2`. A function is called again whenever a new one is needed. */
  readonly token: string | TokenGrant | (() => string | TokenGrant | Promise<string | TokenGrant>);
  /** Shown to others. Default: "Guest". */
  readonly username?: string;
  /**
   * Taken for hosts that name it, and read by nobody: who a person is, the server takes from their token, so that no page
   * can name another. It is in `status.session.userHandle`.
   */
  readonly userHandle?: string;
  /** Passed on to others as it is. */
  readonly userColor?: string;
  onMcpSessionChange?(event: McpSessionEvent): void;
  /** A room that many share was entered by `join`. */
  onSessionStarted?(event: SharedSessionStarted): void;
  /** Somebody came to that room or left it. */
  onSessionChange?(event: SharedSessionChange): void;
  /**
   * The person changed something, undo and redo included. `version` counts changes since the template was loaded. Costs an
   * export of the whole template for each change: give it only when it is needed.
   */
  onChange?(json: Json, detail: ChangeDetail, version: number): void;
  /** The same for what agents and other people change. */
  onRemoteChange?(json: Json, detail: ChangeDetail, version: number): void;
  onSelectElement?(element: { readonly type: ElementKind; readonly uuid: string }): void;
  onError?(error: WaggleError): void;
  /** How long a session may last, in milliseconds. Default: 10 minutes. */
  readonly sessionTimeoutMs?: number;
  /** For tests. Default: the machine's clock. */
  readonly clock?: Clock;
}

/** How a session with agents is to be. */
export interface McpSessionOptions {
  /** What agents may do in it. Default: everything. */
  readonly policy?: AgentPolicy | undefined;
}

/** What `onChange` and `onRemoteChange` say about a change. */
export interface ChangeDetail {
  /** RFC 6902, relative to `page`. Made when it is read. */
  readonly patches: readonly JsonPatchOperation[];
  /** As in `ChangeEvent`. */
  readonly operation: string;
  readonly actor: Actor;
}

/** Answer of `save` and `getTemplateJson`. */
export interface TemplateFile {
  readonly data: {
    readonly json: Json;
    /** Changes since the template was loaded. */
    readonly version: number;
  };
}

/** Payload of `onSessionStarted`. */
export interface SharedSessionStarted {
  /** The template id that was joined. */
  readonly sessionId: string;
}

/** Payload of `onSessionChange`. */
export interface SharedSessionChange {
  readonly change: SessionChange;
  readonly sessionData: SessionData;
}

/** One change of the document, whoever made it. */
export interface ChangeEvent {
  readonly change: ChangeSet;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly actor: Actor;
  /** Name of the operation; `edit` for typing, `undo` and `redo` for history, `load` for another document. */
  readonly operation: string;
  readonly origin: "command" | "text" | "remote" | "history" | "load";
  /** Unix time in milliseconds. */
  readonly at: number;
}

/** The running session, as a screen shows it. */
export interface SessionStatus {
  readonly state: "starting" | "active" | "reconnecting" | "stopping";
  /** Absent while it is being created. */
  readonly templateId?: string;
  readonly startedAt?: number;
  /** Agents name it in `x-bee-user-handle` to work for this person. The server's idea of it, from the token. */
  readonly userHandle?: string;
  /** When the session ends by itself, Unix time in milliseconds; absent in a room that many share. */
  readonly expiresAt?: number;
  /** Changes by agents so far. */
  readonly changes: number;
}

/** What a status line needs. Frozen; another object whenever something in it changed. */
export interface BeeStatus {
  /** Whether a template is loaded. */
  readonly ready: boolean;
  readonly connection: "offline" | "connecting" | "online";
  /** `local`: no session, nothing is sent. `saved`: on the server's disk. `unsaved`: kept here until the connection is back. */
  readonly saving: "local" | "saved" | "saving" | "unsaved";
  /** Edits of this person that are not on the server's disk, a letter typed is one; 0 without a session. A bee always sets it. */
  readonly unsavedChanges?: number;
  /** Set when the server is newer than this editor: texts can be read, and writing them is refused with EDITOR_OUTDATED until a reload. */
  readonly textsAreReadOnly?: true;
  readonly session?: SessionStatus;
}

/** Someone who is in the room. */
export interface Person {
  readonly actor: Actor;
  readonly color: string;
  readonly isMcpUser: boolean;
  readonly isSelf: boolean;
  /** Id of the element this participant has selected. */
  readonly selection?: string;
}

/** One described change inside a history entry. */
export interface HistoryChange {
  readonly elementId: string;
  /** "Button text “Buy” → “Order now”". */
  readonly sentence: string;
  readonly actor: Actor;
}

/** One step of the history. `revert`: the person took back what agents wrote, and nothing else. */
export interface HistoryEntry {
  readonly id: string;
  readonly kind: "own" | "agent-session" | "revert";
  /** "Scout: 4 changes", "Took back 4 changes by Scout". */
  readonly label: string;
  /** Agents that took part, or whose work was taken back; empty for own edits. */
  readonly agents: readonly Actor[];
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly undone: boolean;
  readonly changes: readonly HistoryChange[];
  /** True when the session ended without the server, so late work of agents may be missing. */
  readonly incomplete?: boolean;
}

/** What `undo` takes back. `session`: the newest step, a session as a whole. `agents`: only what agents wrote. */
export interface UndoOptions {
  /** Default: `session`. */
  readonly scope?: "session" | "agents";
}

/** What `undo` or `redo` did. */
export interface UndoResult {
  /** The entry that was taken back or brought again, or the new one of scope `agents`; absent when nothing changed. */
  readonly entry?: HistoryEntry;
  /** What could not be taken back because others worked on it since. */
  readonly conflicts: readonly Conflict[];
  /** The same in words: "Button link was changed since. It stays as it is." */
  readonly remarks: readonly ElementSentence[];
}

/** One line of steps; undo takes back the newest, redo brings back the last one taken back. */
export interface History {
  /** Newest last. */
  readonly entries: readonly HistoryEntry[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Whether agents wrote something that `undo({ scope: "agents" })` would take back. */
  readonly canUndoAgents: boolean;
  /**
   * Takes back the newest step. With scope `agents` what agents wrote in the latest session that is not undone, or in a
   * shared room since it was joined: the person's work stays, and the revert is a new entry that can be undone itself.
   */
  undo(options?: UndoOptions): UndoResult;
  redo(): UndoResult;
}

/** The events of a bee and what their listeners get. */
export interface BeeEvents {
  status: BeeStatus;
  people: readonly Person[];
  history: History;
  session: McpSessionEvent;
  "session-started": SharedSessionStarted;
  "session-change": SharedSessionChange;
  /** `bee.doc` is another document now: text editors bind anew. */
  document: Doc;
  error: WaggleError;
}

export type BeeEventName = keyof BeeEvents;

/** One template being edited, alone or with agents. Created by `createBee`. */
export interface Bee {
  /**
   * Loads page JSON and ends a running session. Rejects with INVALID_TEMPLATE and leaves everything as it was when the
   * JSON is no template.
   */
  start(template: unknown): Promise<void>;
  /** The same as `start`, by the contract's other name. */
  load(template: unknown): Promise<void>;
  /** Loads a template again: the one given, or the one loaded last as it was. NOT_READY when there was none. */
  reload(template?: unknown): Promise<void>;
  /**
   * Opens the template to agents, who may do what `policy` and that of their API key allow. Rejects with NOT_READY,
   * SESSION_RUNNING, SESSION_REFUSED (a policy that names what is not there, too) or SERVER_UNREACHABLE.
   */
  startMcpSession(options?: McpSessionOptions): Promise<{ templateId: string }>;
  /** Ends the session, resolves when it has ended. Without a session nothing happens. */
  stopMcpSession(): Promise<void>;
  /**
   * Loads an API-managed template and edits it together with everyone in its room, until `leave`. Rejects with
   * TEMPLATE_NOT_FOUND, SESSION_ENDED, FORBIDDEN, SEATS_TAKEN, SESSION_REFUSED or SERVER_UNREACHABLE; the template stays
   * as it was then.
   */
  join(templateId: string): Promise<void>;
  /** Leaves a shared room: others go on, and the template stays here as a local one. Ends a session with agents as `stopMcpSession` does. */
  leave(): Promise<void>;
  /** The template as it is now. Rejects with NOT_READY before one is loaded. */
  getTemplateJson(): Promise<TemplateFile>;
  /** The same for hosts that save; HTML is made where there is a renderer, in the editor or on the server. */
  save(): Promise<TemplateFile>;
  /** Frozen; another object only when something changed. */
  readonly template: Snapshot;
  /** Called once per change, after `template` changed. Returns what unsubscribes. */
  subscribe(listener: (event: ChangeEvent) => void): () => void;
  readonly status: BeeStatus;
  readonly people: readonly Person[];
  /** Every editing operation, applied at once and undoable: `bee.commands.updateButton({ elementId, text })`. */
  readonly commands: Commands<typeof editOperations>;
  readonly history: History;
  /**
   * What a change did, in short sentences for people: "Button text “Buy” → “Order now”". `before` and `after` are the
   * template around it, as a change event has them. Throws NOT_READY before a template is loaded.
   */
  describe(change: ChangeSet, before: Snapshot, after: Snapshot): readonly ElementSentence[];
  /** Tells others which element this person is at; `undefined` for none. */
  select(elementId: string | undefined): Promise<"granted">;
  on<Name extends BeeEventName>(event: Name, listener: (payload: BeeEvents[Name]) => void): () => void;
  /** The live rich text under a key, for text editors that bind to Yjs. `undefined` where the text is plain HTML. */
  textFragment(elementId: string, key: string): XmlFragment | undefined;
  /** Escape hatch for hosts that bind their own editor. Another document after each `document` event. */
  readonly doc: Doc;
  /** Lets everything go; a running session ends. A second call does nothing. */
  destroy(): void;
}
