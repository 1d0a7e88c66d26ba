import { mkdir, rm } from "node:fs/promises";
import { WaggleError } from "@waggle/contract";
import type { Clock } from "../../rooms/clock.ts";
import { Browser } from "./browser.ts";

export interface BrowserKeeperOptions {
  /** The program of a Chromium; undefined where there is none. Asked each time one is started. */
  readonly findProgram: () => string | undefined;
  readonly clock: Clock;
  /** For what a browser writes while it runs. What a server that was killed left in it is removed. */
  readonly folder?: string;
  /** A browser nobody needed for this long is ended. Default five minutes. */
  readonly idleMs?: number;
}

const answerMs = 3000;
const usualIdleMs = 5 * 60 * 1000;

/** One browser, started when it is first needed and ended when nobody needs it. */
export class BrowserKeeper {
  readonly #options: BrowserKeeperOptions;
  #starting: Promise<Browser> | undefined;
  #users = 0;
  #cancelRest: (() => void) | undefined;
  readonly #closing = new AbortController();

  constructor(options: BrowserKeeperOptions) {
    this.#options = options;
  }

  /** Lends the browser. Rejects with NOT_FOUND where there is none that runs. */
  async use<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
    this.#cancelRest?.();
    this.#users += 1;
    try {
      return await work(await this.#browser());
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#restLater();
    }
  }

  /** Ends the browser if it does not answer any more, so that the next call gets another one. */
  async checkUp(): Promise<void> {
    const browser = await this.#starting?.catch(() => undefined);
    if (browser && !(await browser.answers(answerMs))) await browser.close();
  }

  /** Ends the browser, also one that is just starting. Safe to call again. */
  async close(): Promise<void> {
    this.#closing.abort(closing());
    this.#cancelRest?.();
    await this.#end();
  }

  async #browser(): Promise<Browser> {
    this.#closing.signal.throwIfAborted();
    const known = this.#starting;
    const browser = await known?.catch(() => undefined);
    if (browser && !browser.isGone) return browser;
    // Somebody else who waited may have started the next one.
    if (this.#starting === known) this.#starting = this.#start();
    return this.#starting ?? this.#browser();
  }

  async #start(): Promise<Browser> {
    this.#closing.signal.throwIfAborted();
    const program = this.#options.findProgram();
    if (program === undefined) throw noBrowser();
    const { folder } = this.#options;
    if (folder !== undefined) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
    }
    return Browser.start({ program, folder, signal: this.#closing.signal });
  }

  #restLater(): void {
    const { clock, idleMs = usualIdleMs } = this.#options;
    this.#cancelRest = clock.after(idleMs, () => {
      if (this.#users === 0) void this.#end().catch(() => undefined);
    });
  }

  async #end(): Promise<void> {
    const starting = this.#starting;
    this.#starting = undefined;
    const browser = await starting?.catch(() => undefined);
    await browser?.close();
  }
}

function noBrowser(): WaggleError {
  return new WaggleError("NOT_FOUND", {
    message:
      "There is no Chromium on this server's host, so it can show no picture of the email. Its operator has to install one (apt-get install chromium, or Google Chrome) or set CHROME_PATH to its program. Everything else works without: check with get_content_hierarchy and check_template.",
  });
}

function closing(): WaggleError {
  return new WaggleError("SHUTTING_DOWN", { message: "The server is shutting down. Try again in a moment." });
}
