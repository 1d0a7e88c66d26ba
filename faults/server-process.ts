import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

/** How the servers of one campaign are started: each on the same port and the same data as the one before. */
export interface ServerPlan {
  readonly port: number;
  readonly dataFolder: string;
  /** From TypeScript sources instead of what was built. */
  readonly isFromSource: boolean;
  /** No file may grow beyond this, which is how a full disk looks to the server. */
  readonly fileLimitKilobytes?: number;
}

export const credentials = { apiKey: "wgl_faults", clientId: "faults", clientSecret: "faults" } as const;

const root = join(import.meta.dirname, "..", "packages", "server");
/** What a server that is broken for good may take until the campaign gives up. */
const patienceMs = 30_000;

/** A real server in a process of its own. */
export class ServerProcess {
  readonly origin: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #startedAt = performance.now();
  #output = "";
  /** It could not even be started. */
  #hasFailed = false;

  constructor({ port, dataFolder, isFromSource, fileLimitKilobytes }: ServerPlan) {
    this.origin = `http://127.0.0.1:${port}`;
    const command = isFromSource
      ? ["--conditions=@waggle/source", join(root, "src", "main.ts")]
      : [join(root, "dist", "bundle", "main.js")];
    const [program, args] =
      fileLimitKilobytes === undefined
        ? [process.execPath, command]
        : ["bash", ["-c", `ulimit -S -f ${fileLimitKilobytes}; exec "$0" "$@"`, process.execPath, ...command]];
    this.#child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        WAGGLE_DATA: dataFolder,
        WAGGLE_API_KEY: credentials.apiKey,
        WAGGLE_CLIENT_ID: credentials.clientId,
        WAGGLE_CLIENT_SECRET: credentials.clientSecret,
        WAGGLE_LOG: "warn",
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString("utf8")).slice(-20_000);
      });
    const endToo = () => void this.#child.kill("SIGKILL");
    process.once("exit", endToo);
    this.#ended = new Promise((resolve) => {
      this.#child.once("exit", () => resolve());
      this.#child.once("error", (error) => {
        this.#output += String(error);
        this.#hasFailed = true;
        resolve();
      });
    });
    void this.#ended.then(() => process.off("exit", endToo));
  }

  /** Milliseconds since the process was started. */
  get age(): number {
    return performance.now() - this.#startedAt;
  }

  /** What it complained of, as its log has it. */
  get complaints(): readonly string[] {
    return this.#output.split("\n").filter((line) => line.startsWith("{") || /error/i.test(line));
  }

  /** Resolves when it answers. Rejects when it ended by itself or takes too long, with what it said. */
  async answers(): Promise<void> {
    while (this.age < patienceMs) {
      if (this.#hasFailed || this.#child.exitCode !== null)
        throw new Error(`The server ended by itself:\n${this.#output}`);
      const health = await fetch(`${this.origin}/health`).catch(() => undefined);
      if (health?.ok) return;
      await pause(20);
    }
    throw new Error(`The server does not answer:\n${this.#output}`);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Asks it to end in order. Resolves to its exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    await this.#ended;
    return this.#child.exitCode;
  }

  /** Ends it at once, as a crash of the process would. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("No free port.");
  return address.port;
}
