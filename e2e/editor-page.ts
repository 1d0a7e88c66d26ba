import { expect } from "@playwright/test";
import { NewsletterPage } from "./newsletter-page.ts";

declare global {
  interface Window {
    connections: { cut(): void; mend(): void };
  }
}

/** What is shown when the editor is opened alone. */
interface Opening {
  /** A template of the demo. */
  readonly template?: string;
  /** A template that many share, instead. */
  readonly join?: string;
  readonly as?: string;
  /** How long its sessions last. */
  readonly seconds?: number;
}

/** A page with the editor alone, as large as the window, on the same server and templates as the demo. */
export class EditorPage extends NewsletterPage {
  async show({ template = "newsletter", join = "", as = "Maya", seconds = 0 }: Opening = {}): Promise<void> {
    await this.page.addInitScript(canBeCut);
    // A page that a route makes up has no address of its own, and browsers keep it from local servers.
    await this.page.goto(`/health?${new URLSearchParams({ template, join, as, seconds: String(seconds) })}`);
    await this.page.setContent(alone);
    await expect(this.canvas.getByText("Three slow ways out of town")).toBeVisible();
    await this.page.evaluate(() => document.fonts.ready);
  }

  /** Cuts the connections of the page, now and for every attempt until they are mended. */
  async cut(): Promise<void> {
    await this.page.evaluate(() => window.connections.cut());
  }

  async mend(): Promise<void> {
    await this.page.evaluate(() => window.connections.mend());
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).first().click();
  }

  /** Selects an element as a click on it does, wherever it is. */
  async select(elementId: string): Promise<void> {
    await this.canvas.locator(`[data-uuid="${elementId}"]`).dispatchEvent("click");
    await expect(this.page.locator(`[data-outline="${elementId}"][aria-selected="true"]`).first()).toBeAttached();
  }

  /** Whether the focus is in a part of the editor, or on it. */
  async focusIsInside(selector: string): Promise<boolean> {
    return this.page.evaluate((part) => {
      const focused = document.querySelector("waggle-editor")?.shadowRoot?.activeElement;
      return Boolean(focused?.closest(part));
    }, selector);
  }

  /** The name of what has the focus, or of the region around it. */
  async focused(of: "itself" | "its region" = "itself"): Promise<string> {
    return this.page.evaluate((what) => {
      const focused = document.querySelector("waggle-editor")?.shadowRoot?.activeElement;
      const element = what === "itself" ? focused : focused?.closest("[data-region], [role=dialog]");
      return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
    }, of);
  }

  /** The uuid of the first element of the e-mail that a selector finds. */
  async idOf(selector: string): Promise<string> {
    const id = await this.canvas.locator(selector).first().getAttribute("data-uuid");
    if (id === null) throw new Error(`${selector} has no uuid.`);
    return id;
  }

  async templateId(): Promise<string> {
    await expect.poll(() => this.page.evaluate(() => window.bee.status.session?.templateId ?? "")).not.toBe("");
    return this.page.evaluate(() => window.bee.status.session?.templateId ?? "");
  }

  /** Does something again and again until it is stopped, so that a screen stays as it is while someone looks at it. */
  keep(act: (round: number) => Promise<void>): { stop(): Promise<void> } {
    let isOn = true;
    const run = async () => {
      for (let round = 0; isOn; round += 1) {
        await act(round);
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    };
    const running = run();
    return {
      stop: () => {
        isOn = false;
        return running;
      },
    };
  }
}

/** Runs in the page before anything else: lets a story take its web sockets away, as a network does. */
function canBeCut(): void {
  // A machine without a network says that it is offline; here it is the server that is away.
  Object.defineProperty(navigator, "onLine", { get: () => true });
  const nowhere = "ws://127.0.0.1:9/";
  const open = new Set<WebSocket>();
  let isCut = false;
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(isCut ? nowhere : url, protocols);
      open.add(this);
    }
  };
  window.connections = {
    cut: () => {
      isCut = true;
      for (const socket of open) socket.close();
      open.clear();
    },
    mend: () => {
      isCut = false;
    },
  };
}

const alone = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The editor alone</title>
<link rel="stylesheet" href="/host/page/fonts.css">
<style>html, body { height: 100%; margin: 0 }</style>
</head>
<body>
<main id="waggle" style="height: 100dvh"></main>
<script type="module">
  import { createEditor } from "/plugin/v2/editor.js";
  const query = new URLSearchParams(location.search);
  const username = query.get("as");
  const seconds = Number(query.get("seconds"));
  const bee = await createEditor({
    container: "#waggle",
    server: location.origin,
    token: async () => {
      const answer = await fetch("/host/token", { method: "POST" });
      if (!answer.ok) throw new Error("No token.");
      return answer.json();
    },
    username,
    userHandle: username.toLowerCase(),
    userColor: username === "Maya" ? "#ffbf3c" : "#3a57f7",
    ...(seconds > 0 ? { sessionTimeoutMs: seconds * 1000 } : {}),
  });
  window.bee = bee;
  if (query.get("join")) await bee.join(query.get("join"));
  else await bee.start(await (await fetch("/host/templates/" + query.get("template") + ".json")).json());
</script>
</body>
</html>`;
