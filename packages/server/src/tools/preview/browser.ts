import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { Socket } from "node:net";
import { setPriority, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WaggleError } from "@waggle/contract";
import * as z from "zod/mini";
import { DevTools } from "./dev-tools.ts";

export interface BrowserOptions {
  /** The program. */
  readonly program: string;
  /** Where it keeps what it writes while it runs; the system's folder for such things when absent. */
  readonly folder?: string | undefined;
  readonly startMs?: number;
  /** Gives the start up. */
  readonly signal?: AbortSignal;
}

const usualStartMs = 20_000;
const goodbyeMs = 1000;
/** Behind the server itself: people's edits come first. */
const nicePriority = 5;
const longestComplaint = 4000;

const flags = [
  "--headless",
  "--remote-debugging-pipe",
  "--disable-gpu",
  "--hide-scrollbars",
  "--mute-audio",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-extensions",
  "--disable-breakpad",
  "--disable-crash-reporter",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  // Containers give it too little of it.
  "--disable-dev-shm-usage",
  "--password-store=basic",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
  // Whatever slips by the guard on requests goes nowhere: no name resolves, and the only way out is a closed door.
  "--host-resolver-rules=MAP * ~NOTFOUND",
  "--proxy-server=http://127.0.0.1:9",
  "--proxy-bypass-list=<-loopback>",
];

/** A headless Chromium without a port: it is spoken to over pipes, and ends when they break, however the server ended. */
export class Browser {
  readonly devTools: DevTools;
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #exited: Promise<void>;
  #closing: Promise<void> | undefined;
  #isGone = false;

  private constructor(child: ChildProcess, profile: string) {
    this.#child = child;
    this.#profile = profile;
    const [commands, messages] = [child.stdio[3], child.stdio[4]];
    if (!(commands instanceof Socket) || !(messages instanceof Socket)) throw new Error("The browser has no pipes.");
    this.devTools = new DevTools({ commands, messages });
    const exited = Promise.withResolvers<void>();
    this.#exited = exited.promise;
    const gone = (): void => {
      this.#isGone = true;
      this.devTools.fail("The browser ended.");
      exited.resolve();
    };
    child.once("exit", gone);
    child.once("error", gone);
  }

  /** Starts it. Rejects with NOT_FOUND that says why it does not run. */
  static async start({ program, folder = tmpdir(), startMs = usualStartMs, signal }: BrowserOptions): Promise<Browser> {
    const profile = await mkdtemp(join(resolve(folder), "waggle-preview-"));
    const child = spawn(program, [...flags, ...sandboxFlags(), `--user-data-dir=${profile}`], {
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
      // A group of its own, so that all of its processes can be ended at once.
      detached: true,
      // Nothing of the server's own environment, which holds keys.
      env: { PATH: process.env.PATH ?? "", HOME: profile, LANG: "en_US.UTF-8" },
    });
    const complaints = collect(child);
    const browser = new Browser(child, profile);
    makeNice(child);
    const version = browser.devTools.send({ method: "Browser.getVersion" }, z.looseObject({}));
    const late = AbortSignal.any([AbortSignal.timeout(startMs), ...(signal ? [signal] : [])]);
    const tooLate = new Promise<never>((_resolve, reject) => {
      if (late.aborted) reject(late.reason);
      else late.addEventListener("abort", () => reject(late.reason), { once: true });
    });
    try {
      await Promise.race([version, tooLate]);
      return browser;
    } catch (failure) {
      version.catch(() => undefined);
      await browser.close();
      signal?.throwIfAborted();
      throw notStarted(complaints(), failure);
    }
  }

  /** Whether it can't be used any more. */
  get isGone(): boolean {
    return this.#isGone || this.#closing !== undefined;
  }

  /** Whether it says something within this time. */
  async answers(withinMs: number): Promise<boolean> {
    const late = AbortSignal.timeout(withinMs);
    const silence = new Promise<boolean>((resolve) => late.addEventListener("abort", () => resolve(false)));
    const word = this.devTools.send({ method: "Browser.getVersion" }, z.unknown()).then(
      () => true,
      () => false,
    );
    return Promise.race([word, silence]);
  }

  /** Ends it with all its processes, and removes what it wrote. Safe to call again. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.devTools.send({ method: "Browser.close" }, z.unknown()).catch(() => undefined);
    const late = AbortSignal.timeout(goodbyeMs);
    await Promise.race([this.#exited, new Promise((resolve) => late.addEventListener("abort", resolve))]);
    endGroup(this.#child);
    await this.#exited;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
  }
}

/** Chromium's sandbox does not work for root, as whom containers often run. Pages have no scripts and no network besides. */
function sandboxFlags(): readonly string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

function makeNice({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, nicePriority);
  } catch {
    // Not every system lets one; then it runs like any other program.
  }
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

/** The last it said on its error output. */
function collect(child: ChildProcess): () => string {
  let said = "";
  child.stderr?.on("data", (part: Buffer) => {
    said = (said + part.toString("utf8")).slice(-longestComplaint);
  });
  return () => said;
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /no usable sandbox|sandbox helper/i,
    "This host gives programs of this user no sandbox: allow user namespaces, or set CHROME_PATH to a script that starts Chromium with --no-sandbox.",
  ],
  [
    /error while loading shared libraries/i,
    "Libraries it needs are missing: install Chromium with the system's package manager.",
  ],
];

function notStarted(complaints: string, cause: unknown): WaggleError {
  const reason =
    reasons.find(([pattern]) => pattern.test(complaints))?.[1] ??
    "Install another one with the system's package manager, or set CHROME_PATH to one that runs (that of a snap does not).";
  return new WaggleError("NOT_FOUND", {
    message: `The server's Chromium does not start, so it can show no picture of the email. Tell its operator: ${reason}`,
    cause,
  });
}
