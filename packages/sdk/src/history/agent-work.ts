import type { Actor } from "@waggle/contract";
import type { Conflict } from "@waggle/template";

/** What agents wrote in one revision of the log. */
export interface AgentPortion {
  readonly agents: readonly Actor[];
  /** In sentences. */
  readonly changes: number;
}

/** Revision → what agents wrote there. */
export type AgentPortions = ReadonlyMap<number, AgentPortion>;

/** The part of one session, or of one visit to a shared room, that agents wrote and nobody took back. */
export class AgentWork {
  #standing = new Map<number, AgentPortion>();
  #inseparable: readonly Conflict[] = [];

  get isEmpty(): boolean {
    return this.#standing.size === 0;
  }

  /** Where it is in the log. */
  get revisions(): readonly number[] {
    return [...this.#standing.keys()];
  }

  /** What had grown together with the work of others before the document changed, and stays when this is taken back. */
  get inseparable(): readonly Conflict[] {
    return this.#inseparable;
  }

  note(revision: number, { agents, changes }: AgentPortion): void {
    const known = this.#standing.get(revision);
    const portion = known ? joined([known, { agents, changes }]) : { agents, changes };
    this.#standing.set(revision, portion);
  }

  /** Nothing stands any more; returns what did. */
  takeBack(): AgentPortions {
    const taken = this.#standing;
    this.#standing = new Map();
    return taken;
  }

  bringBack(portions: AgentPortions): void {
    for (const [revision, portion] of portions) this.#standing.set(revision, portion);
  }

  /** All that stands is one revision of another log now; none when nothing of it can be told apart there. */
  carry(revision: number | undefined, inseparable: readonly Conflict[]): void {
    const all = joined([...this.#standing.values()]);
    this.#standing = new Map(revision === undefined ? [] : [[revision, all]]);
    this.#inseparable = [...this.#inseparable, ...inseparable];
  }

  /** Forgets what the log does not hold any more. */
  keepOnly(isLogged: (revision: number) => boolean): void {
    this.#standing = new Map([...this.#standing].filter(([revision]) => isLogged(revision)));
  }
}

/** Several portions as one. */
export function joined(portions: Iterable<AgentPortion>): AgentPortion {
  const agents = new Map<string, Actor>();
  let changes = 0;
  for (const portion of portions) {
    for (const agent of portion.agents) agents.set(agent.id, agent);
    changes += portion.changes;
  }
  return { agents: [...agents.values()], changes };
}
