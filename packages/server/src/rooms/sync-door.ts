import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { routes, sizes, WaggleError } from "@waggle/contract";
import { type WebSocket, WebSocketServer } from "ws";
import type { Authenticator, BrowserIdentity, SyncDoor } from "../http/ports.ts";
import { refuseOnSocket } from "../http/raw-answer.ts";
import type { Log } from "../observability/log.ts";
import type { Clock } from "./clock.ts";
import { type Closing, Connection, closeSocket, type Line, type Visitor } from "./connection.ts";
import { ExplainingSocket } from "./explaining-socket.ts";
import type { RoomRegistry } from "./room-registry.ts";

export interface RoomDoorOptions {
  readonly registry: RoomRegistry;
  readonly authenticator: Pick<Authenticator, "requireBrowser">;
  readonly clock: Clock;
  readonly log: Log;
}

const maxNameLength = 100;
const maxColorLength = 64;
/** What a colour of CSS is written with; anything else would end up in styles of other people's browsers. */
const colorPattern = /^[#\w(),.%/ -]+$/;

/** Where people's sockets come in. A refusal accepts and closes: browsers hide the status of a refused upgrade. */
export class RoomDoor implements SyncDoor {
  readonly #options: RoomDoorOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: sizes.socketFrame,
    WebSocket: ExplainingSocket,
    // The connection answers, and says so when there are too many; the library would cut it off.
    autoPong: false,
  });
  #isClosing = false;

  constructor(options: RoomDoorOptions) {
    this.#options = options;
    this.#sockets.on("wsClientError", (_error, socket) => refuseOnSocket(socket, notAHandshake()));
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.pause();
      // Bad frames end in `close` as well; without a listener they would end the process.
      opened.on("error", () => undefined);
      this.#admit({ socket: opened, stream: socket }, request).catch((error: unknown) => this.#refuse(opened, error));
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const closed = [...this.#sockets.clients].map((socket) => this.#closeOne(socket));
    await Promise.all(closed);
  }

  async #admit(line: Line, request: IncomingMessage): Promise<void> {
    const { socket } = line;
    if (this.#isClosing) throw new WaggleError("SHUTTING_DOWN", { message: "The server is shutting down." });
    const { registry, authenticator, clock } = this.#options;
    const address = readAddress(request.url ?? "");
    const identity = await authenticator.requireBrowser(address.query.get("token") ?? undefined);
    // Before the room is opened: a stranger's token must not move it to this server.
    const { clientId } = await registry.requireRecord(address.templateId);
    if (clientId !== identity.clientId) {
      throw new WaggleError("FORBIDDEN", {
        message: "This token belongs to another client. Get one of the template's.",
      });
    }
    const room = await registry.openForVisit(address.templateId);
    if (socket.readyState !== socket.OPEN) return;
    const connection = new Connection(line, readVisitor(address, identity), clock);
    socket.once(
      "close",
      clock.after(Math.max(0, identity.expiresAt - clock.now()), () => connection.expire()),
    );
    await room.visit(connection);
  }

  #refuse(socket: WebSocket, error: unknown): void {
    const refusal: Closing = error instanceof WaggleError ? error : { code: "INTERNAL" };
    if (refusal.code === "INTERNAL") this.#options.log.error({ error }, "A person could not be let in.");
    closeSocket(socket, refusal, this.#options.clock);
  }

  #closeOne(socket: WebSocket): Promise<void> {
    return new Promise((resolve) => {
      if (socket.readyState === socket.CLOSED) resolve();
      socket.once("close", () => resolve());
      closeSocket(socket, { code: "SHUTTING_DOWN" }, this.#options.clock);
    });
  }
}

function notAHandshake(): WaggleError {
  return new WaggleError("INVALID_FRAME", {
    message: "This is not the handshake of a WebSocket. Send that of version 13.",
  });
}

interface SyncAddress {
  readonly templateId: string;
  readonly query: URLSearchParams;
}

function readAddress(url: string): SyncAddress {
  // Only path and query count; the base makes them a URL.
  const parsed = URL.parse(url, "http://localhost");
  const prefix = `${routes.sync}/`;
  if (!parsed?.pathname.startsWith(prefix)) {
    throw new WaggleError("NOT_FOUND", { message: `Rooms are at ${prefix}<templateId>.` });
  }
  const templateId = parsed.pathname.slice(prefix.length);
  return { templateId, query: parsed.searchParams };
}

function readVisitor({ templateId, query }: SyncAddress, { clientId, handle }: BrowserIdentity): Visitor {
  const instance = query.get("instance") ?? randomUUID();
  const color = query.get("color") ?? "";
  return {
    actor: {
      kind: "person",
      id: participantId([templateId, clientId, handle, instance]),
      name: readName(query.get("username")),
    },
    ...(color.length <= maxColorLength && colorPattern.test(color) ? { color } : {}),
    userId: handle,
    speaksWaggle: query.get("waggle") === "1",
  };
}

/** The same for every connection of one instance, on every server and after a restart, and unknown to others. */
function participantId(parts: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
  return `person_${digest.slice(0, 16)}`;
}

function readName(username: string | null): string {
  const characters = [...(username ?? "").replaceAll(/\p{C}/gu, "").trim()];
  const name = characters.slice(0, maxNameLength).join("");
  return name === "" ? "Guest" : name;
}
