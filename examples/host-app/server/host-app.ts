// The backend of this web app: it hands browser tokens to its page, serves its files, and starts the demo agent as a process.
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { WaggleApp, WaggleServer } from "@waggle/server/bundled";

const root = join(import.meta.dirname, "..");
const agentProgram = join(root, "..", "agent", "main.ts");

const folders: Readonly<Record<string, string>> = {
  page: join(root, "page"),
  assets: join(root, "assets"),
  templates: join(root, "templates"),
};

const fonts: Readonly<Record<string, string>> = {
  "inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  "fraunces.woff2": "@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2",
  "jetbrains-mono.woff2": "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
};

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

const loopback = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];
const ownNames = ["localhost", "127.0.0.1", "[::1]"];
/** As the server gives them. */
const templateIdPattern = /^tpl_[\w-]{12,64}$/;
/** Each is a process. */
const mostAgents = 8;

/** Adds the web app's routes. `server` is asked for later, because the routes exist before the server listens. */
export function hostApp(app: WaggleApp, server: () => WaggleServer): void {
  const agents = new Set<ChildProcess>();

  // Whoever reaches these has a token or starts a process: only pages of this machine may, whoever may embed the editor.
  app.addHook("onRequest", async (request, reply) => {
    if (request.method !== "POST" || !request.url.startsWith("/host/")) return undefined;
    if (isOfThisMachine(request.socket.remoteAddress, request.headers.origin)) return undefined;
    return refuse(reply, "HOST_REFUSED", "This demo answers to pages of its own machine. Open it as http://localhost.");
  });

  app.get("/", async (_request, reply) =>
    reply.type(typeOf(".html")).send(await readFile(join(root, "page", "index.html"))),
  );

  app.get<{ Params: { folder: string; "*": string } }>("/host/:folder/*", async (request, reply) => {
    const file = fileOf(request.params.folder, request.params["*"]);
    const content = file && (await readFile(file).catch(() => undefined));
    if (!file || !content) return refuse(reply, "NOT_FOUND", "The demo has no such file. Its page is /.");
    return reply.type(typeOf(extname(file))).send(content);
  });

  // A real host would know who is logged in; this one has a single user.
  app.post("/host/token", async (_request, reply) => {
    const { address, clientId, clientSecret } = server();
    const response = await fetch(`${address}/loginV2`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, uid: "maya" }),
    });
    return reply.code(response.status).send(await response.json());
  });

  app.post<{ Body: { templateId?: unknown } | null | undefined }>("/host/agent", async (request, reply) => {
    const templateId = request.body?.templateId;
    if (typeof templateId !== "string" || !templateIdPattern.test(templateId)) {
      return refuse(reply, "INVALID_INPUT", "Send {templateId} of a running session, as startMcpSession() gives it.");
    }
    if (agents.size >= mostAgents) {
      return refuse(reply, "RATE_LIMITED", `${mostAgents} agents are at work. Wait until one has ended.`);
    }
    const missing = await findRefusal(templateId);
    if (missing) return reply.code(missing.status).send(missing.body);
    startAgent(templateId);
    return reply.code(202).send({ started: true });
  });

  // A template that many may share is made by a backend; the page that asked then joins it like everyone else.
  app.post<{ Body: { template?: unknown } | null | undefined }>("/host/shared", async (request, reply) =>
    reply.code(201).send(await server().createTemplate({ template: request.body?.template })),
  );

  /** What the server says to somebody who asks for a template that is not there. */
  async function findRefusal(templateId: string): Promise<{ status: number; body: unknown } | undefined> {
    const { address, apiKey } = server();
    const headers = { authorization: `Bearer ${apiKey}` };
    const response = await fetch(`${address}/v2/sdk/mcp/template/${templateId}`, { headers });
    const body = await response.json();
    return response.ok ? undefined : { status: response.status, body };
  }

  function startAgent(templateId: string): void {
    const { address, apiKey } = server();
    const args = [agentProgram, "--url", `${address}/v2/sdk/mcp`, "--template", templateId, "--name", "Scout"];
    const agent = spawn(process.execPath, args, {
      env: { ...process.env, WAGGLE_API_KEY: apiKey },
      stdio: ["ignore", "inherit", "inherit"],
    });
    agents.add(agent);
    agent.on("exit", () => agents.delete(agent));
  }

  app.addHook("onClose", async () => {
    for (const agent of agents) agent.kill("SIGTERM");
  });
}

/** Numbers of the server's own errors, so that a page reads one shape. */
const refusals = {
  INVALID_INPUT: { status: 400, code: 2200 },
  HOST_REFUSED: { status: 403, code: 4031 },
  NOT_FOUND: { status: 404, code: 4042 },
  RATE_LIMITED: { status: 429, code: 4290 },
} as const;

interface Reply {
  code(status: number): { send(body: unknown): unknown };
}

function refuse(reply: Reply, name: keyof typeof refusals, message: string): unknown {
  const { status, code } = refusals[name];
  return reply.code(status).send({ code, message, details: { code: name } });
}

function isOfThisMachine(address: string | undefined, origin: string | undefined): boolean {
  if (!loopback.includes(address ?? "")) return false;
  return origin === undefined || ownNames.includes(URL.parse(origin)?.hostname ?? "");
}

function typeOf(extension: string): string {
  return contentTypes[extension] ?? "application/octet-stream";
}

function fileOf(folder: string, path: string): string | undefined {
  if (folder === "fonts") {
    const font = Object.hasOwn(fonts, path) ? fonts[path] : undefined;
    return font && fileURLToPath(import.meta.resolve(font));
  }
  const base = Object.hasOwn(folders, folder) ? folders[folder] : undefined;
  const file = base && normalize(join(base, path));
  return file?.startsWith(base + sep) ? file : undefined;
}
