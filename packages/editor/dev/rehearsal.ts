import type { Actor, EndReason, McpSessionEvent } from "@waggle/contract";
import type { Bee, BeeEventName, BeeEvents, BeeStatus, ChangeEvent, Person } from "@waggle/sdk";

const minuteMs = 60_000;

interface Opening {
  /** Name of the person at the editor. */
  readonly name: string;
  readonly now: number;
  /** How long the session has been running already. */
  readonly elapsedMs?: number;
  /** A room that many share: no clock ends it. */
  readonly isShared?: boolean;
}

/**
 * A bee that plays a session without a server, so that the screens of a session can be worked on alone. The document,
 * the commands and the history are the real ones; who did what and the state of the session are played.
 */
export class Rehearsal {
  readonly bee: Bee;
  readonly #real: Bee;
  readonly #listeners = new Map<BeeEventName, Set<(payload: never) => void>>();
  #people: readonly Person[] = [];
  #status: BeeStatus;
  #actor: Actor | undefined;

  constructor(real: Bee) {
    this.#real = real;
    this.#status = real.status;
    this.bee = this.#asBee();
  }

  start({ name, now, elapsedMs = 0, isShared = false }: Opening): void {
    const startedAt = now - elapsedMs;
    const self: Actor = { kind: "person", id: "self", name };
    this.#people = [{ actor: self, color: "#ffbf3c", isMcpUser: false, isSelf: true }];
    this.#emit("people", this.#people);
    this.#setStatus({
      ready: true,
      connection: "online",
      saving: "saved",
      session: {
        state: "active",
        templateId: "tpl_7Qm2vX9c",
        startedAt,
        ...(isShared ? {} : { expiresAt: startedAt + 10 * minuteMs }),
        changes: 0,
      },
    });
    if (isShared) this.#emit("session-started", { sessionId: "tpl_7Qm2vX9c" });
    else this.#emit("session", { type: "SESSION_STARTED", templateId: "tpl_7Qm2vX9c" });
  }

  end(reason: EndReason): void {
    this.#people = [];
    this.#emit("people", this.#people);
    this.#setStatus({ ready: true, connection: "offline", saving: "local" });
    this.#emit("session", { type: "SESSION_ENDED", templateId: "tpl_7Qm2vX9c", reason });
  }

  /** The connection goes away while this many changes are not saved. */
  lose(unsavedChanges: number): void {
    const { session } = this.#status;
    if (!session) return;
    const reconnecting = { ...session, state: "reconnecting" as const };
    this.#setStatus({
      ready: true,
      connection: "connecting",
      saving: "unsaved",
      unsavedChanges,
      session: reconnecting,
    });
  }

  comeBack(): void {
    const { session } = this.#status;
    if (!session) return;
    const active = { ...session, state: "active" as const };
    this.#setStatus({ ready: true, connection: "online", saving: "saved", unsavedChanges: 0, session: active });
  }

  selectAs(actor: Actor, selection: string): void {
    this.#people = this.#people.map((person) => (person.actor.id === actor.id ? { ...person, selection } : person));
    this.#emit("people", this.#people);
  }

  join(actor: Actor, color: string): void {
    this.#people = [...this.#people, { actor, color, isMcpUser: actor.kind === "agent", isSelf: false }];
    this.#emit("people", this.#people);
    this.#emit("session", this.#presence("USER_JOINED", actor));
  }

  leave(actor: Actor): void {
    this.#people = this.#people.filter((person) => person.actor.id !== actor.id);
    this.#emit("people", this.#people);
    this.#emit("session", this.#presence("USER_LEFT", actor));
  }

  /** Carries out an edit as somebody else. */
  as(actor: Actor, edit: (commands: Bee["commands"]) => void): void {
    this.#actor = actor;
    edit(this.#real.commands);
    this.#actor = undefined;
    const { session } = this.#status;
    if (session) this.#setStatus({ ...this.#status, session: { ...session, changes: session.changes + 1 } });
  }

  #presence(type: "USER_JOINED" | "USER_LEFT", actor: Actor): McpSessionEvent {
    const value = { isMcpUser: actor.kind === "agent", userColor: "#6d22b5", userId: actor.id, username: actor.name };
    return { type, change: { type, value }, sessionData: { users: {} } };
  }

  #setStatus(status: BeeStatus): void {
    this.#status = Object.freeze(status);
    this.#emit("status", this.#status);
  }

  #emit<Name extends BeeEventName>(name: Name, payload: BeeEvents[Name]): void {
    // The listeners of a name take that name's payload.
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  #asBee(): Bee {
    const [real, rehearsal] = [this.#real, this];
    const played: Partial<Bee> = {
      on: (name, listener) => {
        const listeners = rehearsal.#listeners.get(name) ?? new Set();
        rehearsal.#listeners.set(name, listeners.add(listener as (payload: never) => void));
        const off = real.on(name, listener);
        return () => {
          off();
          listeners.delete(listener as (payload: never) => void);
        };
      },
      subscribe: (listener) => real.subscribe((event) => listener(rehearsal.#signed(event))),
    };
    return new Proxy(real, {
      get: (target, key) => {
        if (key === "people") return rehearsal.#people;
        if (key === "status") return rehearsal.#status.session ? rehearsal.#status : target.status;
        const value: unknown = Reflect.get(played, key) ?? Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  #signed(event: ChangeEvent): ChangeEvent {
    return this.#actor ? { ...event, actor: this.#actor, origin: "remote" } : event;
  }
}
