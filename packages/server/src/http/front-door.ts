import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { routes, WaggleError } from "@waggle/contract";
import { answerRetiredMcp } from "../mcp/retired.ts";
import type { Log } from "../observability/log.ts";
import { answerCors } from "./cors.ts";
import { sendError } from "./error-body.ts";
import type { DoorGuard, McpEndpoint, SyncDoor } from "./ports.ts";
import { refuseOnSocket } from "./raw-answer.ts";
import { readAway } from "./read-away.ts";

/** Who answers what the web framework does not. */
export interface Doors {
  readonly mcp: McpEndpoint;
  readonly codeMode: McpEndpoint;
  readonly sync: SyncDoor;
}

interface RawExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export interface FrontDoorOptions {
  readonly guard: DoorGuard;
  readonly log: () => Log;
  readonly patience?: Patience;
}

/** How long a request may take to arrive. All in milliseconds. */
export interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
  /** Time between two looks at who is late. */
  readonly lookMs: number;
}

const usualPatience: Patience = { headersMs: 15_000, requestMs: 30_000, lookMs: 5_000 };
/** Longer than the idle time of common load balancers, which would else reuse a connection that is being closed. */
const keepAliveMs = 72_000;

const securityHeaders = [
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-resource-policy", "same-origin"],
] as const;

/** The one port: checks every request, then hands it to MCP, to the rooms or to the web framework. */
export class FrontDoor {
  readonly #options: FrontDoorOptions;
  readonly #upgraded = new Set<Duplex>();
  /** The latest answer on each connection; there are several under way when requests come in a row. */
  readonly #answering = new WeakMap<Duplex, ServerResponse>();
  #doors: Doors | undefined;
  #state: "opening" | "open" | "closing" = "opening";

  constructor(options: FrontDoorOptions) {
    this.#options = options;
  }

  /** A server that is not listening yet; `rest` answers what is left. */
  createServer(rest: RequestListener): Server {
    const { headersMs, requestMs, lookMs } = this.#options.patience ?? usualPatience;
    const timeouts = {
      requestTimeout: requestMs,
      headersTimeout: headersMs,
      connectionsCheckingInterval: lookMs,
      keepAliveTimeout: keepAliveMs,
      // The guard says what is wrong with a request without a host; Node would say nothing.
      requireHostHeader: false,
    };
    const server = createServer(timeouts, (request, response) => this.#receive(request, response, rest));
    server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) =>
      this.#refuse(request, response, unknownExpectation()),
    );
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
    return server;
  }

  open(doors: Doors): void {
    this.#doors = doors;
    this.#state = "open";
  }

  /** From now on every request is refused, so that clients turn to another node or come back later. */
  startClosing(): void {
    this.#state = "closing";
  }

  /** Calls back when what was asked on this connection so far is answered: anything said before would be taken for that. */
  afterAnswers(socket: Duplex, then: () => void): void {
    const last = this.#answering.get(socket);
    // What is said now is the answer to a request that broke off in its body.
    if (!last || last.closed || !last.req.complete) then();
    else last.once("close", then);
  }

  /** Ends what did not end by itself. */
  cutOff(): void {
    for (const socket of this.#upgraded) socket.destroy();
  }

  #receive(request: IncomingMessage, response: ServerResponse, rest: RequestListener): void {
    this.#answering.set(request.socket, response);
    for (const [name, value] of securityHeaders) response.setHeader(name, value);
    const refusal = twoHosts(request) ?? this.#options.guard.refusal(request.headers);
    if (refusal) {
      this.#refuse(request, response, refusal);
      return;
    }
    if (answerCors(request, response)) return;
    const path = pathOf(request);
    const unavailable = this.#unavailable();
    if (unavailable) this.#refuse(request, response, unavailable);
    else if (path === routes.mcp) this.#toMcp(this.#doors?.mcp, { request, response });
    else if (path === routes.codeMode) this.#toMcp(this.#doors?.codeMode, { request, response });
    else if (path === routes.mcpV1 || path.startsWith(`${routes.mcpV1}/`)) answerRetiredMcp(request, response);
    else rest(request, response);
  }

  #refuse(request: IncomingMessage, response: ServerResponse, error: WaggleError): void {
    if (this.#state !== "closing") {
      // What is left of a body Node takes in and drops: a sender that is cut off would not hear the answer.
      sendError(response, error);
      return;
    }
    response.setHeader("connection", "close");
    readAway(request, () => sendError(response, error));
  }

  #unavailable(): WaggleError | undefined {
    if (this.#state === "open") return undefined;
    if (this.#state === "closing") return shuttingDown();
    return new WaggleError("SHUTTING_DOWN", { message: "The server is starting. Try again in a moment." });
  }

  #toMcp(endpoint: McpEndpoint | undefined, { request, response }: RawExchange): void {
    Promise.resolve(endpoint?.handle(request, response)).catch((error: unknown) => {
      this.#options.log().error({ err: error, door: "mcp" }, "An MCP request failed.");
      if (response.headersSent) response.destroy();
      else sendError(response, new WaggleError("INTERNAL", { message: "The request failed on our side. Try again." }));
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const refusal =
      twoHosts(request) ?? this.#options.guard.refusal(request.headers) ?? this.#unavailable() ?? notASocket(request);
    if (refusal || !this.#doors) {
      refuseOnSocket(socket, refusal ?? shuttingDown());
      return;
    }
    this.#upgraded.add(socket);
    socket.on("close", () => this.#upgraded.delete(socket));
    this.#doors.sync.upgrade(request, socket, head);
  }
}

function pathOf(request: IncomingMessage): string {
  const path = request.url?.split("?", 1)[0] ?? "/";
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** A proxy in front may have looked at the other one. */
function twoHosts({ rawHeaders }: IncomingMessage): WaggleError | undefined {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]?.toLowerCase() === "host") hosts += 1;
  if (hosts < 2) return undefined;
  return new WaggleError("INVALID_FRAME", { message: "The header Host is there twice. Send it once." });
}

function notASocket(request: IncomingMessage): WaggleError | undefined {
  if (pathOf(request).startsWith(`${routes.sync}/`)) return undefined;
  return new WaggleError("NOT_FOUND", { message: `WebSockets are taken at ${routes.sync}/<templateId>.` });
}

function unknownExpectation(): WaggleError {
  return new WaggleError("INVALID_INPUT", { message: "Of the header Expect only 100-continue is understood." });
}

function shuttingDown(): WaggleError {
  return new WaggleError("SHUTTING_DOWN", { message: "The server is shutting down. Try again in a moment." });
}
