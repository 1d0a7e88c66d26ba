import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer as createProbe } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { createServer, type ServerOptions, type WaggleServer } from "./server.ts";

async function inFolder(use: (dataFolder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-server-"));
  try {
    await use(join(folder, "data"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withServer(use: (server: WaggleServer) => Promise<void>, options: ServerOptions = {}): Promise<void> {
  await inFolder(async (dataFolder) => {
    const server = await createServer({ port: 0, logLevel: "error", dataFolder, ...options });
    try {
      await server.listen();
      await use(server);
    } finally {
      await server.close();
    }
  });
}

async function connectAgent(
  { address, apiKey }: Pick<WaggleServer, "address" | "apiKey">,
  templateId: string,
): Promise<Client> {
  const client = new Client({ name: "Scout", version: "1.0.0" });
  const headers = { authorization: `Bearer ${apiKey}`, "x-bee-template-id": templateId };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${address}/v2/sdk/mcp`), { requestInit: { headers } }),
  );
  return client;
}

async function login({ address, clientId, clientSecret }: WaggleServer): Promise<string> {
  const response = await fetch(`${address}/loginV2`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, uid: "ann" }),
  });
  return (await response.json()).access_token;
}

function exportOf(
  { address, apiKey }: Pick<WaggleServer, "address" | "apiKey">,
  templateId: string,
): Promise<Response> {
  const headers = { authorization: `Bearer ${apiKey}` };
  return fetch(`${address}/v2/sdk/mcp/template/${templateId}`, { headers });
}

test("what an agent wrote is there after the server was stopped and started again", () =>
  inFolder(async (dataFolder) => {
    const options = { port: 0, logLevel: "error", dataFolder } as const;
    const first = await createServer(options);
    await first.listen();
    const { templateId } = await first.createTemplate();
    const agent = await connectAgent(first, templateId);
    await agent.callTool({ name: "beefree_add_section", arguments: { columns: [12] } });
    await agent.callTool({ name: "beefree_add_title", arguments: { section: 0, column: 0, text: "Hello again" } });
    await first.close();

    const second = await createServer(options);
    await second.listen();
    expect(second.apiKey).toBe(first.apiKey);
    expect(await (await exportOf(second, templateId)).text()).toContain("Hello again");
    await second.close();
  }));

test("an editor's session has an address that its token opens", () =>
  withServer(async (server) => {
    const token = await login(server);
    const { templateId: source } = await server.createTemplate();
    const template = await (await exportOf(server, source)).json();
    const response = await fetch(`${server.address}/v2/sdk/mcp/session`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ template }),
    });
    const { templateId, syncUrl } = await response.json();
    const socket = new WebSocket(`${syncUrl}/${templateId}?token=${token}&waggle=1&username=Ann&instance=a`);
    const first = await new Promise((resolve, reject) => {
      socket.once("message", resolve);
      socket.once("error", reject);
      socket.once("close", reject);
    });
    expect(first).toBeInstanceOf(Buffer);
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    await server.close();
    expect(await closed).toBe(1012);
  }));

test("a host adds its own routes to the same port, out of the API's description", () =>
  withServer(
    async ({ address }) => {
      expect(await (await fetch(`${address}/`)).text()).toBe("the host's page");
      const { paths } = await (await fetch(`${address}/openapi.json`)).json();
      expect(Object.keys(paths)).not.toContain("/");
    },
    { extend: (app) => void app.get("/", async () => "the host's page") },
  ));

test("the address is known once the server listens, and closing twice is harmless", () =>
  inFolder(async (dataFolder) => {
    const server = await createServer({ port: 0, dataFolder });
    expect(() => server.address).toThrow(/listen/);
    expect(await server.listen()).toMatch(/^http:\/\/localhost:\d+$/);
    await Promise.all([server.close(), server.close()]);
    await expect(fetch(`${server.address}/health`)).rejects.toThrow();
  }));

test("a server that never listened closes, too", () =>
  inFolder(async (dataFolder) => {
    const server = await createServer({ port: 0, dataFolder });
    await server.close();
  }));

test("a taken port is named, with what to do", () =>
  withServer(async (running) => {
    const port = Number(new URL(running.address).port);
    await inFolder(async (dataFolder) => {
      const second = await createServer({ port, dataFolder });
      await expect(second.listen()).rejects.toThrow(`Port ${port} is taken by another program. Set PORT`);
      await second.close();
    });
  }));

test("what a host's extension throws ends the start, and the data folder can be opened again", () =>
  inFolder(async (dataFolder) => {
    const extend = () => Promise.reject(new Error("The host is broken."));
    await expect(createServer({ port: 0, dataFolder, extend })).rejects.toThrow("The host is broken.");
    await (await createServer({ port: 0, dataFolder })).close();
  }));

async function freePort(): Promise<number> {
  const probe = createProbe();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("No free port.");
  return address.port;
}

function startCommand(env: Record<string, string>) {
  const main = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, ["--conditions=@waggle/source", main], {
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  const told = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => output.includes(text) && resolve();
      child.stdout.on("data", look);
      child.once("exit", () => resolve());
    });
  for (const stream of [child.stdout, child.stderr]) stream.prependListener("data", (chunk) => (output += chunk));
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, told, exited, output: () => output };
}

test("the command prints where it is and how an agent connects, serves, and ends on SIGTERM", () =>
  inFolder(async (dataFolder) => {
    const port = await freePort();
    const command = startCommand({ PORT: String(port), WAGGLE_DATA: dataFolder });
    await command.told("x-bee-template-id");
    const apiKey = (await readFile(join(dataFolder, "api-key"), "utf8")).trim();
    expect(command.output()).toContain(`MCP address  http://localhost:${port}/v2/sdk/mcp`);
    expect(command.output()).toContain(`API key      ${apiKey}`);
    expect(command.output()).toMatch(
      /claude mcp add --transport http waggle .*\\\n.*\\\n.*x-bee-template-id: tpl_[\w-]{12,}"/,
    );
    expect((await fetch(`http://localhost:${port}/health`)).status).toBe(200);
    for (const signal of ["SIGTERM", "SIGTERM"] as const) command.child.kill(signal);
    expect(await command.exited).toBe(0);
    expect(command.output()).not.toMatch(/warning|error/i);
  }));

test("what an agent was told is saved is there after kill -9", () =>
  inFolder(async (dataFolder) => {
    const port = await freePort();
    const access = { address: `http://localhost:${port}`, apiKey: "wgl_killed" };
    const env = { PORT: String(port), WAGGLE_DATA: dataFolder, WAGGLE_API_KEY: access.apiKey };
    const killed = startCommand(env);
    await killed.told("x-bee-template-id");
    const templateId = /tpl_[\w-]+/.exec(killed.output())?.[0] ?? "";
    const agent = await connectAgent(access, templateId);
    await agent.callTool({ name: "beefree_add_section", arguments: { columns: [12] } });
    for (const text of ["first", "second", "third"]) {
      await agent.callTool({ name: "beefree_add_title", arguments: { section: 0, column: 0, text } });
    }
    killed.child.kill("SIGKILL");
    await killed.exited;

    const restarted = startCommand(env);
    await restarted.told("x-bee-template-id");
    const json = await (await exportOf(access, templateId)).text();
    expect(["first", "second", "third"].filter((text) => !json.includes(text))).toStrictEqual([]);
    restarted.child.kill("SIGTERM");
    await restarted.exited;
  }));

test("the log tells what was asked and how it went, never tokens, keys or content", () =>
  inFolder(async (dataFolder) => {
    const port = await freePort();
    const command = startCommand({ PORT: String(port), WAGGLE_DATA: dataFolder, WAGGLE_LOG: "trace" });
    await command.told("x-bee-template-id");
    const post = (path: string, body: unknown, authorization: string) =>
      fetch(`http://localhost:${port}${path}?token=hush-query`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
    const apiKey = (await readFile(join(dataFolder, "api-key"), "utf8")).trim();
    await post("/loginV2", { client_id: "waggle", client_secret: "hush-secret", uid: "ann" }, "");
    await post("/v2/sdk/mcp/template", { template: { page: "hush-content" } }, `Bearer ${apiKey}`);
    await post("/v2/sdk/mcp/template", '{"template": hush-syntax', `Bearer ${apiKey}`);
    await post("/v2/sdk/mcp", { jsonrpc: "2.0", id: 1, method: "hush-method" }, "Bearer hush-key");
    command.child.kill("SIGTERM");
    await command.exited;
    expect(command.output()).toContain('"path":"/v2/sdk/mcp/template","status":400');
    expect(command.output()).not.toContain("hush");
    // Twice in what the command prints at its start, and nowhere else.
    expect(command.output().split(apiKey)).toHaveLength(3);
  }));

test("the command names what is wrong with its environment and ends", () =>
  inFolder(async (dataFolder) => {
    const command = startCommand({ WAGGLE_DATA: dataFolder, DATABASE_URL: "postgres://db/waggle" });
    expect(await command.exited).toBe(1);
    expect(command.output()).toMatch(/^DATABASE_URL is set, but PostgreSQL is not supported yet\./);
  }));

test("a second server on the same folder, a file in its place and a foreign address are sentences, not stacks", () =>
  inFolder(async (dataFolder) => {
    const first = await createServer({ port: 0, dataFolder });
    await expect(createServer({ port: 0, dataFolder })).rejects.toThrow(/used by another Waggle.*WAGGLE_DATA/);
    await first.close();
    await expect(createServer({ dataFolder: join(dataFolder, "waggle.db") })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    const astray = await createServer({ port: 0, host: "192.0.2.1", dataFolder });
    await expect(astray.listen()).rejects.toThrow(/WAGGLE_HOST/);
    await astray.close();
  }));
