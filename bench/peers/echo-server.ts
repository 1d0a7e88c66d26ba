// A bare MCP SDK server with one echo tool, in both eras: the floor a tool call is compared with.
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { NodeStreamableHTTPServerTransport, toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";

function echoServer(): McpServer {
  const server = new McpServer({ name: "echo", version: "1.0.0" });
  const inputSchema = z.object({ elementId: z.string(), text: z.string() });
  server.registerTool("echo", { description: "Echoes.", inputSchema }, async ({ text }) => ({
    content: [{ type: "text", text }],
  }));
  return server;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

const sessions = new Map<string, NodeStreamableHTTPServerTransport>();

const sessionful: RequestListener = async (request, response) => {
  const body = await bodyOf(request);
  const known = sessions.get(String(request.headers["mcp-session-id"]));
  if (known) return known.handleRequest(request, response, body);
  const transport: NodeStreamableHTTPServerTransport = new NodeStreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => {
      sessions.set(id, transport);
    },
  });
  await echoServer().connect(transport);
  await transport.handleRequest(request, response, body);
};

const modern = toNodeHandler(createMcpHandler(echoServer));
// The handler's request type asks for properties that Node declares as optional; Node's requests have them.
const stateless: RequestListener = (request, response) =>
  void modern(request as Parameters<typeof modern>[0], response);

/** No MCP at all: what a JSON request costs. */
const plainHttp: RequestListener = async (request, response) => {
  const body = JSON.stringify(await bodyOf(request));
  response.writeHead(200, { "content-type": "application/json" }).end(body);
};

const doors: Readonly<Record<string, RequestListener>> = {
  "/2025": sessionful,
  "/2026": stateless,
  "/http": plainHttp,
};

createServer((request, response) => {
  const door = doors[request.url ?? ""];
  if (door) void door(request, response);
  else response.end("ok");
}).listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
