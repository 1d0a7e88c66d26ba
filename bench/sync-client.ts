import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";

/** How a server speaks Yjs: as y-websocket does, as hocuspocus does, or not at all. */
export type Dialect = "y-websocket" | "hocuspocus" | "relay";

export interface ClientOptions {
  readonly url: string;
  readonly room: string;
  readonly dialect: Dialect;
  /** Sent before anything else. */
  readonly greeting?: Uint8Array;
  /** Takes part in the protocol with this document; without one, messages are only received. */
  readonly doc?: Y.Doc;
  /** An update of somebody else has been applied. */
  readonly onUpdate?: () => void;
}

/** One socket with as little client work as possible, the same for every server. */
export interface SyncClient {
  close(): void;
}

const syncType = 0;
const authenticationType = 2;
/** hocuspocus answers a message that asked for something with this type in place of 0. */
const syncReplyType = 4;

/** Resolves when the document holds what the server holds. */
export async function connectClient(options: ClientOptions): Promise<SyncClient> {
  const { url, room, dialect, greeting, doc = new Y.Doc(), onUpdate } = options;
  const socket = new WebSocket(url, { perMessageDeflate: false });
  socket.binaryType = "arraybuffer";
  const isCounting = options.doc === undefined;
  const synced = Promise.withResolvers<void>();

  const send = (type: number, write: (encoder: encoding.Encoder) => void): void => {
    const encoder = encoding.createEncoder();
    if (dialect === "hocuspocus") encoding.writeVarString(encoder, room);
    encoding.writeVarUint(encoder, type);
    write(encoder);
    if (socket.readyState === WebSocket.OPEN) socket.send(encoding.toUint8Array(encoder));
  };
  socket.on("open", () => {
    if (greeting) socket.send(greeting);
    // A relay would pass the question on to everyone.
    if (dialect === "relay") return synced.resolve();
    if (dialect === "hocuspocus") send(authenticationType, writeAuthentication);
    send(syncType, (encoder) => sync.writeSyncStep1(encoder, doc));
  });
  socket.on("message", (message: ArrayBuffer) => {
    const decoder = decoding.createDecoder(new Uint8Array(message));
    if (dialect === "hocuspocus") decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    if (type !== syncType && type !== syncReplyType) return;
    const step = decoding.readVarUint(decoder);
    if (step === sync.messageYjsSyncStep1) {
      send(syncType, (encoder) => sync.writeSyncStep2(encoder, doc, decoding.readVarUint8Array(decoder)));
      return;
    }
    if (!isCounting) {
      Y.applyUpdate(doc, decoding.readVarUint8Array(decoder), socket);
      onUpdate?.();
    }
    if (step === sync.messageYjsSyncStep2) synced.resolve();
  });
  socket.on("error", (error) => synced.reject(error));
  socket.on("close", (code) => synced.reject(new Error(`${url} closed the socket with ${code}.`)));
  doc.on("update", (update, origin) => {
    if (origin !== socket) send(syncType, (encoder) => sync.writeUpdate(encoder, update));
  });
  await synced.promise;
  return { close: () => socket.terminate() };
}

function writeAuthentication(encoder: encoding.Encoder): void {
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarString(encoder, "bench");
  encoding.writeVarString(encoder, "4.7.0");
}
