import type { IncomingMessage, ServerResponse } from "node:http";
import type { AgentKey } from "./ports.ts";

/** One request at the door and its answer: the key is checked, the body read. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly key: AgentKey;
  /** The parsed body; undefined for GET and DELETE. */
  readonly body: unknown;
}
