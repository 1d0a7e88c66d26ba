import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sizes, WaggleError } from "@waggle/contract";
import { expect, test } from "vitest";
import { ApiKeys } from "../auth/api-keys.ts";
import { Authentication } from "../auth/authentication.ts";
import { BrowserTokens } from "../auth/browser-tokens.ts";
import { prepareCredentials } from "../auth/credentials.ts";
import type { Config } from "../config/config.ts";
import { defaultConfig } from "../config/config.ts";
import { openSqlite } from "../storage/sqlite/open-sqlite.ts";
import { createApp, type RestApp } from "./app.ts";
import { NameGuard } from "./door-guard.ts";
import { type Doors, FrontDoor } from "./front-door.ts";
import { addPluginFiles, findEditorBuild } from "./plugin-files.ts";
import type { Sessions } from "./ports.ts";
import { addRestRoutes } from "./rest-routes.ts";

interface Setting {
  readonly origin: string;
  readonly port: number;
  readonly folder: string;
  readonly apiKey: string;
  readonly clientSecret: string;
  readonly clock: { time: number };
  readonly app: RestApp;
  readonly front: FrontDoor;
  readonly closeStorage: () => Promise<void>;
}

/** Doors that only say that they were reached. */
const plainDoors: Doors = {
  mcp: {
    handle: (request, response) => {
      response.writeHead(200, { "content-type": "text/plain" }).end(`mcp ${request.method}`);
    },
    close: async () => {},
  },
  sync: {
    upgrade: (request, socket) => {
      socket.end(`HTTP/1.1 101 Switching Protocols\r\nx-reached: ${request.url}\r\n\r\n`);
    },
    close: async () => {},
  },
};

/** Sessions of one process, in memory. */
class MemorySessions implements Sessions {
  readonly #templates = new Map<string, { template: unknown; clientId: string }>();

  async createEditorSession({ template, clientId }: Parameters<Sessions["createEditorSession"]>[0]) {
    const { templateId } = await this.createTemplate({ template, clientId });
    return { templateId, expiresAt: 5_000, generation: 1 };
  }

  async createTemplate({ template = { page: {} }, clientId }: Parameters<Sessions["createTemplate"]>[0]) {
    if (typeof template !== "object") {
      throw new WaggleError("INVALID_TEMPLATE", { message: "A template is an object.", data: { pointer: "" } });
    }
    const templateId = `tpl_${this.#templates.size}`;
    this.#templates.set(templateId, { template, clientId });
    return { templateId };
  }

  async exportTemplate(templateId: string, clientId: string) {
    const found = this.#templates.get(templateId);
    if (found?.clientId !== clientId) throw new WaggleError("TEMPLATE_NOT_FOUND", { message: "No such template." });
    return JSON.parse(JSON.stringify(found.template));
  }
}

async function withServer(use: (setting: Setting) => Promise<void>, changes: Partial<Config> = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-http-"));
  const config = { ...defaultConfig, ...changes, dataFolder: folder, logLevel: "silent" as const };
  const front: FrontDoor = new FrontDoor({ guard: new NameGuard(config), log: () => app.log });
  const app = await createApp({ front, logLevel: config.logLevel, version: "1.2.3" });
  const storage = await openSqlite({ file: join(folder, "waggle.db") });
  try {
    const clock = { time: 1_800_000_000_000, now: () => clock.time };
    const client = await prepareCredentials({ config, storage, clock });
    const secret = await storage.secret("browser-tokens");
    addRestRoutes(app, {
      authentication: new Authentication({
        keys: new ApiKeys({ storage, clock }),
        tokens: new BrowserTokens({ secret, clock }),
        client,
      }),
      sessions: new MemorySessions(),
      publicUrl: config.publicUrl,
      checkStorage: () => storage.check(),
      version: "1.2.3",
    });
    addPluginFiles(app, { findFolder: () => join(folder, "plugin") });
    app.get("/breaks", async () => {
      throw new Error("A secret of the inside.");
    });
    front.open(plainDoors);
    const origin = await app.listen({ port: 0, host: "127.0.0.1" });
    const { apiKey, clientSecret } = client;
    const port = Number(new URL(origin).port);
    const closeStorage = () => storage.close();
    await use({ origin, port, folder, apiKey, clientSecret, clock, app, front, closeStorage });
  } finally {
    await app.close();
    await storage.close();
    await rm(folder, { recursive: true });
  }
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Call {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Sends a path and headers exactly as they are given, which `fetch` does not. */
async function raw({ port }: Setting, path: string, { method = "GET", headers = {}, body }: Call = {}) {
  const answered = Promise.withResolvers<IncomingMessage>();
  const request = httpRequest({ host: "127.0.0.1", port, path, method, headers, agent: false }, answered.resolve);
  request.on("error", answered.reject);
  request.on("upgrade", answered.resolve);
  request.end(body);
  const response = await answered.promise;
  const chunks: Buffer[] = [];
  if (response.statusCode !== 101) for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return { status: response.statusCode ?? 0, headers: response.headers, text } satisfies Answer;
}

async function postJson(
  { origin }: Setting,
  path: string,
  { body, credential }: { body?: unknown; credential?: string },
) {
  const response = await fetch(origin + path, {
    method: "POST",
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(credential && { authorization: `Bearer ${credential}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

async function browserToken(setting: Setting): Promise<string> {
  const body = { client_id: "waggle", client_secret: setting.clientSecret, uid: "ann" };
  const { json } = await postJson(setting, "/loginV2", { body });
  return json.access_token;
}

test("health tells status, version, uptime and whether the store answers", () =>
  withServer(async (setting) => {
    const well = await (await fetch(`${setting.origin}/health`)).json();
    expect(well).toStrictEqual({ status: "ok", version: "1.2.3", uptimeSeconds: expect.any(Number), storage: "ok" });
    await setting.closeStorage();
    const failing = await fetch(`${setting.origin}/health`);
    expect(failing.status).toBe(503);
    expect(await failing.json()).toMatchObject({ status: "failing", storage: "failing" });
  }));

test("describes itself as OpenAPI 3.1", () =>
  withServer(async ({ origin }) => {
    const api = await (await fetch(`${origin}/openapi.json`)).json();
    expect(api.openapi).toBe("3.1.1");
    expect(Object.keys(api.paths).sort()).toStrictEqual([
      "/health",
      "/loginV2",
      "/v2/sdk/mcp/session",
      "/v2/sdk/mcp/template",
      "/v2/sdk/mcp/template/{templateId}",
      "/v2/token",
    ]);
    const login = api.paths["/loginV2"].post.requestBody.content["application/json"].schema;
    expect(login.required).toStrictEqual(["client_id", "client_secret", "uid"]);
  }));

test("a host's backend gets a token, and its holder a fresh one", () =>
  withServer(async (setting) => {
    const body = { client_id: "waggle", client_secret: setting.clientSecret, uid: "ann" };
    const { status, headers, json } = await postJson(setting, "/loginV2", { body });
    expect([status, headers.get("cache-control")]).toStrictEqual([200, "no-store"]);
    expect(json).toStrictEqual({ access_token: expect.any(String), v2: true, expires_in: 3600 });
    setting.clock.time += 1000;
    const renewed = await postJson(setting, "/v2/token", { credential: json.access_token });
    expect(renewed.json).toStrictEqual({ access_token: expect.any(String), v2: true, expires_in: 3600 });
    expect(renewed.json.access_token).not.toBe(json.access_token);
  }));

test("missing, wrong and expired credentials are 401 with the contract's numbers", () =>
  withServer(async (setting) => {
    const token = await browserToken(setting);
    const bad = { client_id: "waggle", client_secret: "wrong", uid: "ann" };
    const refusals = [
      await postJson(setting, "/v2/token", {}),
      await postJson(setting, "/v2/token", { credential: setting.apiKey }),
      await postJson(setting, "/v2/sdk/mcp/template", { body: {} }),
      await postJson(setting, "/v2/sdk/mcp/template", { body: {}, credential: token }),
      await postJson(setting, "/loginV2", { body: bad }),
    ];
    setting.clock.time += 3_600_000;
    refusals.push(await postJson(setting, "/v2/token", { credential: token }));
    expect(refusals.map(({ status, json }) => [status, json.code])).toStrictEqual([
      [401, 4001],
      [401, 4005],
      [401, 4001],
      [401, 4005],
      [401, 4005],
      [401, 4010],
    ]);
    expect(refusals[0]?.headers.get("www-authenticate")).toBe("Bearer");
  }));

test("an editor starts a session with its token and learns where to connect", () =>
  withServer(async (setting) => {
    const credential = await browserToken(setting);
    const { status, json } = await postJson(setting, "/v2/sdk/mcp/session", { body: { template: {} }, credential });
    const syncUrl = `ws://127.0.0.1:${setting.port}/v2/sdk/sync`;
    expect([status, json]).toStrictEqual([200, { templateId: "tpl_0", syncUrl, expiresAt: 5_000, generation: 1 }]);
  }));

test("the public address decides where browsers connect", () =>
  withServer(
    async (setting) => {
      const credential = await browserToken(setting);
      const { json } = await postJson(setting, "/v2/sdk/mcp/session", { body: { template: {} }, credential });
      expect(json.syncUrl).toBe("wss://waggle.example.com/v2/sdk/sync");
    },
    { publicUrl: new URL("https://waggle.example.com") },
  ));

test("a backend creates a template and reads it back, with or without a body", () =>
  withServer(async (setting) => {
    const credential = setting.apiKey;
    const template = { page: { title: "Spring", "{{tag}}": [1, null, "ü"] } };
    const made = await postJson(setting, "/v2/sdk/mcp/template", { body: { template, mergeTags: [] }, credential });
    expect([made.status, made.json]).toStrictEqual([200, { templateId: "tpl_0" }]);
    const headers = { authorization: `Bearer ${credential}` };
    const read = await fetch(`${setting.origin}/v2/sdk/mcp/template/tpl_0`, { headers });
    expect(await read.json()).toStrictEqual(template);
    expect((await postJson(setting, "/v2/sdk/mcp/template", { credential })).json).toStrictEqual({
      templateId: "tpl_1",
    });
    const none = await fetch(`${setting.origin}/v2/sdk/mcp/template/tpl_9`, { headers });
    expect([none.status, (await none.json()).code]).toStrictEqual([404, 4040]);
  }));

test("what is wrong with a request is said in the one shape of errors", () =>
  withServer(async (setting) => {
    const json = { "content-type": "application/json" };
    const login = (body: string, headers: Record<string, string> = json) =>
      raw(setting, "/loginV2", { method: "POST", headers, body });
    const answers = {
      fields: await login('{"client_id":"waggle"}'),
      syntax: await login('{"client_secret":"hush'),
      prototype: await login('{"__proto__":{"x":1}}'),
      media: await login("<xml/>", { "content-type": "text/xml" }),
      nowhere: await raw(setting, "/v9/none?token=hush"),
      unnamed: await raw(setting, "/v2/sdk/mcp/template", { headers: { authorization: `Bearer ${setting.apiKey}` } }),
      inside: await raw(setting, "/breaks"),
    };
    const told = Object.entries(answers).map(([name, { status, text }]) => [name, status, JSON.parse(text).code]);
    expect(told).toStrictEqual([
      ["fields", 400, 2200],
      ["syntax", 400, 2200],
      ["prototype", 400, 2200],
      ["media", 400, 2200],
      ["nowhere", 404, 4042],
      ["unnamed", 404, 4042],
      ["inside", 500, 5001],
    ]);
    expect(JSON.parse(answers.fields.text)).toStrictEqual({
      code: 2200,
      message: expect.stringContaining("/client_secret"),
      details: {
        code: "INVALID_INPUT",
        issues: expect.arrayContaining([{ path: "/uid", message: expect.any(String) }]),
      },
    });
    expect(JSON.stringify(answers)).not.toMatch(/hush|secret of the inside/);
  }));

test("a body over the limit is 413 and names the limit", () =>
  withServer(async (setting) => {
    const credential = await browserToken(setting);
    const body = { template: "x".repeat(sizes.httpBody) };
    const { status, json } = await postJson(setting, "/v2/sdk/mcp/session", { body, credential });
    expect([status, json.code, json.details]).toStrictEqual([
      413,
      4130,
      { code: "BODY_TOO_LARGE", limit: sizes.httpBody },
    ]);
  }));

test("MCP requests reach their endpoint unparsed; code mode and version 1 say what to do", () =>
  withServer(async (setting) => {
    const broken = { method: "POST", headers: { "content-type": "application/json" }, body: "{not json" };
    expect((await raw(setting, "/v2/sdk/mcp", broken)).text).toBe("mcp POST");
    expect((await raw(setting, "/v2/sdk/mcp/?x=1")).text).toBe("mcp GET");
    const later = await raw(setting, "/v2/sdk/mcp/codemode", broken);
    expect([later.status, JSON.parse(later.text)]).toStrictEqual([
      404,
      { code: 4042, message: expect.stringContaining("/v2/sdk/mcp"), details: { code: "NOT_FOUND" } },
    ]);
    const gone = await raw(setting, "/v1/sdk/mcp", broken);
    expect([gone.status, JSON.parse(gone.text).code]).toStrictEqual([410, 4101]);
  }));

const doorsToGuard = ["/health", "/v2/sdk/mcp", "/v2/sdk/mcp/template", "/plugin/v2/editor.js", "/nowhere"];

test.each(doorsToGuard)("%s is shut to foreign host names and foreign pages", (path) =>
  withServer(async (setting) => {
    const foreign: Record<string, string>[] = [
      { host: "evil.example" },
      { host: "localhost.evil.example" },
      { host: "evil.example@localhost" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "https://localhost.evil.example" },
    ];
    for (const headers of foreign) {
      const { status, text, headers: answered } = await raw(setting, path, { headers });
      expect([headers, status, JSON.parse(text).code]).toStrictEqual([headers, 403, 4031]);
      expect(answered["access-control-allow-origin"]).toBeUndefined();
    }
  }),
);

test("the server's own names pass: this machine, its public address, and the one it listens on", () =>
  withServer(
    async (setting) => {
      for (const host of ["localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:8787", "waggle.example.com", "127.0.0.2"]) {
        expect([host, (await raw(setting, "/health", { headers: { host } })).status]).toStrictEqual([host, 200]);
      }
    },
    { host: "127.0.0.2", publicUrl: new URL("https://waggle.example.com") },
  ));

test("pages of this machine, the public address and the configured origins pass", () =>
  withServer(
    async (setting) => {
      const allowed = ["http://localhost:3000", "https://waggle.example.com", "https://app.example.com"];
      for (const origin of allowed) {
        const { status, headers } = await raw(setting, "/health", { headers: { origin } });
        expect([status, headers["access-control-allow-origin"]]).toStrictEqual([200, origin]);
        expect(headers["access-control-expose-headers"]).toContain("Mcp-Session-Id");
      }
      const { status } = await raw(setting, "/health", { headers: { origin: "http://app.example.com" } });
      expect(status).toBe(403);
    },
    { publicUrl: new URL("https://waggle.example.com"), origins: ["https://app.example.com"] },
  ));

test("with any origin allowed, foreign pages pass and foreign host names still don't", () =>
  withServer(
    async (setting) => {
      expect((await raw(setting, "/health", { headers: { origin: "null" } })).status).toBe(200);
      expect((await raw(setting, "/health", { headers: { host: "evil.example" } })).status).toBe(403);
    },
    { origins: "any" },
  ));

test.each(["/v2/sdk/mcp", "/v2/sdk/mcp/session"])("a preflight to %s names the headers that may be sent", (path) =>
  withServer(async (setting) => {
    const asked = "authorization, content-type, mcp-protocol-version, Mcp-Param-City, x-bee-template-id, x-evil";
    const { status, headers } = await raw(setting, path, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:3000",
        "access-control-request-method": "POST",
        "access-control-request-headers": asked,
      },
    });
    expect(status).toBe(204);
    expect(headers["access-control-allow-headers"]).toBe(
      "authorization, content-type, mcp-protocol-version, mcp-param-city, x-bee-template-id",
    );
    expect(headers["access-control-allow-methods"]).toContain("DELETE");
    expect(headers.vary).toBe("Origin");
  }),
);

test("every answer carries the security headers", () =>
  withServer(async (setting) => {
    for (const path of ["/health", "/v2/sdk/mcp", "/nowhere"]) {
      expect((await raw(setting, path)).headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
      });
    }
  }));

const upgrade = { connection: "Upgrade", upgrade: "websocket" };

test("a socket for a template reaches the rooms; any other, and any foreign one, does not", () =>
  withServer(async (setting) => {
    const taken = await raw(setting, "/v2/sdk/sync/tpl_a?waggle=1", { headers: upgrade });
    expect([taken.status, taken.headers["x-reached"]]).toStrictEqual([101, "/v2/sdk/sync/tpl_a?waggle=1"]);
    const elsewhere = await raw(setting, "/elsewhere", { headers: upgrade });
    expect([elsewhere.status, JSON.parse(elsewhere.text).code]).toStrictEqual([404, 4042]);
    const headers = { ...upgrade, origin: "https://evil.example" };
    expect((await raw(setting, "/v2/sdk/sync/tpl_a", { headers })).status).toBe(403);
  }));

test("while the server closes, requests and sockets are told to come back", () =>
  withServer(async (setting) => {
    setting.front.startClosing();
    const { status, headers, text } = await raw(setting, "/health");
    expect([status, JSON.parse(text).code, headers["retry-after"], headers.connection]).toStrictEqual([
      503,
      5032,
      "1",
      "close",
    ]);
    expect((await raw(setting, "/v2/sdk/sync/tpl_a", { headers: upgrade })).status).toBe(503);
  }));

async function buildPlugin({ folder }: Setting): Promise<void> {
  await mkdir(join(folder, "plugin", "deep"), { recursive: true });
  await writeFile(join(folder, "plugin", "editor.js"), "export {};");
  await writeFile(join(folder, "plugin", "text-B1u3_x-9.js"), "export const text = 1;");
  await writeFile(join(folder, "plugin", "deep", "inter.woff2"), "font");
  await writeFile(join(folder, "plugin", ".hidden"), "hidden");
}

test("the editor's files have their types, and only those named by content are kept for good", () =>
  withServer(async (setting) => {
    await buildPlugin(setting);
    const entry = await raw(setting, "/plugin/v2/editor.js");
    expect([entry.status, entry.text]).toStrictEqual([200, "export {};"]);
    expect(entry.headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-cache",
      "content-length": "10",
      "cross-origin-resource-policy": "cross-origin",
    });
    const unchanged = await raw(setting, "/plugin/v2/editor.js", {
      headers: { "if-none-match": String(entry.headers.etag) },
    });
    expect([unchanged.status, unchanged.text]).toStrictEqual([304, ""]);
    const chunk = await raw(setting, "/plugin/v2/text-B1u3_x-9.js");
    expect(chunk.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect((await raw(setting, "/plugin/v2/deep/inter.woff2")).headers["content-type"]).toBe("font/woff2");
    expect((await raw(setting, "/plugin/v2/editor.js", { method: "HEAD" })).text).toBe("");
  }));

const traversals = [
  "../waggle.db",
  "%2e%2e/waggle.db",
  "..%2fwaggle.db",
  "deep/../../api-key",
  ".hidden",
  "deep",
  "",
  "a//b",
];

test.each(traversals)("no file outside the editor's build is served: /plugin/v2/%s", (path) =>
  withServer(async (setting) => {
    await buildPlugin(setting);
    const { status, text } = await raw(setting, `/plugin/v2/${path}`);
    expect([status, JSON.parse(text).code]).toStrictEqual([404, 4042]);
  }),
);

test("a server whose editor is not built says so", () =>
  withServer(async (setting) => {
    const { status, text } = await raw(setting, "/plugin/v2/editor.js");
    expect([status, JSON.parse(text).message]).toStrictEqual([404, expect.stringContaining("npm run build")]);
  }));

test("the editor's build is found beside this package", () => {
  expect(findEditorBuild()).toMatch(/editor\/dist\/browser$/);
});
