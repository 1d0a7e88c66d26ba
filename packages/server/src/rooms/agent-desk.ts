import { type Actor, type AnyOperation, lifetimes } from "@waggle/contract";
import { type OperationContext, runOperation } from "@waggle/operations";
import { type ChangeSet, Draft, newElementId, type Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { AgentView } from "./agent-view.ts";
import { type DraftedWrite, planAgentWrite, type WrittenText } from "./agent-write.ts";
import type { Clock } from "./clock.ts";
import { readElements } from "./read-elements.ts";
import type { RecentLog } from "./recent-log.ts";

export interface DeskRequest {
  readonly actor: Actor;
  readonly operation: AnyOperation<OperationContext>;
  readonly input: unknown;
}

export interface DeskState {
  readonly snapshot: Snapshot;
  readonly log: RecentLog;
}

/** What an operation came to; nothing is written yet. */
export interface DeskAnswer {
  readonly isRead: boolean;
  readonly output: unknown;
  readonly change: ChangeSet;
  readonly texts: readonly WrittenText[];
}

const noChange: ChangeSet = {};

/** Where operations are carried out on drafts, and where it is kept what each agent has seen. */
export class AgentDesk {
  readonly #views = new Map<string, AgentView>();
  readonly #clock: Pick<Clock, "now">;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** An agent came; from here on it is kept what others do that it has not read. */
  arrived(agentId: string, log: RecentLog): void {
    this.#viewOf(agentId, log);
  }

  /** Throws what the operation throws, and STALE_WRITE. */
  plan(request: DeskRequest, state: DeskState): DeskAnswer {
    const draft = drafter(request);
    if (request.operation.kind === "read") return this.#read(request, draft(state.snapshot), state);
    if (request.actor.kind !== "agent") return { ...draft(state.snapshot), isRead: false, texts: [] };
    return { ...planAgentWrite({ ...state, view: this.#viewOf(request.actor.id, state.log), draft }), isRead: false };
  }

  /** The planned write was accepted as this revision. */
  wrote(actor: Actor, texts: readonly WrittenText[], revision: number): void {
    const view = this.#views.get(actor.id);
    for (const { elementId, key, unread } of texts) view?.wroteText({ elementId, key }, { revision, unread });
  }

  forget(agentId: string): void {
    this.#views.delete(agentId);
  }

  forgetAll(): void {
    this.#views.clear();
  }

  #read({ actor, input }: DeskRequest, { output }: DraftedWrite, { snapshot, log }: DeskState): DeskAnswer {
    if (actor.kind === "agent") {
      this.#viewOf(actor.id, log).sawElements(readElements({ input, output }, snapshot), log.revision);
    }
    return { isRead: true, output, change: noChange, texts: [] };
  }

  #viewOf(agentId: string, log: RecentLog): AgentView {
    const known = this.#views.get(agentId);
    if (known) return known;
    const view = new AgentView(agentId, log.revisionForNewcomer(this.#clock.now() - lifetimes.agentLeaseMs));
    this.#views.set(agentId, view);
    return view;
  }
}

/** Applies the operation to a snapshot as often as asked, with the same new ids each time. */
function drafter({ operation, input }: DeskRequest): (snapshot: Snapshot) => DraftedWrite {
  const ids: string[] = [];
  return (snapshot) => {
    let used = 0;
    const newId = (): string => {
      const id = ids[used] ?? newElementId();
      ids[used] = id;
      used += 1;
      return id;
    };
    const draft = new Draft(snapshot);
    const { output } = runOperation(operation, { draft, newId, codec: htmlCodec }, input);
    draft.validate();
    return { output, change: draft.changeSet() };
  };
}
