import type { Actor } from "@waggle/contract";
import type { Clock } from "../rooms/clock.ts";
import type { AgentRoom } from "./ports.ts";

export interface AgentLeasesOptions {
  readonly clock: Clock;
  /** An agent counts as gone this long after its last call. */
  readonly leaseMs: number;
}

interface Lease {
  room: AgentRoom;
  seenAt: number;
  readonly cancelCheck: () => void;
}

/**
 * Which agents are here. An agent comes with its first call and goes when it says so, or when it neither called nor held a
 * stream open for `leaseMs`.
 */
export class AgentLeases {
  readonly #options: AgentLeasesOptions;
  readonly #leases = new Map<string, Lease>();
  readonly #streams = new Map<string, number>();

  constructor(options: AgentLeasesOptions) {
    this.#options = options;
  }

  /** An agent counts as gone this long after its last call. */
  get leaseMs(): number {
    return this.#options.leaseMs;
  }

  /** The agent did something in this room. */
  seen(actor: Actor, room: AgentRoom): void {
    const now = this.#options.clock.now();
    const lease = this.#leases.get(actor.id);
    // Told on every call: the room may have been put away and opened anew since.
    room.agentSeen(actor);
    if (lease) {
      lease.room = room;
      lease.seenAt = now;
      return;
    }
    this.#leases.set(actor.id, { room, seenAt: now, cancelCheck: this.#checkIn(actor.id, this.#options.leaseMs) });
  }

  /** The agent keeps a stream open, which counts as being here. The returned function says that it closed. */
  holdStream(actorId: string): () => void {
    this.#streams.set(actorId, this.#openStreams(actorId) + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = this.#openStreams(actorId) - 1;
      if (left > 0) this.#streams.set(actorId, left);
      else this.#streams.delete(actorId);
      const lease = this.#leases.get(actorId);
      if (lease) lease.seenAt = this.#options.clock.now();
    };
  }

  /** The agent said goodbye. */
  leave(actorId: string): void {
    const lease = this.#leases.get(actorId);
    if (!lease) return;
    lease.cancelCheck();
    this.#leases.delete(actorId);
    lease.room.agentLeft(actorId);
  }

  /** Stops all timers without telling rooms: used when the server goes down and agents will be back. */
  close(): void {
    for (const lease of this.#leases.values()) lease.cancelCheck();
    this.#leases.clear();
    this.#streams.clear();
  }

  #openStreams(actorId: string): number {
    return this.#streams.get(actorId) ?? 0;
  }

  #checkIn(actorId: string, delayMs: number): () => void {
    return this.#options.clock.after(delayMs, () => this.#check(actorId));
  }

  /** One timer a lease, armed again for the rest: a timer a call would cost more than the call's own work. */
  #check(actorId: string): void {
    const lease = this.#leases.get(actorId);
    if (!lease) return;
    const { clock, leaseMs } = this.#options;
    // A clock that was put back must not keep the agent here for as long.
    lease.seenAt = Math.min(lease.seenAt, clock.now());
    const isStreaming = this.#openStreams(actorId) > 0;
    const restMs = isStreaming ? leaseMs : lease.seenAt + leaseMs - clock.now();
    if (restMs <= 0) {
      this.leave(actorId);
      return;
    }
    this.#leases.set(actorId, { ...lease, cancelCheck: this.#checkIn(actorId, restMs) });
  }
}
