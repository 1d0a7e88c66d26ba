import type { IncomingMessage } from "node:http";
import type { Actor, AnyOperation } from "@waggle/contract";
import type { OperationContext } from "@waggle/operations";
import type { Policy } from "../policy/policy.ts";
import type { RunRemarks, RunRequest } from "../rooms/agent-calls.ts";
import type { CallState as StateOfCall } from "../rooms/call-outcomes.ts";

/** What the MCP door asks of a room. */
export interface AgentRoom {
  /** Reads answer from the snapshot; writes resolve when they are on disk. Rejects with what the operation declares. */
  run(request: AgentRequest): Promise<AgentOutcome>;
  /** What became of the call with this idempotency key. */
  findOutcome(callKey: string): Promise<CallState>;
  /** The agent is here: in the list of people until `agentLeft`. Saying it again is no news. */
  agentSeen(actor: Actor): void;
  agentLeft(actorId: string): void;
}

export interface AgentRequest extends Pick<RunRequest, "policy" | "isDryRun" | "call" | "uses" | "looked" | "without"> {
  readonly actor: Actor;
  readonly operation: AnyOperation<OperationContext>;
  readonly input: unknown;
}

/** See `AgentRoom.findOutcome`. */
export type CallState = StateOfCall<AgentOutcome>;

export interface AgentOutcome extends Partial<RunRemarks> {
  readonly output: unknown;
  readonly revision: number;
  readonly changed: boolean;
}

/**
 * Opens the rooms of a client's templates. Rejects with TEMPLATE_NOT_FOUND, for a template of another client in the same
 * words as for none, or with SESSION_ENDED for one nobody may write to any more.
 */
export interface AgentRooms {
  open(templateId: string, owner: Pick<AgentKey, "clientId">): Promise<AgentRoom>;
}

/** Who presented the API key of a request. */
export interface AgentKey {
  readonly keyId: string;
  readonly clientId: string;
  /** What agents with this key may do; everything when absent. */
  readonly policy?: Policy;
}

/** Reads the API key. Rejects with AUTH_MISSING or AUTH_INVALID. */
export type Authenticate = (request: IncomingMessage) => Promise<AgentKey>;
