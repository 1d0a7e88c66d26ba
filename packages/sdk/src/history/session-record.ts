import type { Actor } from "@waggle/contract";
import type { ElementSentence, Snapshot } from "@waggle/template";
import type { HistoryChange } from "../bee-types.ts";
import type { AuthoredChange } from "../sync/authorship.ts";
import { AgentWork } from "./agent-work.ts";

interface TimedChange extends HistoryChange {
  readonly at: number;
}

/** What others did since a session began, ready to become one history entry. */
export class SessionRecord {
  readonly before: Snapshot;
  /** What agents wrote, as the log has it. */
  readonly work = new AgentWork();
  /** The last revision before it. */
  startRevision: number;
  readonly #changes: TimedChange[] = [];
  readonly #agents = new Map<string, Actor>();
  #hasChanges = false;

  constructor(before: Snapshot, startRevision: number) {
    this.before = before;
    this.startRevision = startRevision;
  }

  /** Whether anyone changed anything, be it something that nobody can see. */
  get hasChanges(): boolean {
    return this.#hasChanges;
  }

  get agents(): readonly Actor[] {
    return [...this.#agents.values()];
  }

  /** Something changed that nobody told of. */
  noteChange(): void {
    this.#hasChanges = true;
  }

  /** Someone took part, also when nothing they did is left. */
  agentSeen(agent: Actor): void {
    this.#agents.set(agent.id, agent);
  }

  add({ actor, at }: AuthoredChange, described: readonly ElementSentence[]): void {
    this.#hasChanges = true;
    if (actor.kind === "agent") this.agentSeen(actor);
    for (const each of described) this.#changes.push({ ...each, actor, at });
  }

  /** Everything of the session in the order it happened, the person's own part included. */
  changesWith(own: readonly TimedChange[]): readonly HistoryChange[] {
    return [...this.#changes, ...own]
      .sort((a, b) => a.at - b.at)
      .map(({ elementId, sentence, actor }) => ({ elementId, sentence, actor }));
  }
}
