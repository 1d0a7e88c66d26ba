import {
  type ClientFrame,
  parseFrame,
  protocolVersion,
  type ServerFrame,
  serverFrames,
  waggleMessage,
} from "@waggle/contract";
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from "lib0/decoding";
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { until } from "./fixtures.test-suite.ts";

export interface ClientOptions {
  readonly syncUrl: string;
  readonly templateId: string;
  readonly token?: string;
  readonly instance?: string;
  readonly username?: string;
  readonly color?: string;
  /** False for a plain y-websocket client. */
  readonly waggle?: boolean;
  /** Generation said in hello; undefined says nothing at all. */
  readonly generation?: number;
  readonly revision?: number;
  readonly doc?: Y.Doc;
}

/** What came, in its order on the wire. */
export type Arrival =
  | { readonly kind: "update"; readonly bytes: Uint8Array }
  | { readonly kind: "frame"; readonly frame: ServerFrame };

type FrameOf<Kind extends ServerFrame["frame"]> = Extract<ServerFrame, { frame: Kind }>;

/** A client in a few lines, so that tests see every byte. */
export class Client {
  readonly doc: Y.Doc;
  readonly socket: WebSocket;
  readonly arrivals: Arrival[] = [];
  /** Awareness messages. */
  readonly awareness: Uint8Array[] = [];
  isSynced = false;
  /** False for a page that is there and does nothing: questions stay unanswered. */
  isAwake = true;
  /** `reason` is the name of the error. */
  closed: { readonly code: number; readonly reason: string } | undefined;
  /** What the server said besides. */
  closeMessage = "";
  readonly #options: ClientOptions;
  #awarenessClock = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.doc = options.doc ?? new Y.Doc();
    const { syncUrl, templateId, token = "acme:ann", instance = "tab-1", waggle = true } = options;
    const query = new URLSearchParams({ token, instance, ...(waggle ? { waggle: "1" } : {}) });
    for (const key of ["username", "color"] as const) if (options[key] !== undefined) query.set(key, options[key]);
    this.socket = new WebSocket(`${syncUrl}/${templateId}?${query}`);
    this.socket.on("error", () => undefined);
    this.socket.on("open", () => this.#greet());
    this.socket.on("message", (data: Buffer) => this.#receive(new Uint8Array(data)));
    this.socket.on("close", (code, reason) => {
      const [name = "", ...message] = reason.toString().split(": ");
      this.closed = { code, reason: name };
      this.closeMessage = message.join(": ");
    });
    this.doc.on("update", this.#sendUpdate);
  }

  /** A client that has said hello and holds the document. */
  static async join(options: ClientOptions): Promise<Client> {
    const client = new Client({ generation: 0, revision: 0, ...options });
    await until(() => client.isSynced || client.closed !== undefined, "the client is synced");
    if (client.closed) throw new Error(`closed: ${client.closed.code} ${client.closed.reason}`);
    return client;
  }

  get frames(): readonly ServerFrame[] {
    return this.arrivals.flatMap((arrival) => (arrival.kind === "frame" ? [arrival.frame] : []));
  }

  framesOf<Kind extends ServerFrame["frame"]>(kind: Kind): readonly FrameOf<Kind>[] {
    return this.frames.filter((frame): frame is FrameOf<Kind> => frame.frame === kind);
  }

  /** Entries told live. */
  get entries(): readonly FrameOf<"entry">[] {
    return this.framesOf("entry").filter(({ replayed }) => !replayed);
  }

  get savedRevision(): number {
    return this.framesOf("saved").at(-1)?.revision ?? 0;
  }

  async close(): Promise<void> {
    this.doc.off("update", this.#sendUpdate);
    this.socket.close();
    await until(() => this.closed !== undefined, "the socket is closed");
  }

  sendFrame(frame: ClientFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(text: string): void {
    const encoder = createEncoder();
    writeVarUint(encoder, waggleMessage);
    writeVarString(encoder, text);
    this.socket.send(toUint8Array(encoder));
  }

  sendBytes(kind: number, ...rest: (number | Uint8Array)[]): void {
    const encoder = createEncoder();
    writeVarUint(encoder, kind);
    for (const part of rest) {
      if (typeof part === "number") writeVarUint(encoder, part);
      else writeVarUint8Array(encoder, part);
    }
    this.socket.send(toUint8Array(encoder));
  }

  sendSync(step: 0 | 1 | 2, bytes: Uint8Array): void {
    this.sendBytes(0, step, bytes);
  }

  /** Says what this person has selected, and resolves when it was told. */
  async select(selection: string): Promise<void> {
    this.#awarenessClock += 1;
    const encoder = createEncoder();
    writeVarUint(encoder, 1);
    writeVarUint(encoder, this.doc.clientID);
    writeVarUint(encoder, this.#awarenessClock);
    writeVarString(encoder, JSON.stringify({ selection }));
    const before = this.awareness.length;
    this.sendBytes(1, toUint8Array(encoder));
    await until(() => this.awareness.length > before, "the selection is told");
  }

  #greet(): void {
    const { waggle = true, generation, revision = 0 } = this.#options;
    if (waggle && generation === undefined) return;
    if (waggle)
      this.sendFrame({ frame: "hello", protocol: protocolVersion, schema: 1, generation: generation ?? 0, revision });
    this.sendSync(0, Y.encodeStateVector(this.doc));
  }

  readonly #sendUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin !== this && this.socket.readyState === this.socket.OPEN) this.sendSync(2, update);
  };

  #receive(bytes: Uint8Array): void {
    const decoder = createDecoder(bytes);
    const kind = readVarUint(decoder);
    if (kind === waggleMessage) {
      const frame = parseFrame<ServerFrame>(readVarString(decoder), serverFrames);
      this.arrivals.push({ kind: "frame", frame });
    } else if (kind === 1) this.awareness.push(readVarUint8Array(decoder));
    else if (kind === 0) this.#sync(readVarUint(decoder), readVarUint8Array(decoder));
  }

  #sync(step: number, bytes: Uint8Array): void {
    if (step === 0) {
      if (!this.isAwake) return;
      if (this.#options.generation !== undefined || this.#options.waggle === false) {
        this.sendSync(1, Y.encodeStateAsUpdate(this.doc, bytes));
      }
      return;
    }
    if (step === 2) this.arrivals.push({ kind: "update", bytes });
    Y.applyUpdate(this.doc, bytes, this);
    if (step === 1) this.isSynced = true;
  }
}

/** The map of an element. */
export function nodeOf(doc: Y.Doc, id: string): Y.Map<unknown> {
  const node = doc.getMap<Y.Map<unknown>>("nodes").get(id);
  if (!node) throw new Error(`No node ${id}.`);
  return node;
}

/** The first line of a text. */
export function textOf(doc: Y.Doc, id: string, key: string): Y.XmlText {
  const fragment = nodeOf(doc, id).get(key);
  const block = fragment instanceof Y.XmlFragment ? fragment.get(0) : undefined;
  const text = block instanceof Y.XmlElement ? block.get(0) : undefined;
  if (!(text instanceof Y.XmlText)) throw new Error(`No text at ${key} of ${id}.`);
  return text;
}
