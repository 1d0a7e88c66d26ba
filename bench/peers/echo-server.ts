// A bare MCP SDK server that echoes, in both eras, and one that also syncs a line to disk: what a tool call is compared with.
import { randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NodeStreamableHTTPServerTransport, toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, McpServer, Server } from "@modelcontextprotocol/server";
import { toMcpTool } from "@waggle/contract";
import { operations } from "@waggle/operations";
import { z } from "zod";

const journal = await open(join(process.env.WAGGLE_DATA ?? tmpdir(), "journal"), "a");

/** The least a durable write can cost here: one line appended, one sync. */
async function writeDown(line: string): Promise<void> {
  await journal.write(line);
  await journal.datasync();
}

function echoServer(): McpServer {
  const server = new McpServer({ name: "echo", version: "1.0.0" });
  const inputSchema = z.object({ elementId: z.string(), text: z.string() });
  server.registerTool("echo", { description: "Echoes.", inputSchema }, async ({ text }) => ({
    content: [{ type: "text", text }],
  }));
  server.registerTool("echo_durable", { description: "Echoes when it is on disk.", inputSchema }, async (input) => {
    await writeDown(JSON.stringify(input));
    return { content: [{ type: "text", text: input.text }] };
  });
  return server;
}

const list = { tools: operations.map((operation) => ({ ...toMcpTool(operation, { prefix: "beefree_" }) })) };

/** Lists tools as large as Waggle's, from one object made beforehand. */
function listServer(): Server {
  const server = new Server({ name: "list", version: "1.0.0" }, { capabilities: { tools: {} } });
  server.setRequestHandler("tools/list", () => list);
  return server;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

const sessions = new Map<string, NodeStreamableHTTPServerTransport>();

/** A server of the protocol library for each session. */
function sessionful(make: () => McpServer | Server): RequestListener {
  return async (request, response) => {
    const body = await bodyOf(request);
    const known = sessions.get(String(request.headers["mcp-session-id"]));
    if (known) return known.handleRequest(request, response, body);
    const transport: NodeStreamableHTTPServerTransport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        sessions.set(id, transport);
      },
    });
    await make().connect(transport);
    await transport.handleRequest(request, response, body);
  };
}

/** And one for each request. */
function stateless(make: () => McpServer | Server): RequestListener {
  const modern = toNodeHandler(createMcpHandler(make));
  // The handler's request type asks for properties that Node declares as optional; Node's requests have them.
  return (request, response) => void modern(request as Parameters<typeof modern>[0], response);
}

/** No MCP at all: what a JSON request costs. */
const plainHttp: RequestListener = async (request, response) => {
  const body = JSON.stringify(await bodyOf(request));
  response.writeHead(200, { "content-type": "application/json" }).end(body);
};

const doors: Readonly<Record<string, RequestListener>> = {
  "/2025": sessionful(echoServer),
  "/2026": stateless(echoServer),
  "/2025/list": sessionful(listServer),
  "/2026/list": stateless(listServer),
  "/http": plainHttp,
};

// As long as Waggle's: a connection waits while other rows are measured.
const keepAliveTimeout = 72_000;

createServer({ keepAliveTimeout }, (request, response) => {
  const door = doors[request.url ?? ""];
  if (door) void door(request, response);
  else response.end("ok");
}).listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
