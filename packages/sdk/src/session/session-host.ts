import type { McpSessionEvent, Participant } from "@waggle/contract";
import type { SharedSessionChange, SharedSessionStarted } from "../bee-types.ts";
import type { Clock } from "../clock.ts";
import type { PeopleList } from "../presence/people-list.ts";
import type { LiveRoom } from "../sync/live-room.ts";
import type { LiveRoomListener, RoomPlace } from "../sync/live-room-options.ts";

/** Who manages a room: this editor, which ends it, or a backend, so that this editor only leaves it. */
export type Managed = "editor" | "api";

/** A way into a room. */
export interface SessionPlan {
  readonly managed: Managed;
  /** Finds the room, or has the server build it. */
  readonly findRoom: (signal: AbortSignal) => Promise<RoomPlace>;
  /** Makes the room's document the one being edited. */
  readonly enter: (room: LiveRoom) => void;
}

export interface RoomOpening {
  readonly people: PeopleList;
  readonly listener: LiveRoomListener;
  readonly signal: AbortSignal;
}

export interface SessionHost {
  readonly clock: Clock;
  /** How long an editor-managed session may last. */
  readonly timeoutMs: number;
  /** What agents changed in this session. */
  readonly agentChanges: number;
  /** Resolves once the room's document is here. */
  openRoom(place: RoomPlace, opening: RoomOpening): Promise<LiveRoom>;
  /** Edits the room's document from here on, in the same session: the one before was given up by the server. */
  reenter(room: LiveRoom): void;
  /** Runs `run`; listeners are told only afterwards. */
  hold(run: () => void): void;
  /** Makes the document local again and the session one step. */
  leave(options: { readonly isIncomplete: boolean }): void;
  agentJoined(agent: Participant): void;
  publish(event: McpSessionEvent): void;
  /** The same for a room that many share. */
  publishShared(event: SharedSessionStarted | SharedSessionChange): void;
  /** State, people, connection or saving may have changed. */
  changed(): void;
  failed(error: unknown): void;
}
