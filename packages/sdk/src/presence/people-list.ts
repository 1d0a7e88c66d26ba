import type { Participant, SessionData, SessionUser } from "@waggle/contract";
import { equalValues } from "@waggle/template";
import type { Person } from "../bee-types.ts";

/** Who came and who went between two lists. */
export interface PeopleChange {
  readonly joined: readonly Participant[];
  readonly left: readonly Participant[];
}

/** Everyone in the room, oneself included, in the order of the server. */
export class PeopleList {
  #participants: ReadonlyMap<string, Participant> = new Map();
  #selections: ReadonlyMap<string, string> = new Map();
  #selfId: string | undefined;
  #people: readonly Person[] = [];

  /** Another object only when someone came, went or selected something else. */
  get people(): readonly Person[] {
    return this.#people;
  }

  get participants(): Iterable<Participant> {
    return this.#participants.values();
  }

  setSelf(actorId: string): void {
    this.#selfId = actorId;
    this.#show();
  }

  /**
   * Takes the server's whole list and tells the difference, oneself left out. The list alone decides: what a frame says of
   * comings and goings can be lost with a connection.
   */
  update(participants: readonly Participant[]): PeopleChange {
    const known = this.#participants;
    this.#participants = new Map(participants.map((each) => [each.actor.id, each]));
    this.#show();
    const isOther = ({ actor }: Participant) => actor.id !== this.#selfId;
    return {
      joined: participants.filter((each) => isOther(each) && !known.has(each.actor.id)),
      left: [...known.values()].filter((each) => isOther(each) && !this.#participants.has(each.actor.id)),
    };
  }

  /** Returns whether anyone's selection differs from before. */
  select(selections: ReadonlyMap<string, string>): boolean {
    const ids = new Set([...this.#selections.keys(), ...selections.keys()]);
    const differs = [...ids].some((id) => this.#selections.get(id) !== selections.get(id));
    this.#selections = selections;
    if (differs) this.#show();
    return differs;
  }

  #show(): void {
    const people = [...this.#participants.values()].map((each) => this.#toPerson(each));
    if (!equalValues(people, this.#people)) this.#people = Object.freeze(people);
  }

  #toPerson({ actor, color }: Participant): Person {
    const selection = this.#selections.get(actor.id);
    return Object.freeze({
      actor,
      color,
      isMcpUser: actor.kind === "agent",
      isSelf: actor.id === this.#selfId,
      ...(selection === undefined ? {} : { selection }),
    });
  }
}

/** A participant in the words of the contract. */
export function toSessionUser({ actor, color }: Participant): SessionUser {
  return { isMcpUser: actor.kind === "agent", userColor: color, userId: actor.id, username: actor.name };
}

export function toSessionData(participants: Iterable<Participant>): SessionData {
  return { users: Object.fromEntries([...participants].map((each) => [each.actor.id, toSessionUser(each)])) };
}
