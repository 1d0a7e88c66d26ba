import { type ClientFrame, parseFrame, type ServerFrame, serverFrames, waggleMessage } from "@waggle/contract";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { writeSyncStep1 } from "y-protocols/sync";
import { WebsocketProvider } from "y-websocket";
import type { Doc } from "yjs";
import { isFinal } from "./close-error.ts";

/** Where a room is and who comes in. All of it goes into the query of the socket. */
export interface RoomAddress {
  /** WebSocket address without the template id. */
  readonly syncUrl: string;
  readonly templateId: string;
  readonly token: string;
  /** The same for every connection of one bee, so that a reconnect is the same participant. */
  readonly instance: string;
  readonly username: string;
  readonly color: string;
}

export interface RoomConnectionListener {
  /** The socket is open and nothing has been sent on it yet. */
  opened(): void;
  frame(frame: ServerFrame): void;
  /** The server asks what it lacks, and is about to get it. */
  asked(): void;
  /** A message of the sync protocol has been applied. */
  applied(): void;
  /** Everything that was sent before `question()` has been seen by the server. */
  answered(): void;
  /** The document holds what the server's held when it answered. */
  synced(): void;
  /** The document was changed here, so an update goes up now or with the next connection. */
  edited(): void;
  /** The socket is gone; another one will be tried. Without `event` it was given up here. */
  lost(event: ServerClose | undefined): void;
  /** The server does not want this connection back, or not yet. */
  closed(event: ServerClose): void;
  /** Somebody's selection came, changed or went. */
  selectionsChanged(): void;
  failed(error: unknown): void;
}

/** How the server closed a socket. */
export interface ServerClose {
  readonly code: number;
  readonly reason: string;
}

// The numbers of y-websocket's protocol.
const syncMessage = 0;
const syncSteps = { question: 0, answer: 1 } as const;

/** What everyone in a room tells about themselves while they are there. Field names are those of y-prosemirror's cursors. */
interface AwarenessState {
  readonly actorId?: unknown;
  readonly selection?: unknown;
}

/** One y-websocket provider on a document, with Waggle's frames beside Yjs's own messages. */
export class RoomConnection {
  readonly #doc: Doc;
  readonly #listener: RoomConnectionListener;
  readonly #provider: WebsocketProvider;

  /** Nothing is opened before `open()`. */
  constructor(doc: Doc, address: RoomAddress, listener: RoomConnectionListener) {
    this.#doc = doc;
    this.#listener = listener;
    this.#provider = new WebsocketProvider(address.syncUrl, address.templateId, doc, {
      connect: false,
      // A second tab is a second person: it has its own socket and must not be reached behind the server's back.
      disableBc: true,
      shouldReconnect: (event) => !isFinal(event),
      params: {
        token: address.token,
        waggle: "1",
        instance: address.instance,
        username: address.username,
        color: address.color,
      },
    });
    this.#readFrames();
    this.#watch();
  }

  open(): void {
    this.#provider.connect();
  }

  /** Whether a transaction with this origin came through this connection. */
  isOrigin(origin: unknown): boolean {
    return origin === this.#provider;
  }

  /** False when there is no open socket; the frame is dropped then. */
  send(frame: ClientFrame): boolean {
    return this.#send((encoder) => {
      encoding.writeVarUint(encoder, waggleMessage);
      encoding.writeVarString(encoder, JSON.stringify(frame));
    });
  }

  /** Asks for what is lacking here. The server reads in order, so its answer also says that it has seen all there was before. */
  question(): boolean {
    return this.#send((encoder) => {
      encoding.writeVarUint(encoder, syncMessage);
      writeSyncStep1(encoder, this.#doc);
    });
  }

  /** Used from the next time a socket is opened. */
  setToken(token: string): void {
    this.#provider.params = { ...this.#provider.params, token };
  }

  /** Tells the others who this is and what is selected. */
  announce(state: { readonly actorId: string; readonly selection: string | undefined }): void {
    const { username, color } = this.#provider.params;
    this.#provider.awareness.setLocalState({
      actorId: state.actorId,
      user: { name: username, color },
      ...(state.selection === undefined ? {} : { selection: state.selection }),
    });
  }

  /** Actor id → selected element. */
  get selections(): ReadonlyMap<string, string> {
    const selections = new Map<string, string>();
    for (const state of this.#provider.awareness.getStates().values()) {
      const { actorId, selection }: AwarenessState = state;
      if (typeof actorId === "string" && typeof selection === "string") selections.set(actorId, selection);
    }
    return selections;
  }

  /** Closes the socket and stops every timer. The document stays. */
  close(): void {
    this.#doc.off("update", this.#updated);
    this.#provider.awareness.destroy();
    this.#provider.destroy();
  }

  #readFrames(): void {
    const handlers = this.#provider.messageHandlers;
    handlers[waggleMessage] = (_encoder, decoder) => this.#readFrame(decoding.readVarString(decoder));
    const applySync = handlers[syncMessage];
    handlers[syncMessage] = (...message) => {
      const [, decoder] = message;
      const step = decoding.peekVarUint(decoder);
      if (step === syncSteps.question) this.#listener.asked();
      applySync?.(...message);
      this.#listener.applied();
      if (step === syncSteps.answer) this.#listener.answered();
    };
  }

  #send(write: (encoder: encoding.Encoder) => void): boolean {
    const socket = this.#provider.ws;
    if (!socket || !this.#provider.wsconnected || socket.readyState !== socket.OPEN) return false;
    const encoder = encoding.createEncoder();
    write(encoder);
    socket.send(encoding.toUint8Array(encoder));
    return true;
  }

  #readFrame(text: string): void {
    try {
      this.#listener.frame(parseFrame<ServerFrame>(text, serverFrames));
    } catch (failure) {
      this.#listener.failed(failure);
    }
  }

  #watch(): void {
    const provider = this.#provider;
    provider.on("status", ({ status }) => {
      if (status === "connected") this.#listener.opened();
    });
    provider.on("sync", (isSynced) => {
      if (isSynced) this.#listener.synced();
    });
    provider.on("connection-close", (event) => this.#listener.lost(event ?? undefined));
    provider.on("closed", (event) => this.#listener.closed(event));
    provider.awareness.on("change", () => this.#listener.selectionsChanged());
    this.#doc.on("update", this.#updated);
  }

  readonly #updated = (_update: Uint8Array, origin: unknown): void => {
    if (!this.isOrigin(origin)) this.#listener.edited();
  };
}
