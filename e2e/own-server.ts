import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { apiKey } from "./server-under-test.ts";

/** A server of one story's own, for stories that kill it. */
export class OwnServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "waggle-e2e-"));
  readonly #port: number;
  #process: ChildProcess | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it, again on the same port and data after a kill. */
  async start(): Promise<void> {
    const env = { ...process.env, PORT: String(this.#port), WAGGLE_DATA: this.#folder, WAGGLE_API_KEY: apiKey };
    this.#process = spawn(process.execPath, ["examples/host-app/server/main.ts"], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (
        await fetch(`${this.origin}/health`).then(
          (response) => response.ok,
          () => false,
        )
      )
        return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${this.origin} does not answer.`);
  }

  /** As if the machine had lost power, as far as the process can tell. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("No free port.");
  return address.port;
}

/** `test` with a server that belongs to this story alone. */
export const test = base.extend<{ server: OwnServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  server: async ({}, use) => {
    const server = new OwnServer(await freePort());
    await server.start();
    await use(server);
    await server.stop();
  },
});
