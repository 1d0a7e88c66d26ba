import type { IncomingMessage } from "node:http";
import type { Actor, AnyOperation } from "@waggle/contract";
import type { OperationContext } from "@waggle/operations";

/** What the MCP door asks of a room. */
export interface AgentRoom {
  /** Whose template it is: keys of other clients do not find it. */
  readonly record: { readonly clientId: string };
  /** Reads answer from the snapshot; writes resolve when they are on disk. Rejects with what the operation declares. */
  run(request: AgentRequest): Promise<AgentOutcome>;
  /** The agent is here: in the list of people until `agentLeft`. Saying it again is no news. */
  agentSeen(actor: Actor): void;
  agentLeft(actorId: string): void;
}

export interface AgentRequest {
  readonly actor: Actor;
  readonly operation: AnyOperation<OperationContext>;
  readonly input: unknown;
}

export interface AgentOutcome {
  readonly output: unknown;
  readonly revision: number;
  readonly changed: boolean;
  /** Elements whose text now holds others' typing in the midst of what the agent wrote. */
  readonly mixed?: readonly string[];
}

/** Opens rooms. Rejects with TEMPLATE_NOT_FOUND, or SESSION_ENDED for a template nobody may write to any more. */
export interface AgentRooms {
  open(templateId: string): Promise<AgentRoom>;
}

/** Who presented the API key of a request. */
export interface AgentKey {
  readonly keyId: string;
  readonly clientId: string;
}

/** Reads the API key. Rejects with AUTH_MISSING or AUTH_INVALID. */
export type Authenticate = (request: IncomingMessage) => Promise<AgentKey>;
