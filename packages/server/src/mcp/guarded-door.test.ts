import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { headers, routes } from "@waggle/contract";
import { expect, onTestFinished, test } from "vitest";
import { createServer, type WaggleServer } from "../server.ts";

const clientInfo = { name: "scout", version: "1" };
const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo },
};
const discover = {
  jsonrpc: "2.0",
  id: 1,
  method: "server/discover",
  params: {
    _meta: {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": {},
    },
  },
};
const stateless = { "mcp-protocol-version": "2026-07-28", "mcp-method": "server/discover" };
const firstRequests = [
  ["2025", initialize, {}],
  ["2026", discover, stateless],
] as const;

async function startServer(): Promise<WaggleServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), "waggle-door-"));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const server = await createServer({ port: 0, dataFolder, logLevel: "silent" });
  onTestFinished(() => server.close());
  await server.listen();
  return server;
}

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Without the browser's rules, by which `fetch` sends no foreign Host. */
function ask(
  server: WaggleServer,
  { path = routes.mcp, method = "POST", headers: more, body }: Asked,
): Promise<Answer> {
  const fields = {
    authorization: `Bearer ${server.apiKey}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    ...more,
  };
  return new Promise((resolve, reject) => {
    const asking = request(new URL(path, server.address), { method, headers: fields }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, body: text }));
    });
    asking.on("error", reject);
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

test.each(firstRequests)(
  "[DOOR-2] a foreign Host or Origin is refused, this machine's passes (%s)",
  async (_era, body, more) => {
    const server = await startServer();
    const refused = [
      { host: "evil.example" },
      { origin: "http://evil.example" },
      { host: "evil.example:80", origin: "null" },
    ];
    for (const names of refused) {
      const answer = await ask(server, { body, headers: { ...more, ...names } });
      expect([names, answer.status, JSON.parse(answer.body).code]).toEqual([names, 403, 4031]);
    }
    for (const origin of ["http://localhost:3000", server.address]) {
      expect((await ask(server, { body, headers: { ...more, origin } })).status).toBe(200);
    }
    expect((await ask(server, { body, headers: { ...more } })).status).toBe(200);
  },
);

test("[DOOR-4] every method and address of the first version is gone and says where to go", async () => {
  const server = await startServer();
  const old = { "x-bee-uid": "anna", "x-bee-mcp-session-id": "abc" };
  const asked = [
    { path: routes.mcpV1, method: "POST", body: initialize, headers: old },
    { path: routes.mcpV1, method: "GET", headers: old },
    { path: routes.mcpV1, method: "DELETE" },
    { path: `${routes.mcpV1}/`, method: "POST", body: initialize },
    { path: `${routes.mcpV1}/sse?x-bee-uid=anna`, method: "GET" },
    // Nobody has to log in to hear it.
    { path: routes.mcpV1, method: "POST", body: initialize, headers: { authorization: "" } },
  ];
  for (const each of asked) {
    const answer = await ask(server, each);
    expect([each.path, answer.status]).toEqual([each.path, 410]);
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 4101,
      message: expect.stringContaining(headers.templateId),
      details: { code: "VERSION_GONE", use: routes.mcp },
    });
  }
  expect((await ask(server, { path: "/v1/sdk/mcpx", method: "GET" })).status).toBe(404);
});

test("[ROUTE-6] every method of an unknown session is 404", async () => {
  const server = await startServer();
  const session = { "mcp-session-id": "nobody" };
  const list = { jsonrpc: "2.0", id: 7, method: "tools/list" };
  const answers = await Promise.all([
    ask(server, { headers: session, body: list }),
    ask(server, { headers: session, method: "GET" }),
    ask(server, { headers: session, method: "DELETE" }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});
