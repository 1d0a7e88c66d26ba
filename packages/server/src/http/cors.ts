import type { IncomingMessage, ServerResponse } from "node:http";

const methods = "GET, HEAD, POST, DELETE, OPTIONS";
const exposed = "Mcp-Session-Id, Retry-After, WWW-Authenticate";
const requestable = /^(accept|authorization|content-type|last-event-id|mcp-[\w-]+|x-bee-[\w-]+|x-waggle-[\w-]+)$/;
const rememberedSeconds = "600";

/**
 * Lets the page that asks read the answer; its origin has been allowed by then. Done once for all doors, because MCP
 * requests never reach the framework. Returns true when it has answered: a preflight ends here.
 */
export function answerCors(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  response.setHeader("vary", "Origin");
  if (origin === undefined) return false;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", exposed);
  if (request.method !== "OPTIONS" || !request.headers["access-control-request-method"]) return false;
  response.setHeader("access-control-allow-methods", methods);
  response.setHeader("access-control-allow-headers", allowedOf(request.headers["access-control-request-headers"]));
  response.setHeader("access-control-max-age", rememberedSeconds);
  response.writeHead(204).end();
  return true;
}

/** Those of the asked-for headers that are ours. A list can't be fixed: MCP clients may mirror arguments in `Mcp-Param-…`. */
function allowedOf(asked: string | undefined): string {
  const names = (asked ?? "").split(",").map((name) => name.trim().toLowerCase());
  return names.filter((name) => requestable.test(name)).join(", ");
}
