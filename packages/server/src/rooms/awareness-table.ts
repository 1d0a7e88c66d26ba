import { sizes, WaggleError } from "@waggle/contract";
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from "lib0/encoding";

interface AwarenessState {
  readonly clientId: number;
  readonly clock: number;
  /** JSON; `null` says the client is gone. */
  readonly json: string;
}

interface Owned extends AwarenessState {
  readonly owner: string;
  readonly renewedAt: number;
}

/** y-protocols drops a state that was not renewed for this long; so do we. */
const staleAfterMs = 30_000;
/** One's own state, and the echoes of others' that y-websocket sends back; far above what a room holds. */
const maxStates = 64;
const maxClock = 2 ** 31;
const gone = "null";

/**
 * Cursors and selections of a room in y-protocols' encoding, without its timer per document. A participant owns the one
 * client id it announced: what it says about other ids (y-websocket echoes them) is ignored, and what it says there is
 * told as its own.
 */
export class AwarenessTable {
  readonly #states = new Map<number, Owned>();

  /** What everyone has to be told, the sender included: its socket is kept alive by that. Throws INVALID_FRAME. */
  receive(update: Uint8Array, owner: string, now: number): Uint8Array | undefined {
    const accepted = decodeStates(update)
      .map((state) => signedBy(owner, state))
      .filter((state) => this.#accept(state, owner, now));
    return accepted.length > 0 ? encodeStates(accepted) : undefined;
  }

  /** A participant's connection closed: the message that takes its cursor away. */
  leave(owner: string): Uint8Array | undefined {
    return this.#remove((state) => state.owner === owner);
  }

  /** Takes away what was not renewed in time. */
  sweep(now: number): Uint8Array | undefined {
    return this.#remove((state) => now - state.renewedAt >= staleAfterMs);
  }

  /** Everything, for someone who just came. */
  all(): Uint8Array | undefined {
    return this.#states.size > 0 ? encodeStates([...this.#states.values()]) : undefined;
  }

  /** Participant → the element they say they have selected. */
  get selections(): ReadonlyMap<string, string> {
    const selections = new Map<string, string>();
    for (const { owner, json } of this.#states.values()) {
      const said: unknown = JSON.parse(json);
      if (typeof said !== "object" || said === null || !("selection" in said)) continue;
      if (typeof said.selection === "string") selections.set(owner, said.selection);
    }
    return selections;
  }

  #accept(state: AwarenessState, owner: string, now: number): boolean {
    const known = this.#states.get(state.clientId);
    if (known ? known.owner !== owner : !this.#mayClaim(state, owner)) return false;
    if (state.json === gone) return this.#states.delete(state.clientId);
    if (known && state.clock <= known.clock) return false;
    this.#states.set(state.clientId, { ...state, owner, renewedAt: now });
    return true;
  }

  #mayClaim(state: AwarenessState, owner: string): boolean {
    if (state.json === gone) return false;
    for (const known of this.#states.values()) if (known.owner === owner) return false;
    return true;
  }

  #remove(isGone: (state: Owned) => boolean): Uint8Array | undefined {
    const removed = [...this.#states.values()].filter(isGone);
    for (const { clientId } of removed) this.#states.delete(clientId);
    return removed.length > 0 ? encodeStates(removed.map((state) => ({ ...state, json: gone }))) : undefined;
  }
}

function decodeStates(update: Uint8Array): AwarenessState[] {
  if (update.length > sizes.awareness) throw invalidAwareness(`at most ${sizes.awareness} bytes`);
  try {
    const decoder = createDecoder(update);
    const count = readVarUint(decoder);
    if (count > maxStates) throw invalidAwareness(`at most ${maxStates} states`);
    return Array.from({ length: count }, () => {
      const state = { clientId: readVarUint(decoder), clock: readVarUint(decoder), json: readVarString(decoder) };
      if (state.clock > maxClock) throw invalidAwareness(`clocks up to ${maxClock}`);
      // Peers parse it without a guard.
      JSON.parse(state.json);
      return state;
    });
  } catch (cause) {
    throw cause instanceof WaggleError ? cause : invalidAwareness("y-protocols' encoding", cause);
  }
}

/**
 * Others take a selection for that of the `actorId` beside it. A client that came back under another id says its old one
 * until it has heard of the new one, so a wrong one is put right and not refused.
 */
function signedBy(owner: string, state: AwarenessState): AwarenessState {
  const said: unknown = JSON.parse(state.json);
  const names = typeof said === "object" && said !== null && "actorId" in said;
  if (!names || said.actorId === owner) return state;
  return { ...state, json: JSON.stringify({ ...said, actorId: owner }) };
}

function encodeStates(states: readonly AwarenessState[]): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, states.length);
  for (const { clientId, clock, json } of states) {
    writeVarUint(encoder, clientId);
    writeVarUint(encoder, clock);
    writeVarString(encoder, json);
  }
  return toUint8Array(encoder);
}

function invalidAwareness(expected: string, cause?: unknown): WaggleError {
  return new WaggleError("INVALID_FRAME", { message: `An awareness message has ${expected}.`, cause });
}
