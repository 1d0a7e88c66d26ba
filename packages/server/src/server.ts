import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { lifetimes, WaggleError } from "@waggle/contract";
import { extraOperations, operations } from "@waggle/operations";
import type { FastifyInstance, FastifyTypeProviderDefault } from "fastify";
import { addressOf } from "./addresses.ts";
import { ApiKeys } from "./auth/api-keys.ts";
import { Authentication } from "./auth/authentication.ts";
import { BrowserTokens } from "./auth/browser-tokens.ts";
import { type Credentials, prepareCredentials } from "./auth/credentials.ts";
import { CodeModeDoor, type CodeModeDoorOptions } from "./code-mode/code-mode-door.ts";
import { type Config, defaultConfig } from "./config/config.ts";
import type { KeyPolicies } from "./config/policies.ts";
import { readVersion } from "./config/version.ts";
import { createApp, type RestApp } from "./http/app.ts";
import { addCheckRoutes } from "./http/check-routes.ts";
import { NameGuard } from "./http/door-guard.ts";
import { addExchangeRoutes } from "./http/exchange-routes.ts";
import { FrontDoor } from "./http/front-door.ts";
import { addPluginFiles, findEditorBuild } from "./http/plugin-files.ts";
import type { McpEndpoint, Sessions, SyncDoor, TemplateRequest } from "./http/ports.ts";
import { addRestRoutes } from "./http/rest-routes.ts";
import { AgentLeases } from "./mcp/agent-leases.ts";
import { agentTools } from "./mcp/agent-tools.ts";
import { createMcpEndpoint } from "./mcp/endpoint.ts";
import { type KnownTools, readPolicy } from "./policy/read-policy.ts";
import { type Reachability, WebReachability } from "./reachability/reachability.ts";
import { type Clock, systemClock } from "./rooms/clock.ts";
import { RoomRegistry } from "./rooms/room-registry.ts";
import { RoomDoor } from "./rooms/sync-door.ts";
import { ExpirySweeper } from "./sessions/expiry-sweeper.ts";
import { TemplateSessions } from "./sessions/template-sessions.ts";
import { type FileState, openSqlite } from "./storage/sqlite/open-sqlite.ts";
import type { Storage } from "./storage/storage.ts";
import { createServerTools, type ServerTools } from "./tools/server-tools.ts";

/** The web framework, for a host that serves its own pages from the same port. */
export type WaggleApp = FastifyInstance;

/** What differs from `defaultConfig`, and what no variable of the environment can say. */
export interface ServerOptions extends Partial<Config> {
  /** Adds the host's own routes, before the server listens. */
  readonly extend?: (app: WaggleApp) => void | Promise<void>;
  readonly clock?: Clock;
}

/** A running or startable server. */
export interface WaggleServer extends Credentials {
  /** Where browsers and agents reach it, without a slash at the end. Throws NOT_READY before `listen`. */
  readonly address: string;
  /** Resolves to `address`. */
  listen(): Promise<string>;
  /** An API-managed template of this server's own client; empty without page JSON. */
  createTemplate(request?: Omit<TemplateRequest, "clientId">): Promise<{ templateId: string }>;
  /** Lets work under way finish and resolves when everything accepted is on disk. */
  close(): Promise<void>;
}

const fileNews: Readonly<Record<FileState, string>> = {
  well: "The database takes writes again.",
  refusing: "The database takes no writes: the disk is full, read-only or broken. Changes are refused until it does.",
  damaged: "The database file is damaged. Restore it from a backup.",
};
/** What has not ended by itself this long after `close` is cut off. */
const closeWaitMs = 10_000;

/**
 * Everything on one port: REST, MCP, the sync socket and the editor's files. Opens the database; listens on `listen`.
 *
 * @example
 * const server = await createServer({ port: 0, dataFolder: "/tmp/waggle" });
 * console.log(await server.listen(), server.apiKey);
 * await server.close();
 */
export async function createServer({
  extend,
  clock = systemClock,
  ...changes
}: ServerOptions = {}): Promise<WaggleServer> {
  const config: Config = { ...defaultConfig, ...changes };
  const front: FrontDoor = new FrontDoor({ guard: new NameGuard(config), log: () => app.log });
  await makeFolder(config.dataFolder);
  // The database opens in its own thread while the web framework boots in this one.
  const [app, storage] = await Promise.all([
    createApp({ front, logLevel: config.logLevel, version: readVersion() }),
    openSqlite({
      file: join(config.dataFolder, "waggle.db"),
      onDamage: (damage) => app.log.warn(damage, "A snapshot was damaged; the one before it and the log are used."),
      onFile: (state) => app.log[state === "well" ? "warn" : "error"]({ state }, fileNews[state]),
    }),
  ]);
  try {
    const parts = await compose({ config, clock, storage, front, app });
    await extend?.(app.withTypeProvider<FastifyTypeProviderDefault>());
    return new Server(parts);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const message = `The data folder ${folder} can't be made: a file is in its place, or its parent is not writable. Set WAGGLE_DATA to another one.`;
    throw new WaggleError("INVALID_INPUT", { message, cause });
  }
}

interface Ground {
  readonly config: Config;
  readonly clock: Clock;
  readonly storage: Storage;
  readonly front: FrontDoor;
  readonly app: RestApp;
}

interface Parts extends Ground {
  readonly known: KnownTools;
  readonly serverTools: ServerTools;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly registry: RoomRegistry;
  readonly reachability: Reachability | undefined;
  readonly sweeper: ExpirySweeper;
  readonly mcp: McpEndpoint;
  readonly codeMode: McpEndpoint;
  readonly sync: SyncDoor;
}

async function compose(ground: Ground): Promise<Parts> {
  const { config, clock, storage, app } = ground;
  const { log } = app;
  const { toolPrefix: prefix } = config;
  const catalogue = config.extraTools ? [...operations, ...extraOperations] : operations;
  const serverTools = await prepareServerTools(ground);
  const tools = [...agentTools({ operations: catalogue, prefix }), ...serverTools.tools];
  const known: KnownTools = { prefix, names: [...tools.map(({ name }) => name), "execute"] };
  const policies = readPolicies(config.policies, known);
  const credentials = await prepareCredentials({ config: { ...config, policies }, storage, clock });
  const tokens = new BrowserTokens({
    secret: await storage.secret("browser-tokens"),
    clock,
    lifetimeSeconds: config.tokenSeconds,
  });
  const authentication = new Authentication({
    keys: new ApiKeys({ storage, clock }),
    tokens,
    client: credentials,
  });
  const registry = new RoomRegistry({ storage, clock, log, seats: config.seats });
  const sessions = new TemplateSessions({ storage, registry, clock });
  const agents: CodeModeDoorOptions = {
    rooms: registry,
    authenticate: ({ headers }) => authentication.requireKey(headers.authorization),
    clock,
    catalogue,
    prefix,
    sessionsPerKey: config.mcpSessions,
    leases: new AgentLeases({ clock, leaseMs: lifetimes.agentLeaseMs }),
    log,
  };
  const mcp = createMcpEndpoint({ ...agents, catalogue: tools });
  const codeMode = new CodeModeDoor(agents);
  const sync = new RoomDoor({ registry, authenticator: authentication, clock, log });
  addRestRoutes(app, {
    authentication,
    sessions,
    publicUrl: config.publicUrl,
    checkStorage: () => storage.check(),
    version: readVersion(),
    clock,
    tools: known,
  });
  const reachability = config.mayFollowLinks ? new WebReachability() : undefined;
  addExchangeRoutes(app, { authentication });
  addCheckRoutes(app, { authentication, clock, reachability });
  addPluginFiles(app, { findFolder: findEditorBuild });
  serverTools.addRoutes(app);
  return {
    ...ground,
    known,
    serverTools,
    credentials,
    sessions,
    registry,
    reachability,
    sweeper: new ExpirySweeper({ registry, storage, clock, log }),
    mcp,
    codeMode,
    sync,
  };
}

/** Nothing of it is started yet. */
async function prepareServerTools({ config, clock, storage, app }: Ground): Promise<ServerTools> {
  const { publicUrl, pexelsKey, pexelsUrl, chromePath, mayFollowLinks } = config;
  return createServerTools({
    pexelsKey,
    pexelsUrl,
    chromePath,
    browserFolder: join(config.dataFolder, "browser"),
    mayLoadPictures: mayFollowLinks,
    secret: await storage.secret("pictures"),
    address: () => boundAddress(app, publicUrl),
    isPublic: publicUrl !== undefined,
    clock,
    log: app.log,
  });
}

function boundAddress(app: RestApp, publicUrl: URL | undefined): string {
  const bound = app.server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("The server listens on no port.");
  return addressOf(bound, publicUrl);
}

/** Throws INVALID_INPUT, naming the key, for a tool that is not there. */
function readPolicies(policies: KeyPolicies, known: KnownTools): KeyPolicies {
  const read = Object.entries(policies).map(([name, each]) => [
    name,
    { ...each, policy: readPolicy(each.policy, known) },
  ]);
  return Object.fromEntries(read);
}

class Server implements WaggleServer {
  readonly apiKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly #parts: Parts;
  #address: string | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.apiKey = parts.credentials.apiKey;
    this.clientId = parts.credentials.clientId;
    this.clientSecret = parts.credentials.clientSecret;
  }

  get address(): string {
    if (this.#address === undefined) throw new WaggleError("NOT_READY", { message: "Call listen() first." });
    return this.#address;
  }

  async listen(): Promise<string> {
    const { app, config, front, mcp, codeMode, sync, sweeper } = this.#parts;
    const { port, host, publicUrl } = config;
    front.open({ mcp, codeMode, sync });
    await app.listen({ port, host }).catch((error: unknown) => {
      throw notListening(error, { port, host });
    });
    sweeper.start();
    this.#address = boundAddress(app, publicUrl);
    return this.#address;
  }

  createTemplate({ policy, ...request }: Omit<TemplateRequest, "clientId"> = {}) {
    const read = policy && readPolicy(policy, this.#parts.known);
    return this.#parts.sessions.createTemplate({ ...request, ...(read && { policy: read }), clientId: this.clientId });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { app, clock, codeMode, front, mcp, reachability, registry, serverTools, storage, sweeper, sync } =
      this.#parts;
    front.startClosing();
    reachability?.close();
    const cancelCut = clock.after(closeWaitMs, () => {
      front.cutOff();
      app.server.closeAllConnections();
    });
    // Agents first, so that nothing new is written; storage last, so that all of it is on disk.
    await endAll([
      () => serverTools.close(),
      () => mcp.close(),
      () => codeMode.close(),
      () => registry.close(),
      () => sync.close(),
      () => app.close(),
      () => sweeper.close(),
      () => storage.close(),
    ]);
    cancelCut();
  }
}

/** Runs every step, also after one that failed; rejects with the first failure. */
async function endAll(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

const listenRefusals: Readonly<Record<string, (place: Pick<Config, "port" | "host">) => string>> = {
  EADDRINUSE: ({ port }) => `Port ${port} is taken by another program. Set PORT to another one.`,
  EACCES: ({ port }) => `This user may not listen on port ${port}. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: ({ host }) => `This machine has no address ${host}. Set WAGGLE_HOST to one it has.`,
  ENOTFOUND: ({ host }) => `This machine has no address ${host}. Set WAGGLE_HOST to one it has.`,
};

function notListening(error: unknown, place: Pick<Config, "port" | "host">): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const refusal = listenRefusals[code];
  return refusal ? new WaggleError("INVALID_INPUT", { message: refusal(place), cause: error }) : error;
}
