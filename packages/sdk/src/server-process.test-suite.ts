import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "@waggle/template";
import type { TokenGrant } from "./bee-types.ts";
import { Agent } from "./stage.test-suite.ts";

const main = join(import.meta.dirname, "../../server/src/main.ts");
const secrets = { apiKey: "key-of-the-test", clientId: "test", clientSecret: "secret-of-the-test" };

/** The `waggle` command as a process of its own, which can be killed. */
export class ServerProcess {
  readonly address: string;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string) {
    this.address = `http://localhost:${port}`;
    this.#folder = folder;
  }

  static async start(): Promise<ServerProcess> {
    const server = new ServerProcess(await freePort(), await mkdtemp(join(tmpdir(), "waggle-killed-")));
    await server.start();
    return server;
  }

  /** Starts it, again with the same port and data. Resolves when it answers. */
  async start(): Promise<void> {
    const env = {
      ...process.env,
      PORT: new URL(this.address).port,
      WAGGLE_HOST: "localhost",
      WAGGLE_DATA: join(this.#folder, "data"),
      WAGGLE_API_KEY: secrets.apiKey,
      WAGGLE_CLIENT_ID: secrets.clientId,
      WAGGLE_CLIENT_SECRET: secrets.clientSecret,
      WAGGLE_LOG: "error",
    };
    const args = ["--conditions=@waggle/source", main];
    this.#process = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit"] });
    const end = performance.now() + 20_000;
    while (!(await this.#answers())) {
      if (performance.now() > end) throw new Error("The server did not start.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** As when the power fails. */
  async kill(): Promise<void> {
    const ended = this.#process && once(this.#process, "exit");
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
    await ended;
  }

  async login(uid = "ann"): Promise<TokenGrant> {
    const response = await fetch(`${this.address}/loginV2`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ client_id: secrets.clientId, client_secret: secrets.clientSecret, uid }),
    });
    return response.json();
  }

  agent(templateId: string, name = "Scout"): Promise<Agent> {
    return Agent.connect({ address: this.address, apiKey: secrets.apiKey, templateId, name });
  }

  /** The template as the server has it. */
  async exported(templateId: string): Promise<Json> {
    const headers = { authorization: `Bearer ${secrets.apiKey}` };
    const response = await fetch(`${this.address}/v2/sdk/mcp/template/${templateId}`, { headers });
    return response.json();
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }

  #answers(): Promise<boolean> {
    return fetch(`${this.address}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new Error("No port is free.");
  return address.port;
}
