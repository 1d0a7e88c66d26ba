import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { routes, sizes, WaggleError } from "@waggle/contract";
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
  readonly sync: SyncDoor;
}

export interface FrontDoorOptions {
  readonly guard: DoorGuard;
  readonly log: () => Log;
}

const requestTimeoutMs = 30_000;
const headersTimeoutMs = 15_000;
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
  #doors: Doors | undefined;
  #state: "opening" | "open" | "closing" = "opening";

  constructor(options: FrontDoorOptions) {
    this.#options = options;
  }

  /** A server that is not listening yet; `rest` answers what is left. */
  createServer(rest: RequestListener): Server {
    const timeouts = {
      requestTimeout: requestTimeoutMs,
      headersTimeout: headersTimeoutMs,
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

  /** Ends what did not end by itself. */
  cutOff(): void {
    for (const socket of this.#upgraded) socket.destroy();
  }

  #receive(request: IncomingMessage, response: ServerResponse, rest: RequestListener): void {
    for (const [name, value] of securityHeaders) response.setHeader(name, value);
    const refusal = this.#options.guard.refusal(request.headers);
    if (refusal) {
      this.#refuse(request, response, refusal);
      return;
    }
    if (answerCors(request, response)) return;
    const path = pathOf(request);
    const unavailable = this.#unavailable();
    if (unavailable) this.#refuse(request, response, unavailable);
    else if (path === routes.mcp) this.#toMcp(request, response);
    else if (isTooLarge(request)) this.#refuse(request, response, tooLarge());
    else if (path === routes.codeMode) this.#refuse(request, response, codeModeIsComing());
    else if (path === routes.mcpV1) answerRetiredMcp(request, response);
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

  #toMcp(request: IncomingMessage, response: ServerResponse): void {
    Promise.resolve(this.#doors?.mcp.handle(request, response)).catch((error: unknown) => {
      this.#options.log().error({ err: error, door: "mcp" }, "An MCP request failed.");
      if (response.headersSent) response.destroy();
      else sendError(response, new WaggleError("INTERNAL", { message: "The request failed on our side. Try again." }));
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const refusal = this.#options.guard.refusal(request.headers) ?? this.#unavailable() ?? notASocket(request);
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

function notASocket(request: IncomingMessage): WaggleError | undefined {
  if (pathOf(request).startsWith(`${routes.sync}/`)) return undefined;
  return new WaggleError("NOT_FOUND", { message: `WebSockets are taken at ${routes.sync}/<templateId>.` });
}

function isTooLarge({ headers }: IncomingMessage): boolean {
  return Number(headers["content-length"]) > sizes.httpBody;
}

function tooLarge(): WaggleError {
  const limit = sizes.httpBody;
  return new WaggleError("BODY_TOO_LARGE", { message: `A body may have ${limit} bytes at most.`, data: { limit } });
}

function unknownExpectation(): WaggleError {
  return new WaggleError("INVALID_INPUT", { message: "Of the header Expect only 100-continue is understood." });
}

function codeModeIsComing(): WaggleError {
  return new WaggleError("NOT_FOUND", { message: `Code mode is not built yet. Use the tools at ${routes.mcp}.` });
}

function shuttingDown(): WaggleError {
  return new WaggleError("SHUTTING_DOWN", { message: "The server is shutting down. Try again in a moment." });
}
