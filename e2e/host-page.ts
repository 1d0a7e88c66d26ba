// A host's page on an origin of its own, with nothing of Waggle but the plain script.
import { createServer, type Server } from "node:http";
import type { Page } from "@playwright/test";
import type { Bee } from "@waggle/sdk";
import { origin } from "./server-under-test.ts";

/** What the page's script gets from `BeePlugin.create`; named after the contract. */
export interface HostedBee {
  start(template: unknown): Promise<void>;
  load(template: unknown): Promise<void>;
  join(sessionId: string): Promise<void>;
  save(): Promise<{ data: { json: unknown; html: string; version: number } }>;
  getTemplateJson(): Promise<{ data: { json: unknown; version: number } }>;
  startMcpSession(): Promise<{ templateId: string }>;
  updateToken(token: unknown): void;
  readonly bee: Bee;
}

/** A name of this machine that no server knows; the stories' browser finds it. */
export const foreignHost = "newsletters.example";

declare global {
  interface Window {
    hosted: HostedBee;
    /** Each call of one of the host's callbacks: its name and what it got. */
    told: [name: string, ...values: unknown[]][];
  }
}

export interface HostPageOptions {
  /** The Waggle server. */
  readonly at?: string;
  readonly plugin?: "/plugin/v2/BeePlugin.js" | "/plugin/BeePlugin.js";
  /** The host's callbacks to listen to. */
  readonly callbacks?: readonly string[];
  /** More of the host's config. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** What the page starts on; without one it starts on nothing. */
  readonly template?: unknown;
}

/** Serves the page; its backend gets the token, as hosts do. */
export class HostPage {
  readonly #options: Required<Pick<HostPageOptions, "at" | "plugin" | "callbacks">> & HostPageOptions;
  readonly #server: Server;
  #address = "";
  /** How many tokens the page has asked its backend for. */
  tokensGiven = 0;

  private constructor(options: HostPageOptions) {
    this.#options = { at: origin, plugin: "/plugin/v2/BeePlugin.js", callbacks: [], ...options };
    this.#server = createServer((request, response) => {
      if (request.url !== "/token") {
        response.setHeader("content-type", "text/html; charset=utf-8").end(this.#html());
        return;
      }
      this.#token().then(
        (token) => response.setHeader("content-type", "application/json").end(token),
        () => response.writeHead(502).end(),
      );
    });
  }

  static async serve(options: HostPageOptions = {}): Promise<HostPage> {
    const host = new HostPage(options);
    await new Promise<void>((resolve) => host.#server.listen(0, "127.0.0.1", resolve));
    const bound = host.#server.address();
    if (typeof bound !== "object" || !bound) throw new Error("The page is not served.");
    host.#address = `http://localhost:${bound.port}/`;
    return host;
  }

  get address(): string {
    return this.#address;
  }

  /** Opens it and waits until the host's callback had the editor. */
  async open(page: Page): Promise<void> {
    await page.goto(this.address);
    await page.waitForFunction(() => window.hosted !== undefined);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #token(): Promise<string> {
    this.tokensGiven += 1;
    const token = await fetch(`${this.#options.at}/host/token`, { method: "POST" });
    return token.text();
  }

  #html(): string {
    const { at, plugin, callbacks, config, template } = this.#options;
    const start = template === undefined ? "" : `hosted.start(${inScript(template)})`;
    return `<!doctype html><title>A host</title><div id="bee" style="height:600px"></div>
      <script src="${at}${plugin}"></script>
      <script>
        window.told = [];
        const config = { uid: "maya", container: "bee", ...${inScript(config ?? {})} };
        for (const name of ${inScript(callbacks)}) config[name] = (...values) => window.told.push([name, ...values]);
        fetch("/token").then((answer) => answer.json()).then((token) =>
          BeePlugin.create(token, config, (hosted) => {
            window.hosted = hosted;
            window.bee = hosted.bee;
            ${start}
          }));
      </script>`;
  }
}

/** JSON that cannot end the script it stands in. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
