import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WaggleError } from "@waggle/contract";
import { ApiKeys } from "../auth/api-keys.ts";
import { Authentication } from "../auth/authentication.ts";
import { BrowserTokens } from "../auth/browser-tokens.ts";
import { prepareCredentials } from "../auth/credentials.ts";
import type { Config } from "../config/config.ts";
import { defaultConfig } from "../config/config.ts";
import { openSqlite } from "../storage/sqlite/open-sqlite.ts";
import { createApp, type RestApp } from "./app.ts";
import { NameGuard } from "./door-guard.ts";
import { type Doors, FrontDoor, type Patience } from "./front-door.ts";
import { addPluginFiles } from "./plugin-files.ts";
import type { Sessions } from "./ports.ts";
import { addRestRoutes } from "./rest-routes.ts";

/** A web framework behind a front door, listening, on real storage and authentication. */
export interface Setting {
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
  codeMode: {
    handle: (request, response) => {
      response.writeHead(200, { "content-type": "text/plain" }).end(`code mode ${request.method}`);
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

export async function withServer(
  use: (setting: Setting) => Promise<void>,
  { patience, ...changes }: Partial<Config> & { readonly patience?: Patience } = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-http-"));
  const config = { ...defaultConfig, ...changes, dataFolder: folder, logLevel: "silent" as const };
  const front: FrontDoor = new FrontDoor({
    guard: new NameGuard(config),
    log: () => app.log,
    ...(patience === undefined ? {} : { patience }),
  });
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
      tools: { prefix: "beefree_", names: ["add_title", "update_title"] },
      clock,
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
  readonly bytes: Buffer;
}

interface Call {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Sends a path and headers exactly as they are given, which `fetch` does not. */
export async function raw({ port }: Setting, path: string, { method = "GET", headers = {}, body }: Call = {}) {
  const answered = Promise.withResolvers<IncomingMessage>();
  const request = httpRequest({ host: "127.0.0.1", port, path, method, headers, agent: false }, answered.resolve);
  request.on("error", answered.reject);
  request.on("upgrade", answered.resolve);
  request.end(body);
  const response = await answered.promise;
  const chunks: Buffer[] = [];
  if (response.statusCode !== 101) for await (const chunk of response) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString();
  return { status: response.statusCode ?? 0, headers: response.headers, text, bytes } satisfies Answer;
}

export async function postJson(
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

export async function browserToken(setting: Setting): Promise<string> {
  const body = { client_id: "waggle", client_secret: setting.clientSecret, uid: "ann" };
  const { json } = await postJson(setting, "/loginV2", { body });
  return json.access_token;
}
