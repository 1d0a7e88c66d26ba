import type { Actor } from "./actor.ts";
import { type ErrorCode, WaggleError } from "./errors.ts";
import type { EndReason } from "./session.ts";

/** The version of the custom frames. A client announces it in the query of the sync socket: `waggle=1`. */
export const protocolVersion = 1;

/**
 * The version of how texts lie in Yjs. Whoever meets a higher one reads texts and does not write them: writing would delete
 * what the newer version put there.
 */
export const schemaVersion = 1;

/** y-websocket message type that carries Waggle's own frames as one JSON string. Types 0 to 3 are y-websocket's. */
export const waggleMessage = 100;

/** A participant as the `people` frame shows it. */
export interface Participant {
  readonly actor: Actor;
  /** Passed on as the host gave it; agents get one of the eight actor colours. */
  readonly color: string;
  /** Unix time in milliseconds. */
  readonly since: number;
}

/** One accepted change, as the log holds it. `changeSet` is `ChangeSet` of `@waggle/template`. */
export interface EntryFrame {
  readonly frame: "entry";
  readonly revision: number;
  readonly actor: Actor;
  /** Name of the operation, or `edit` for a person's direct editing. */
  readonly operation: string;
  readonly changeSet: unknown;
  /** Unix time in milliseconds. */
  readonly at: number;
  /**
   * Set when it stands for several revisions, of which `revision` is the last: typing of long ago, put together. Whoever holds
   * one of them, and not the last, can't apply it and takes the missed changes as one.
   */
  readonly from?: number;
  /** True when it is told again on join; a live entry precedes the Yjs update it explains. */
  readonly replayed?: boolean;
}

/** What the server says about itself and the room right after the socket opened. */
export interface ServerHello {
  readonly frame: "hello";
  readonly protocol: number;
  /** `schemaVersion` of the server, and so of what may be in the document. */
  readonly schema: number;
  readonly generation: number;
  readonly leaseEpoch: number;
  readonly revision: number;
  /** The actor the server knows this connection by. */
  readonly actor: Actor;
  /** Who the person is to the host, from their token. Agents name it in `x-bee-user-handle` to work for them. */
  readonly userHandle: string;
}

export interface ClientHello {
  readonly frame: "hello";
  readonly protocol: number;
  /** `schemaVersion` of the client. A lower one than the server's is welcome, a higher one is refused. */
  readonly schema: number;
  /** The generation the client's document has, or 0 when it holds nothing yet. */
  readonly generation: number;
  /** The last revision the client has; later entries are replayed. */
  readonly revision: number;
}

/** Every entry up to `revision` is on disk. */
export interface SavedFrame {
  readonly frame: "saved";
  readonly revision: number;
}

export interface PeopleFrame {
  readonly frame: "people";
  readonly people: readonly Participant[];
  readonly joined: readonly Participant[];
  readonly left: readonly Participant[];
}

/** Asks the server to end the session: no more agent writes, wait for the queue, commit. */
export interface SealFrame {
  readonly frame: "seal";
  readonly reason: EndReason;
}

export interface SealedFrame {
  readonly frame: "sealed";
  readonly revision: number;
  readonly reason: EndReason;
  /** Yjs state vector at the seal, base64. */
  readonly stateVector: string;
}

/** A request of this connection that was refused; the connection stays open. */
export interface ErrorFrame {
  readonly frame: "error";
  readonly code: ErrorCode;
  readonly message: string;
}

export type ServerFrame = ServerHello | EntryFrame | SavedFrame | PeopleFrame | SealedFrame | ErrorFrame;
export type ClientFrame = ClientHello | SealFrame;

/** Reads one frame; `kinds` says which the reader understands. Throws INVALID_FRAME for anything else. */
export function parseFrame<F extends { readonly frame: string }>(
  text: string,
  kinds: Readonly<Record<F["frame"], true>>,
): F {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new WaggleError("INVALID_FRAME", { message: "A frame has to be JSON.", cause });
  }
  if (typeof value === "object" && value !== null && "frame" in value && typeof value.frame === "string") {
    // Both ends are ours and versioned by `hello`; the kind decides the rest of the shape.
    if (Object.hasOwn(kinds, value.frame)) return value as F;
  }
  throw new WaggleError("INVALID_FRAME", { message: `Unknown frame. Known: ${Object.keys(kinds).join(", ")}.` });
}

export const serverFrames: Readonly<Record<ServerFrame["frame"], true>> = {
  hello: true,
  entry: true,
  saved: true,
  people: true,
  sealed: true,
  error: true,
};

export const clientFrames: Readonly<Record<ClientFrame["frame"], true>> = { hello: true, seal: true };
