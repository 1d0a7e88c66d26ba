import type { Actor, Participant } from "@waggle/contract";
import { pickColor } from "./agent-colors.ts";
import type { Clock } from "./clock.ts";

/** Who came and who left, each told exactly once. */
export interface PresenceChange {
  readonly joined: readonly Participant[];
  readonly left: readonly Participant[];
}

export interface PresenceOptions {
  readonly clock: Clock;
  /** How long a person whose connection broke still counts as here. */
  readonly graceMs: number;
  readonly onChange: (change: PresenceChange) => void;
}

/** Who is in the room: people by their connections, agents by what the MCP door says of them. */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #participants = new Map<string, Participant>();
  /** Participant → who the person is to the host. */
  readonly #handles = new Map<string, string>();
  readonly #departures = new Map<string, () => void>();

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  get people(): readonly Participant[] {
    return [...this.#participants.values()];
  }

  get isEmpty(): boolean {
    return this.#participants.size === 0;
  }

  has(actorId: string): boolean {
    return this.#participants.has(actorId);
  }

  /** Whether someone of this kind is here, those who may be on their way back included. */
  hasKind(kind: Actor["kind"]): boolean {
    return this.people.some(({ actor }) => actor.kind === kind);
  }

  /** Whether a person of this `userHandle` is here, or may be on their way back. */
  hasHandle(handle: string): boolean {
    for (const each of this.#handles.values()) if (each === handle) return true;
    return false;
  }

  /** Someone is here now. Coming back within the grace time is no news. Without `color` the next free one is given. */
  arrive(
    actor: Actor,
    { color, handle }: { readonly color?: string | undefined; readonly handle?: string } = {},
  ): Participant {
    this.#cancelDeparture(actor.id);
    if (handle !== undefined) this.#handles.set(actor.id, handle);
    const known = this.#participants.get(actor.id);
    if (known) return known;
    const taken = this.people.map((participant) => participant.color);
    const participant = { actor, color: color ?? pickColor(taken), since: this.#options.clock.now() };
    this.#participants.set(actor.id, participant);
    this.#options.onChange({ joined: [participant], left: [] });
    return participant;
  }

  /** A person's last connection closed: they leave unless they are back within the grace time. */
  disconnect(actorId: string): void {
    if (!this.#participants.has(actorId)) return;
    this.#cancelDeparture(actorId);
    const cancel = this.#options.clock.after(this.#options.graceMs, () => this.leave(actorId));
    this.#departures.set(actorId, cancel);
  }

  /** Someone left for good. */
  leave(actorId: string): void {
    this.#cancelDeparture(actorId);
    const participant = this.#participants.get(actorId);
    if (!participant) return;
    this.#participants.delete(actorId);
    this.#handles.delete(actorId);
    this.#options.onChange({ joined: [], left: [participant] });
  }

  /** Forgets everyone without telling. */
  close(): void {
    for (const cancel of this.#departures.values()) cancel();
    this.#departures.clear();
    this.#participants.clear();
    this.#handles.clear();
  }

  #cancelDeparture(actorId: string): void {
    this.#departures.get(actorId)?.();
    this.#departures.delete(actorId);
  }
}
