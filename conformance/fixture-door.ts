import { once } from "node:events";
import { routes, WaggleError } from "@waggle/contract";
import { NameGuard } from "../packages/server/src/http/door-guard.ts";
import { FrontDoor } from "../packages/server/src/http/front-door.ts";
import { createMcpEndpoint } from "../packages/server/src/mcp/endpoint.ts";
import type { Log } from "../packages/server/src/observability/log.ts";
import { systemClock } from "../packages/server/src/rooms/clock.ts";
import { createFixtureServer } from "./fixtures/fixture-server.ts";

/** A listening door; `close` ends it. */
export interface FixtureDoor {
  readonly url: URL;
  /** What the door reported as errors of its own. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const host = "127.0.0.1";

/**
 * Waggle's own port, guards and MCP endpoint, with the fixtures behind them instead of the agents' tools. The suites send
 * no API key, so that every request counts as one key's.
 */
export async function openFixtureDoor(): Promise<FixtureDoor> {
  const complaints: string[] = [];
  const log = listing(complaints);
  const front = new FrontDoor({ guard: new NameGuard({ host, origins: [] }), log: () => log });
  const mcp = createMcpEndpoint({
    rooms: {
      open: () => Promise.reject(new WaggleError("TEMPLATE_NOT_FOUND", { message: "There is no template here." })),
    },
    authenticate: async () => ({ keyId: "conformance", clientId: "conformance" }),
    clock: systemClock,
    catalogue: [],
    prefix: "",
    log,
    servers: { create: createFixtureServer },
  });
  const server = front.createServer((_request, response) => response.writeHead(404).end());
  front.open({
    mcp,
    codeMode: mcp,
    sync: { upgrade: (_request, socket) => socket.destroy(), close: async () => undefined },
  });
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The door listens on no port.");
  return {
    url: new URL(routes.mcp, `http://localhost:${address.port}`),
    complaints,
    async close() {
      front.startClosing();
      server.closeAllConnections();
      await mcp.close();
      server.close();
    },
  };
}

function listing(complaints: string[]): Log {
  const ignore = (): void => undefined;
  const error = (facts: object, message?: string): void => {
    complaints.push(`${message ?? ""} ${JSON.stringify(facts, Object.getOwnPropertyNames(facts))}`);
  };
  return { debug: ignore, info: ignore, warn: ignore, error };
}
