const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Life times of editor-managed and API-managed sessions. Source: contract §1. All in milliseconds. */
export const lifetimes = {
  /** The client ends an editor-managed session after this, whatever agents do. */
  editorSessionMs: 10 * minute,
  editorActiveMs: hour,
  editorLastLeftMs: 5 * minute,
  apiActiveMs: 33 * hour,
  apiLastLeftMs: 24 * hour,
  /** Browser token; source: wire.md, doors. */
  tokenMs: hour,
  /** An agent counts as gone this long after its last call; source: wire.md, who is an agent. */
  agentLeaseMs: 2 * minute,
  /**
   * What was deleted can be brought back by anyone's browser, and takes what an absent one still sends, for this long; then
   * it is purged, and only undoing its deletion brings it back.
   */
  trashMs: 24 * hour,
  /** A lost connection is tried for this long, then the session ends; source: contract §3. */
  reconnectMs: minute,
  /** How long the SDK waits for the sealed state; source: wire.md, end of a session. */
  sealWaitMs: 3 * second,
} as const;

/** Guards against oversized input; source: research on hostile input, each from a measured attack. All in bytes. */
export const sizes = {
  httpBody: 8 * 1024 * 1024,
  socketFrame: 1024 * 1024,
  awareness: 8 * 1024,
  socketBuffer: 4 * 1024 * 1024,
} as const;

/** Guards against too many of something. */
export const counts = {
  /** MCP sessions of one API key (protocols up to 2025-11-25) that a server keeps at once. */
  mcpSessionsPerKey: 1000,
  /** Edits of one batch. */
  editsPerBatch: 100,
} as const;
