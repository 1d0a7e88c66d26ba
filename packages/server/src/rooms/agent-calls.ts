import type { Actor, AnyOperation } from "@waggle/contract";
import type { OperationContext } from "@waggle/operations";
import { applyChange, type ChangeSet, isEmpty, type Json, type Snapshot } from "@waggle/template";
import type { Log } from "../observability/log.ts";
import type { Hold } from "../policy/holds.ts";
import { requireAllowed, requireTools, requireWriter } from "../policy/judge.ts";
import type { Policy } from "../policy/policy.ts";
import type { CallReceipt, Storage, TemplateRecord } from "../storage/storage.ts";
import { AgentDesk, type ChangedByOthers, type DeskAnswer, type Look } from "./agent-desk.ts";
import type { Audience } from "./audience.ts";
import { CallOutcomes, type CallState, type NamedCall } from "./call-outcomes.ts";
import type { Clock } from "./clock.ts";
import type { Presence } from "./presence.ts";
import type { Tenure } from "./tenure.ts";
import { type TouchedFinding, TouchedFindings } from "./touched-findings.ts";

export interface RunRequest {
  readonly actor: Actor;
  readonly operation: AnyOperation<OperationContext>;
  /** Raw: the operation's own schema checks it. */
  readonly input: unknown;
  /** Of the actor's API key; that of the session counts besides. */
  readonly policy?: Policy;
  /** Names of the operations this one is made of, which a policy may leave out. */
  readonly uses?: readonly string[];
  /** Answers as if, refusals included, and writes nothing. */
  readonly isDryRun?: boolean;
  /** Set when the call may come more than once and is to be carried out once. */
  readonly call?: NamedCall;
  /** What the caller read for it, at which revision: what others did before that was seen. */
  readonly looked?: Look;
  /** What the answer is to do without: `remarks` stay for the next answer; `findings` the operation has found itself. */
  readonly without?: "remarks" | "findings";
}

/** What an agent is told besides the operation's own output. */
export interface RunRemarks {
  /** Elements whose text now holds others' typing in the midst of what the actor wrote: worth another look. */
  readonly mixed: readonly string[];
  /** What is wrong with what was touched. */
  readonly findings?: readonly TouchedFinding[];
  /** How many there are besides. */
  readonly moreFindings?: number;
  /** What others changed since this agent was last told. */
  readonly othersChanged?: readonly ChangedByOthers[];
  /** What else the agent should know, in words of ours. */
  readonly notes?: readonly string[];
}

export interface RunResult extends RunRemarks {
  readonly output: unknown;
  /** The revision the answer is about. */
  readonly revision: number;
  readonly changed: boolean;
}

/** A drafted change that may be written. */
export interface ChangeToWrite {
  readonly actor: Actor;
  readonly operation: string;
  readonly change: ChangeSet;
  /** What to keep with the entry, once the change is in the document and `snapshot` holds it. */
  readonly receiptFor: (revision: number, snapshot: Snapshot) => CallReceipt | undefined;
}

/** What calls of agents need of their room. */
export interface AgentCallsOptions {
  readonly record: () => Pick<TemplateRecord, "policy">;
  readonly audience: Audience;
  readonly presence: Presence;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly templateId: string;
  /** What is loaded, once it is. Rejects when nobody may call any more. */
  readonly enter: () => Tenure | Promise<Tenure>;
  /** Throws SESSION_ENDED. */
  readonly requireOpen: () => void;
  /** Writes to document, sockets and log without a pause. `saved` resolves once it is on disk. */
  readonly write: (
    tenure: Tenure,
    change: ChangeToWrite,
  ) => { readonly revision: number; readonly saved: Promise<void> };
}

const mostFindings = 3;
const mostElements = 5;
const noOwner =
  "x-bee-user-handle names nobody who is here, so you have no owner and locks do not bind you. That changes when the person joins.";
const noOwnerHonoured =
  "x-bee-user-handle names nobody who is here, so you have no owner: you are kept from everything that anyone has selected. That changes when the person joins.";

/** Operations that are run for somebody: judged, carried out once, written, and answered with what else there is to know. */
export class AgentCalls {
  readonly desk: AgentDesk;
  readonly #options: AgentCallsOptions;
  readonly #outcomes: CallOutcomes<RunResult>;
  /** Agents that have been told that nobody is their owner. */
  readonly #ownerless = new Set<string>();
  readonly #touched = new TouchedFindings();

  constructor(options: AgentCallsOptions) {
    this.#options = options;
    this.desk = new AgentDesk(options.clock);
    this.#outcomes = new CallOutcomes(options.templateId, options.storage);
  }

  /** See `Room.run`. */
  run(request: RunRequest): Promise<RunResult> {
    const isOnce = request.call !== undefined && !request.isDryRun && request.operation.kind === "write";
    return isOnce && request.call ? this.#outcomes.once(request.call, () => this.#run(request)) : this.#run(request);
  }

  /** What became of a call that named a key. */
  findOutcome(callKey: string): Promise<CallState<RunResult>> {
    return this.#outcomes.find(callKey);
  }

  forget(agentId: string): void {
    this.desk.forget(agentId);
    this.#ownerless.delete(agentId);
  }

  async #run(request: RunRequest): Promise<RunResult> {
    const entered = this.#options.enter();
    const tenure = entered instanceof Promise ? await entered : entered;
    this.#options.requireOpen();
    const planned = this.#plan(request, tenure);
    const { change } = planned;
    if (planned.isRead || isEmpty(change)) return this.#answer(request, planned, tenure);
    if (request.isDryRun) {
      const snapshot = applyChange(tenure.document.snapshot, change);
      return { ...this.#answer(request, planned, tenure), ...this.#findings({ request, change, snapshot }) };
    }
    return this.#write(request, planned, tenure);
  }

  #plan(request: RunRequest, { document, log }: Tenure): DeskAnswer {
    const { operation, actor } = request;
    const { snapshot } = document;
    if (actor.kind !== "agent") return this.desk.plan(request, { snapshot, log });
    const policies = this.#policiesFor(request);
    if (operation.kind === "write") requireWriter(operation.name, policies);
    requireTools([operation.name, ...(request.uses ?? [])], policies);
    const gate = (change: ChangeSet): void =>
      requireAllowed({ operation: operation.name, change, snapshot }, { policies, holds: this.#holdsAgainst(request) });
    return this.desk.plan(request, { snapshot, log, gate });
  }

  async #write(request: RunRequest, planned: DeskAnswer, tenure: Tenure): Promise<RunResult> {
    const { operation, call } = request;
    const { change } = planned;
    const before = this.#answer(request, planned, tenure);
    const finish = (revision: number, snapshot: Snapshot): RunResult => ({
      ...before,
      revision,
      changed: true,
      ...this.#findings({ request, change, snapshot }),
    });
    let result: RunResult | undefined;
    const { revision, saved } = this.#options.write(tenure, {
      actor: this.#asSeen(request.actor),
      operation: operation.name,
      change,
      receiptFor: (next, snapshot) => {
        if (!call) return undefined;
        result = finish(next, snapshot);
        // Outputs of operations are JSON by their schemas.
        return { ...call, outcome: result as unknown as Json };
      },
    });
    this.desk.wrote(request.actor, planned.texts, revision);
    // Without a receipt the disk need not wait for what is said besides.
    result ??= finish(revision, tenure.document.snapshot);
    await saved;
    return result;
  }

  #answer({ actor, without }: RunRequest, planned: DeskAnswer, { document, log }: Tenure): RunResult {
    const mixed = planned.texts.filter(({ isMixed }) => isMixed).map(({ elementId }) => elementId);
    const answer = { output: planned.output, revision: log.revision, changed: false, mixed };
    if (actor.kind !== "agent" || without === "remarks") return answer;
    const news = this.desk.news(actor.id, { snapshot: document.snapshot, log });
    const rest = news.elements.length - mostElements;
    const notes = [
      ...this.#ownerNote(actor),
      ...(news.isTooMuch ? ["Others changed much since your last call: call get_content_hierarchy."] : []),
      ...(rest > 0 ? [`Others changed ${rest} more elements: call get_content_hierarchy.`] : []),
    ];
    return {
      ...answer,
      ...(news.elements.length > 0 && { othersChanged: news.elements.slice(0, mostElements) }),
      ...(notes.length > 0 && { notes }),
    };
  }

  #findings({ request, change, snapshot }: Touched): Partial<Pick<RunRemarks, "findings" | "moreFindings">> {
    if (request.actor.kind !== "agent" || request.without !== undefined) return {};
    try {
      const findings = this.#touched.find(change, snapshot);
      const rest = findings.length - mostFindings;
      return {
        ...(findings.length > 0 && { findings: findings.slice(0, mostFindings) }),
        ...(rest > 0 && { moreFindings: rest }),
      };
    } catch (error) {
      // What was written is written: a check that breaks is no reason to say otherwise.
      this.#options.log.error(
        { templateId: this.#options.templateId, error },
        "What was touched could not be checked.",
      );
      return {};
    }
  }

  #policiesFor({ policy }: RunRequest): readonly Policy[] {
    return [this.#options.record().policy, policy].filter((each) => each !== undefined);
  }

  /** The agent as the others know it: an owner who is not here is none. */
  #asSeen(actor: Actor): Actor {
    if (actor.owner === undefined || this.#options.presence.hasHandle(actor.owner)) return actor;
    const { owner: _absent, ...rest } = actor;
    return rest;
  }

  /** What people hold that the agent has to leave alone. */
  #holdsAgainst(request: RunRequest): readonly Hold[] {
    const { owner } = this.#asSeen(request.actor);
    if (owner !== undefined) return this.#options.audience.holds.filter(({ handle }) => handle !== owner);
    const isHonoured = this.#policiesFor(request).some(({ locks }) => locks === "honour");
    return isHonoured ? this.#options.audience.holds : [];
  }

  /** Said once, and again when the owner has come and gone. */
  #ownerNote(actor: Actor): readonly string[] {
    if (actor.owner === undefined) return [];
    if (this.#asSeen(actor).owner !== undefined) {
      this.#ownerless.delete(actor.id);
      return [];
    }
    if (this.#ownerless.has(actor.id)) return [];
    this.#ownerless.add(actor.id);
    return [this.#options.record().policy?.locks === "honour" ? noOwnerHonoured : noOwner];
  }
}

interface Touched {
  readonly request: RunRequest;
  readonly change: ChangeSet;
  /** Holds the change. */
  readonly snapshot: Snapshot;
}
