// From an agent's call to the edit painted in the person's browser, against a bare WebSocket relay plus one frame.
import { chromium, type Page } from "@playwright/test";
import { WebSocket } from "ws";
import { connectCaller, elementIdOf } from "./mcp-calls.ts";
import { benchKey, hostServer, relayServer } from "./processes.ts";
import { type Round, type Row, rowsOf } from "./statistics.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const editsEach = 40;

declare global {
  interface Window {
    /** When each edit was painted, Unix time in milliseconds. */
    painted: number[];
    ready?: boolean;
  }
}

const now = (): number => performance.timeOrigin + performance.now();

/** Makes `editsEach` edits, one after the other was painted, at moments that do not follow the frame clock. */
async function measure(page: Page, edit: (turn: number) => Promise<unknown> | undefined): Promise<number[]> {
  const samples: number[] = [];
  for (let turn = 0; turn < editsEach; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 17));
    await page.evaluate(() => {
      window.painted = [];
    });
    const started = now();
    const reply = edit(turn);
    await page.waitForFunction(() => window.painted.length > 0, undefined, { polling: 5, timeout: 10_000 });
    samples.push(((await page.evaluate(() => window.painted[0])) ?? Number.NaN) - started);
    await reply;
  }
  return samples;
}

async function relayPage(page: Page, origin: string): Promise<(turn: number) => undefined> {
  await page.goto(origin);
  await page.waitForFunction(() => window.ready);
  const socket = new WebSocket(origin.replace("http", "ws"));
  await new Promise((resolve) => socket.once("open", resolve));
  return (turn) => {
    socket.send(`Buy now ${turn}`);
    return undefined;
  };
}

/** The same relay, but what it sends is written into one title of the newsletter: what a frame of a real page costs. */
async function relayIntoCanvas(
  page: Page,
  { relay, host }: { readonly relay: string; readonly host: string },
): Promise<(turn: number) => undefined> {
  await page.goto(host);
  await page.waitForFunction(() => window.bee?.status.ready);
  await page.evaluate(
    async (address) => {
      const canvas = document.querySelector("waggle-editor")?.shadowRoot?.querySelector("iframe")?.contentDocument;
      const title = canvas?.querySelector("h2, h1");
      if (!title) throw new Error("The canvas has no title.");
      const socket = new WebSocket(address);
      socket.onmessage = (event) => {
        title.textContent = String(event.data);
      };
      await new Promise((resolve) => socket.addEventListener("open", resolve));
    },
    relay.replace("http", "ws"),
  );
  await watchCanvas(page);
  const socket = new WebSocket(relay.replace("http", "ws"));
  await new Promise((resolve) => socket.once("open", resolve));
  return (turn) => {
    socket.send(`Buy now ${turn}`);
    return undefined;
  };
}

/** Notes the paint after each change of the canvas, exactly as the relay's page does. */
async function watchCanvas(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frame = document.querySelector("waggle-editor")?.shadowRoot?.querySelector("iframe");
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.painted.push(performance.timeOrigin + performance.now());
    const note = (): void => void requestAnimationFrame(() => channel.port2.postMessage(0));
    if (!frame?.contentDocument) throw new Error("The canvas is not there.");
    new MutationObserver(note).observe(frame.contentDocument.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

async function wagglePage(page: Page, origin: string): Promise<(turn: number) => Promise<string>> {
  await page.goto(origin);
  await page.waitForFunction(() => window.bee?.status.ready);
  const { templateId } = await page.evaluate(() => window.bee.startMcpSession());
  const headers = { authorization: `Bearer ${benchKey}`, "x-bee-template-id": templateId };
  const caller = await connectCaller({ url: `${origin}/v2/sdk/mcp`, era: "2025", headers });
  await caller.call("beefree_add_section", { columns: [12], position: 0 });
  const added = await caller.call("beefree_add_button", { section: 0, column: 0, text: "Buy now" });
  const elementId = elementIdOf(added);
  await watchCanvas(page);
  return (turn) => caller.call("beefree_update_button", { elementId, text: `Buy now ${turn}` });
}

export async function paintedBench(): Promise<Row[]> {
  const [relay, host] = [await relayServer(), await hostServer()];
  const browser = await chromium.launch({
    ...(process.env.CHROME_PATH ? { executablePath: process.env.CHROME_PATH } : {}),
    args: (process.env.WAGGLE_CHROMIUM_FLAGS ?? "").split(" ").filter(Boolean),
  });
  try {
    const results: Round[] = [];
    for (let round = -1; round < rounds; round += 1) {
      // One page at a time: a page in the background paints no frames.
      const relayed = await browser.newPage();
      const bare = await measure(relayed, await relayPage(relayed, relay.origin));
      await relayed.close();
      const bareInCanvas = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      const inCanvas = await measure(
        bareInCanvas,
        await relayIntoCanvas(bareInCanvas, { relay: relay.origin, host: host.origin }),
      );
      await bareInCanvas.close();
      const edited = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      const waggle = await measure(edited, await wagglePage(edited, host.origin));
      await edited.close();
      if (round >= 0)
        results.push({
          "relay → painted": bare,
          "relay → painted in the canvas": inCanvas,
          "agent's call → painted": waggle,
        });
    }
    return rowsOf(results, [
      { name: "relay → painted" },
      { name: "relay → painted in the canvas", against: "relay → painted" },
      { name: "agent's call → painted", against: "relay → painted", aim: 1.5 },
      { name: "agent's call → painted", against: "relay → painted in the canvas" },
    ]);
  } finally {
    await browser.close();
    await Promise.all([relay.stop(), host.stop()]);
  }
}
