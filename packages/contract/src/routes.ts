/** Where things live on the server. Paths of the contract stay as they are, so that hosts switch by changing an origin. */
export const routes = {
  health: "/health",
  login: "/loginV2",
  token: "/v2/token",
  session: "/v2/sdk/mcp/session",
  template: "/v2/sdk/mcp/template",
  sync: "/v2/sdk/sync",
  mcp: "/v2/sdk/mcp",
  codeMode: "/v2/sdk/mcp/codemode",
  mcpV1: "/v1/sdk/mcp",
  plugin: "/plugin/v2",
} as const;

/** Headers of the contract, in lower case. */
export const headers = {
  templateId: "x-bee-template-id",
  userHandle: "x-bee-user-handle",
  /** Tells apart two agents of one key that share a client name. */
  agent: "x-waggle-agent",
} as const;

/** Names in the `_meta` of MCP requests that are no headers. */
export const metaKeys = {
  /** Of a tool call: the same key again returns the first outcome. */
  idempotencyKey: "x-waggle-idempotency-key",
} as const;
