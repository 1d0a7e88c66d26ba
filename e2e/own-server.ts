import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { apiKey } from "./server-under-test.ts";

/** Variables of the environment that a story's server has besides those every one has. */
export type Variables = Readonly<Record<string, string>>;

const program = "examples/host-app/server/main.ts";
const programWithClock = "e2e/server-with-clock.ts";

/** A server of one story's own, for stories that kill it, set it up otherwise, or let its time pass. */
export class OwnServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "waggle-e2e-"));
  readonly #port: number;
  readonly #variables: Variables;
  #process: ChildProcess | undefined;

  constructor(port: number, variables: Variables = {}) {
    this.#port = port;
    this.#variables = variables;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it, again on the same port and data after a kill. `variables` differ this time only. */
  async start(variables: Variables = {}): Promise<void> {
    await this.#launch(program, variables);
  }

  /** The same server on a clock that `pass` puts forward. */
  async startWithClock(): Promise<void> {
    await this.#launch(programWithClock, {});
  }

  /** Lets time pass for the server at once; needs `startWithClock`. */
  async pass(time: { readonly ms: number }): Promise<void> {
    const child = this.#process;
    if (!child) throw new Error("The server is not running.");
    const passed = new Promise((resolve) => child.once("message", resolve));
    child.send(time);
    await passed;
  }

  async #launch(path: string, variables: Variables): Promise<void> {
    const env = {
      ...process.env,
      PORT: String(this.#port),
      WAGGLE_DATA: this.#folder,
      WAGGLE_API_KEY: apiKey,
      ...this.#variables,
      ...variables,
    };
    this.#process = spawn(process.execPath, [path], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
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

  /** Ends it as an operator does; it may be started again. */
  async interrupt(): Promise<void> {
    await this.#end("SIGTERM");
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

interface OwnServerFixtures {
  readonly server: OwnServer;
  readonly serverWithClock: OwnServer;
}

/** `test` with a server that belongs to this story alone; `test.use({ variables })` sets it up. */
export const test = base.extend<OwnServerFixtures & { readonly variables: Variables }>({
  variables: [{}, { option: true }],
  server: async ({ variables }, use) => {
    const server = new OwnServer(await freePort(), variables);
    await server.start();
    await use(server);
    await server.stop();
  },
  serverWithClock: async ({ variables }, use) => {
    const server = new OwnServer(await freePort(), variables);
    await server.startWithClock();
    await use(server);
    await server.stop();
  },
});
