import type { WaggleError } from "@waggle/contract";
import type { Clock } from "../clock.ts";
import type { PeopleChange, PeopleList } from "../presence/people-list.ts";
import type { RoomAddress } from "./room-connection.ts";

/** What a room tells whoever opened it. */
export interface LiveRoomListener {
  peopleChanged(change: PeopleChange): void;
  /** Saving, connection or a selection changed. */
  shownChanged(): void;
  lost(): void;
  /** Connected and synced again. */
  back(): void;
  sealed(): void;
  /** The server does not want this participant back. */
  closed(error: WaggleError): void;
  failed(error: unknown): void;
}

/** Where a room is. */
export type RoomPlace = Pick<RoomAddress, "syncUrl" | "templateId">;

export interface LiveRoomOptions {
  readonly clock: Clock;
  /** Who is known to be in the room. */
  readonly people: PeopleList;
  /** Resolves to a token the server has not seen expired. */
  readonly renewToken: (signal: AbortSignal) => Promise<string>;
  readonly listener: LiveRoomListener;
}
