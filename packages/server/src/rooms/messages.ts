import { type ServerFrame, WaggleError, waggleMessage } from "@waggle/contract";
import { createDecoder, type Decoder, hasContent, readVarString, readVarUint, readVarUint8Array } from "lib0/decoding";
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { type OutboundMessage, websocketFrame } from "./websocket-frame.ts";

// The numbers of y-websocket's protocol.
const kinds = { sync: 0, awareness: 1, queryAwareness: 3 } as const;
const syncSteps = { step1: 0, step2: 1, update: 2 } as const;

/** What a client sent, by meaning. */
export type InboundMessage =
  | { readonly kind: "state-vector"; readonly stateVector: Uint8Array }
  /** `isAnswer`: all the client has that it was asked for, and not what it did just now. */
  | { readonly kind: "update"; readonly update: Uint8Array; readonly isAnswer: boolean }
  | { readonly kind: "awareness"; readonly states: Uint8Array }
  | { readonly kind: "query-awareness" }
  | { readonly kind: "frame"; readonly text: string };

/** Reads one message of the sync socket. Throws INVALID_FRAME for anything that is not exactly one of them. */
export function decodeMessage(bytes: Uint8Array): InboundMessage {
  let message: InboundMessage | undefined;
  try {
    const decoder = createDecoder(bytes);
    message = readMessage(decoder);
    if (hasContent(decoder)) message = undefined;
  } catch (cause) {
    throw invalidMessage(cause);
  }
  if (!message) throw invalidMessage();
  return message;
}

function readMessage(decoder: Decoder): InboundMessage | undefined {
  const kind = readVarUint(decoder);
  if (kind === kinds.sync) return readSync(decoder);
  if (kind === kinds.awareness) return { kind: "awareness", states: readVarUint8Array(decoder) };
  if (kind === kinds.queryAwareness) return { kind: "query-awareness" };
  if (kind === waggleMessage) return { kind: "frame", text: readVarString(decoder) };
  return undefined;
}

function readSync(decoder: Decoder): InboundMessage | undefined {
  const step = readVarUint(decoder);
  const bytes = readVarUint8Array(decoder);
  if (step === syncSteps.step1) return { kind: "state-vector", stateVector: bytes };
  if (step === syncSteps.step2 || step === syncSteps.update) {
    return { kind: "update", update: bytes, isAnswer: step === syncSteps.step2 };
  }
  return undefined;
}

function invalidMessage(cause?: unknown): WaggleError {
  return new WaggleError("INVALID_FRAME", { message: "Send messages of the y-websocket protocol.", cause });
}

/** Asks a client for what the server lacks. */
export function stateVectorMessage(stateVector: Uint8Array): OutboundMessage {
  return syncMessage(syncSteps.step1, stateVector);
}

/** Answers a client's state vector with what it lacks. */
export function missingStateMessage(update: Uint8Array): OutboundMessage {
  return syncMessage(syncSteps.step2, update);
}

/** Passes on a change of the document. */
export function updateMessage(update: Uint8Array): OutboundMessage {
  return syncMessage(syncSteps.update, update);
}

function syncMessage(step: number, bytes: Uint8Array): OutboundMessage {
  const encoder = createEncoder();
  writeVarUint(encoder, kinds.sync);
  writeVarUint(encoder, step);
  writeVarUint(encoder, bytes.length);
  // A whole document is copied once, into what is sent.
  return websocketFrame(toUint8Array(encoder), bytes);
}

/** Passes on awareness states. */
export function awarenessMessage(states: Uint8Array): OutboundMessage {
  const encoder = createEncoder();
  writeVarUint(encoder, kinds.awareness);
  writeVarUint8Array(encoder, states);
  return websocketFrame(toUint8Array(encoder));
}

/** One of Waggle's own frames. */
export function frameMessage(frame: ServerFrame): OutboundMessage {
  const encoder = createEncoder();
  writeVarUint(encoder, waggleMessage);
  writeVarString(encoder, JSON.stringify(frame));
  return websocketFrame(toUint8Array(encoder));
}
