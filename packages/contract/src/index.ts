export { type Actor, serverActor } from "./actor.ts";
export { type AgentPolicy, accessLevels } from "./agent-policy.ts";
export { type ErrorCode, errorTable, isErrorCode, WaggleError, type WaggleErrorOptions } from "./errors.ts";
export {
  type ClientFrame,
  type ClientHello,
  clientFrames,
  type EntryFrame,
  type ErrorFrame,
  type Participant,
  type PeopleFrame,
  parseFrame,
  protocolVersion,
  type SavedFrame,
  type SealedFrame,
  type SealFrame,
  type ServerFrame,
  type ServerHello,
  schemaVersion,
  serverFrames,
  waggleMessage,
} from "./frames.ts";
export { counts, lifetimes, sizes } from "./limits.ts";
export { type AnyOperation, type Commands, type Operation, type ToolDescription, toCommandName } from "./operation.ts";
export {
  type JsonSchema,
  type McpTool,
  type McpToolOptions,
  objectSchema,
  prefixNames,
  toMcpTool,
} from "./projections.ts";
export { headers, metaKeys, routes } from "./routes.ts";
export type { EndReason, McpSessionEvent, SessionChange, SessionData, SessionGrant, SessionUser } from "./session.ts";
