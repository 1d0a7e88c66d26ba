import { type Actor, type AnyOperation, lifetimes } from "@waggle/contract";
import { type OperationContext, runOperation } from "@waggle/operations";
import {
  type ChangeSet,
  Draft,
  type ElementId,
  isVisible,
  labelOf,
  newElementId,
  type Snapshot,
} from "@waggle/template";
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
  readonly looked?: Look;
}

/** What an agent has read: these elements, as they were at this revision. */
export interface Look {
  readonly elementIds: Iterable<ElementId>;
  readonly revision: number;
}

export interface DeskState {
  readonly snapshot: Snapshot;
  readonly log: RecentLog;
  /** Throws when an agent may not make this change. */
  readonly gate?: (change: ChangeSet) => void;
}

/** An element that somebody else changed. */
export interface ChangedByOthers {
  readonly elementId: ElementId;
  /** What it is: "Button". */
  readonly label: string;
  readonly isDeleted?: true;
}

/** What others did that an agent has neither read nor been told. */
export interface News {
  /** The last one first. */
  readonly elements: readonly ChangedByOthers[];
  /** More happened than is at hand. */
  readonly isTooMuch: boolean;
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
    this.#noteLook(request, state);
    if (request.operation.kind === "read") return this.#read(request, draft(state.snapshot), state);
    if (request.actor.kind !== "agent") return { ...draft(state.snapshot), isRead: false, texts: [] };
    return { ...planAgentWrite({ ...state, view: this.#viewOf(request.actor.id, state.log), draft }), isRead: false };
  }

  /** What others changed since the agent was last told; from now on it counts as told. */
  news(agentId: string, { snapshot, log }: DeskState): News {
    const view = this.#viewOf(agentId, log);
    const entries = log.since(view.toldTo(log.revision));
    if (!entries) return { elements: [], isTooMuch: true };
    const changed = new Set<ElementId>();
    for (const { actor, change, revision } of entries.toReversed()) {
      if (actor.id === agentId || actor.kind === "server") continue;
      for (const id of Object.keys(change)) if (view.seenRevision(id) < revision) changed.add(id);
    }
    return { elements: [...changed].flatMap((id) => describe(id, snapshot)), isTooMuch: false };
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

  #read(request: DeskRequest, { output }: DraftedWrite, { snapshot, log }: DeskState): DeskAnswer {
    const { actor, input, operation } = request;
    if (actor.kind === "agent" && !operation.namesOnly) {
      this.#viewOf(actor.id, log).sawElements(readElements({ input, output }, snapshot), log.revision);
    }
    return { isRead: true, output, change: noChange, texts: [] };
  }

  #noteLook({ actor, looked }: DeskRequest, { log }: DeskState): void {
    if (!looked || actor.kind !== "agent") return;
    const view = this.#viewOf(actor.id, log);
    // It may have read some of them again since.
    const news = [...looked.elementIds].filter((id) => view.seenRevision(id) < looked.revision);
    view.sawElements(news, looked.revision);
  }

  #viewOf(agentId: string, log: RecentLog): AgentView {
    const known = this.#views.get(agentId);
    if (known) return known;
    const knownRevision = log.revisionForNewcomer(this.#clock.now() - lifetimes.agentLeaseMs);
    const view = new AgentView(agentId, { knownRevision, toldRevision: log.revision });
    this.#views.set(agentId, view);
    return view;
  }
}

function describe(elementId: ElementId, snapshot: Snapshot): ChangedByOthers[] {
  const node = snapshot.nodes.get(elementId);
  if (!node) return [];
  return [{ elementId, label: labelOf(node), ...(isVisible(snapshot, elementId) ? {} : { isDeleted: true as const }) }];
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
