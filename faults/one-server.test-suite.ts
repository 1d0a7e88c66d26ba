import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { credentials, freePort, type ServerPlan, ServerProcess } from "./server-process.ts";

/** Servers of one data folder, one after the other. */
export interface Ground {
  readonly dataFolder: string;
  start(changes?: Partial<ServerPlan>): Promise<ServerProcess>;
}

export async function onGround(use: (ground: Ground) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "waggle-fault-"));
  const dataFolder = join(folder, "data");
  const plan = { port: await freePort(), dataFolder, isFromSource: true };
  const started: ServerProcess[] = [];
  try {
    await use({
      dataFolder,
      start: async (changes = {}) => {
        const server = new ServerProcess({ ...plan, ...changes });
        started.push(server);
        await server.answers();
        return server;
      },
    });
  } finally {
    for (const server of started) await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Watcher {
  /** How the server closed the socket. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Somebody who has the template open and does nothing. */
export async function watch(origin: string, templateId: string): Promise<Watcher> {
  const { clientId, clientSecret } = credentials;
  const response = await fetch(`${origin}/loginV2`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, uid: "watcher" }),
  });
  const { access_token: token } = await response.json();
  const socket = new WebSocket(`${origin.replace("http", "ws")}/v2/sdk/sync/${templateId}?token=${token}`);
  socket.on("error", () => undefined);
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise((resolve) => socket.once("message", resolve));
  return { closed };
}
