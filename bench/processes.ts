import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A server process under test; `stop` ends it and removes what it wrote. */
export interface Running {
  readonly origin: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const apiKey = "wgl_bench";
/** Half a minute: a machine with other work starts servers slowly. */
const startAttempts = 600;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("No free port.");
  return address.port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < startAttempts; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${url}: the server ended with ${child.exitCode}.`);
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer.`);
}

/** `more` are further variables for it, given the folder it may write in. */
async function start(script: string, health: string, more?: (folder: string) => object): Promise<Running> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "waggle-bench-"));
  const env = {
    ...process.env,
    PORT: String(port),
    WAGGLE_DATA: folder,
    WAGGLE_API_KEY: apiKey,
    WAGGLE_CLIENT_ID: "bench",
    WAGGLE_CLIENT_SECRET: "bench",
    WAGGLE_LOG: "silent",
    // Far more people sit in one template here than in life.
    WAGGLE_SEATS: "1000",
    ...more?.(folder),
  };
  const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "ignore", "inherit"] });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(`http://127.0.0.1:${port}${health}`, child);
  } catch (error) {
    if (child.exitCode === null) await stop();
    throw error;
  }
  return { origin: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop };
}

/** As operators run it. */
export const waggleServer = (): Promise<Running> => start("packages/server/dist/bundle/main.js", "/health");
/** The same server with the demo page on `/`. */
export const hostServer = (): Promise<Running> => start("examples/host-app/server/main.ts", "/health");
export const echoServer = (): Promise<Running> => start("bench/peers/echo-server.ts", "/health");
export const relayServer = (): Promise<Running> => start("bench/peers/relay-server.ts", "/health");
export const yWebsocketServer = (): Promise<Running> => start("bench/peers/y-websocket-server.ts", "/");
/** With its own persistence. */
export const yWebsocketOnDisk = (): Promise<Running> =>
  start("bench/peers/y-websocket-server.ts", "/", (folder) => ({ YPERSISTENCE: join(folder, "level") }));
export const hocuspocusServer = (): Promise<Running> => start("bench/peers/hocuspocus-server.ts", "/");
/** With what its SQLite extension does. */
export const hocuspocusOnDisk = (): Promise<Running> =>
  start("bench/peers/hocuspocus-server.ts", "/", (folder) => ({ BENCH_SQLITE: join(folder, "documents.sqlite") }));

export const benchKey = apiKey;
