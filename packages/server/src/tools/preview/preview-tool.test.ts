import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "@waggle/testing";
import { expect, onTestFinished, test } from "vitest";
import { testGuard, withSite } from "../../reachability/web-server.test.support.ts";
import { drawPicture } from "../drawn/draw-picture.ts";
import { PictureAddresses } from "../drawn/picture-address.ts";
import { PictureShelf } from "../drawn/picture-shelf.ts";
import { openToolAgent, type ToolAgent } from "../server-tools.test.support.ts";
import { Browser } from "./browser.ts";
import { BrowserKeeper } from "./browser-keeper.ts";
import { findBrowser } from "./find-browser.ts";
import { type Shot, shoot } from "./page-shot.ts";
import { OwnPictures, type PictureSource, WebPictures } from "./picture-source.ts";

const program = findBrowser({ chromePath: process.env.CHROME_PATH, path: process.env.PATH ?? "" });
if (program === undefined)
  // biome-ignore lint/suspicious/noConsole: a test that does not run says why
  console.log("No Chromium on this machine: pictures of e-mails are not tried. Set CHROME_PATH.");
const withBrowser = test.skipIf(program === undefined);
const patience = 90_000;

async function openBrowser(): Promise<Browser> {
  const browser = await Browser.start({ program: program ?? "", startMs: 60_000 });
  onTestFinished(() => browser.close());
  return browser;
}

interface Drawn {
  readonly html: string;
  readonly pictures?: readonly PictureSource[];
  readonly width?: number;
  readonly signal?: AbortSignal;
}

function draw(browser: Browser, { html, pictures = [], width = 800, signal }: Drawn): Promise<Shot> {
  const page = `<!DOCTYPE html><meta name="viewport" content="width=device-width"><body style="margin:0">${html}`;
  const limited = signal ?? AbortSignal.timeout(60_000);
  return shoot(browser, { html: page, width, isMobile: width < 500, pictures, signal: limited });
}

/** As the heads of the PNGs have them. */
function sizesOf(pngs: readonly Buffer[]): (readonly [number, number])[] {
  return pngs.map((png) => [png.readUInt32BE(16), png.readUInt32BE(20)]);
}

/** The processes of a browser by its profile's folder, which is on each one's command line. */
function processesIn(profile: string): string[] {
  const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(profile));
}

function runningProfiles(): string[] {
  const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return [...new Set([...lines.matchAll(/--user-data-dir=(\S*waggle-preview-\w+)/g)].map((match) => match[1] ?? ""))];
}

/** That of the process that holds the others. */
function browserPid(profile: string): number {
  const lines = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  const line = lines.find((each) => each.includes(profile) && !each.includes("--type="));
  return Number.parseInt(line ?? "", 10);
}

type Content = Awaited<ReturnType<ToolAgent["call"]>>["content"];

function pngsIn(content: Content): Buffer[] {
  return content.flatMap((block) => (block.type === "image" ? [Buffer.from(block.data, "base64")] : []));
}

withBrowser(
  "[SEE-1] the email as it is now comes as PNG, on a desktop or a telephone, whole or one section",
  async () => {
    const agent = await openToolAgent({ ...(program && { chromePath: program }) });
    const sections: string[] = [];
    for (const text of ["First", "Second"]) {
      const { structuredContent } = await agent.call("add_section", { columns: [12] });
      const { elementId } = structuredContent as { elementId: string };
      sections.push(elementId);
      await agent.call("add_title", { section: elementId, text });
    }
    const whole = await agent.call("preview");
    const mobile = await agent.call("preview", { device: "mobile" });
    const second = await agent.call("preview", { section: sections[1] });
    const byIndex = await agent.call("preview", { section: 1 });
    expect(whole.isError, JSON.stringify(whole.content).slice(0, 500)).toBeFalsy();
    const [wholeSize, mobileSize, secondSize] = [whole, mobile, second].map(
      ({ content }) => sizesOf(pngsIn(content))[0],
    );
    expect(whole.content.map(({ type }) => type)).toEqual(["text", "image"]);
    expect(whole.structuredContent).toEqual({ pictures: 1, width: 800, height: wholeSize?.[1] });
    expect([wholeSize?.[0], mobileSize?.[0]]).toEqual([800, 390]);
    expect(secondSize?.[1]).toBeLessThan((wholeSize?.[1] ?? 0) * 0.7);
    expect(pngsIn(byIndex.content)).toEqual(pngsIn(second.content));
    await agent.call("add_title", { section: 0, text: "Third" });
    const later = await agent.call("preview");
    expect(sizesOf(pngsIn(later.content))[0]?.[1]).toBeGreaterThan(wholeSize?.[1] ?? 0);
    const missing = await agent.call("preview", { section: "no-such-section" });
    expect(missing.isError).toBe(true);
    expect(JSON.stringify(missing.content)).toMatch(/section/);
    const profiles = runningProfiles();
    expect(profiles.length).toBeGreaterThan(0);
    await agent.close();
    expect(runningProfiles().filter((each) => profiles.includes(each) && existsSync(each))).toEqual([]);
  },
  patience,
);

withBrowser(
  "[SEE-2] a long email is several pictures, and what is below the last is said to be missing",
  async () => {
    const browser = await openBrowser();
    const shots = [];
    for (const height of [1400, 2000, 6000]) {
      const { pngs, fullHeight, shownHeight } = await draw(browser, {
        html: `<div style="height:${height}px">a</div>`,
      });
      shots.push([sizesOf(pngs), fullHeight, shownHeight]);
    }
    const wide = await draw(browser, { html: '<div style="width:2500px;height:100px">a</div>' });
    expect(shots).toEqual([
      [[[800, 1400]], 1400, 1400],
      [
        [
          [800, 1000],
          [800, 1000],
        ],
        2000,
        2000,
      ],
      [
        [
          [800, 1500],
          [800, 1500],
          [800, 1500],
        ],
        6000,
        4500,
      ],
    ]);
    expect([sizesOf(wide.pngs)[0]?.[0], wide.width]).toEqual([1500, 2500]);
  },
  patience,
);

test("[SEE-3] without a browser the refusal says what its operator can do", async () => {
  const agent = await openToolAgent({ chromePath: "/no/such/chromium" });
  const result = await agent.call("preview");
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result.content)).toMatch(/NOT_FOUND.*install.*CHROME_PATH/);
});

test.runIf(existsSync("/bin/false"))(
  "[SEE-3] a program that is no browser is refused with what to do, each time",
  async () => {
    const keeper = new BrowserKeeper({ findProgram: () => "/bin/false", clock: new FakeClock() });
    for (const _time of [1, 2]) {
      await expect(keeper.use(async () => "drawn")).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: expect.stringMatching(/does not start.*CHROME_PATH/),
      });
    }
    await keeper.close();
  },
);

withBrowser(
  "[SEE-4] no script runs, and a page that loads from everywhere reaches nothing",
  async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.end("x");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    // A server that listens on a port has an address with one.
    const inside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const html = `
      <link rel="stylesheet" href="${inside}/css"><link rel="prefetch" href="${inside}/prefetch">
      <link rel="preconnect" href="${inside}"><link rel="icon" href="${inside}/icon">
      <style>@import "${inside}/import"; @font-face { font-family: F; src: url(${inside}/font) } p { font-family: F }</style>
      <script src="${inside}/script"></script><script>document.body.style.height = "900px"; fetch("${inside}/fetch")</script>
      <img src="${inside}/picture" onerror="document.body.style.height = '900px'" width="10" height="10">
      <img src="file:///etc/passwd" width="10" height="10"><video src="${inside}/film" autoplay></video>
      <iframe src="${inside}/frame"></iframe><iframe srcdoc="<img src=${inside}/inner>"></iframe>
      <object data="${inside}/object"></object><embed src="${inside}/embed">
      <meta http-equiv="refresh" content="0; url=${inside}/refresh"><p>Text</p>`;
    const browser = await openBrowser();
    const shot = await draw(browser, { html, pictures: [new WebPictures()] });
    expect(asked).toEqual([]);
    expect(shot.fullHeight).toBeLessThan(900);
    expect(shot.leftOut).toBeGreaterThanOrEqual(1);
  },
  patience,
);

withBrowser(
  "[SEE-4] pictures drawn here and public ones are shown; private, odd and endless ones are grey boxes",
  async () => {
    const drawn = { addresses: new PictureAddresses(Buffer.from("secret")), shelf: new PictureShelf() };
    const own = drawn.addresses.pathOf({ scene: "tiles", tone: "day", width: 300, height: 70, seed: 1 });
    const png = await drawPicture({ scene: "sea", tone: "day", width: 300, height: 50, seed: 1 });
    const picture = (_request: unknown, response: ServerResponse): void =>
      void response.writeHead(200, { "content-type": "image/png" }).end(png);
    const answers: Parameters<typeof withSite>[0] = {
      "/good.png": picture,
      "/moved.png": (_request, response) => void response.writeHead(302, { location: "/good.png" }).end(),
      "/inside.png": (_request, response) => void response.writeHead(302, { location: "http://127.0.0.1/x" }).end(),
      "/page.png": (_request, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
      "/large.png": (_request, response) =>
        void response.writeHead(200, { "content-type": "image/png" }).end(Buffer.alloc(300_000)),
      "/slow.png": () => {},
    };
    await withSite(answers, async (site) => {
      const web = new WebPictures({ guard: testGuard(), timeoutMs: 1500, mostBytes: 200_000 });
      const addresses = [
        `http://localhost:1${own}`,
        ...["good", "moved", "inside", "page", "large", "slow"].map((name) => site.url(`/${name}.png`)),
        `http://127.0.0.1:${site.port}/good.png`,
      ];
      const html = addresses.map((src) => `<img src="${src}" style="display:block">`).join("");
      const browser = await openBrowser();
      const pictures = [new OwnPictures(drawn), web];
      const shot = await draw(browser, { html, pictures });
      // Two rows of 50, one of 70, and five boxes of 600 by 400.
      expect([shot.leftOut, shot.fullHeight]).toEqual([5, 70 + 50 + 50 + 5 * 400]);
      expect(await draw(browser, { html, pictures: [new OwnPictures(drawn)] })).toMatchObject({ leftOut: 7 });
    });
  },
  patience,
);

withBrowser(
  "[SEE-5] a page that takes too long is given up, and the next is drawn by the same browser",
  async () => {
    const browser = await openBrowser();
    const never: PictureSource = { find: () => new Promise(() => {}) };
    const html = '<img src="http://a.example/x.png">';
    const started = performance.now();
    const stuck = draw(browser, { html, pictures: [never], signal: AbortSignal.timeout(4000) });
    await expect(stuck).rejects.toMatchObject({ name: "TimeoutError" });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect((await draw(browser, { html: "<p>x</p>" })).pngs).toHaveLength(1);
    expect(browser.isGone).toBe(false);
  },
  patience,
);

test.skipIf(process.platform === "win32")(
  "[SEE-5] too many calls are refused, and closing the server waits for none",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "waggle-deaf-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    // It runs, and never answers.
    const deaf = join(folder, "chrome");
    await writeFile(deaf, "#!/bin/sh\nexec sleep 600\n");
    await chmod(deaf, 0o755);
    const agent = await openToolAgent({ chromePath: deaf });
    const calls = Array.from({ length: 20 }, () => agent.call("preview"));
    const refused = await Promise.any(calls);
    expect(JSON.stringify(refused.content)).toMatch(/RATE_LIMITED/);
    const started = performance.now();
    await Promise.all([agent.close(), Promise.allSettled(calls)]);
    expect(performance.now() - started).toBeLessThan(12_000);
  },
  40_000,
);

withBrowser(
  "[SEE-5] a browser that hangs is replaced",
  async () => {
    const keeper = new BrowserKeeper({ findProgram: () => program, clock: new FakeClock() });
    onTestFinished(() => keeper.close());
    const before = new Set(runningProfiles());
    const first = await keeper.use(async (each) => each);
    const [profile = "none"] = runningProfiles().filter((each) => !before.has(each));
    process.kill(browserPid(profile), "SIGSTOP");
    const stuck = keeper.use((browser) => draw(browser, { html: "x", signal: AbortSignal.timeout(1000) }));
    await expect(stuck).rejects.toMatchObject({ name: "TimeoutError" });
    await keeper.checkUp();
    expect(first.isGone).toBe(true);
    await expect.poll(() => processesIn(profile), { timeout: 10_000 }).toEqual([]);
    expect((await keeper.use((browser) => draw(browser, { html: "<p>x</p>" }))).pngs).toHaveLength(1);
  },
  patience,
);

withBrowser(
  "[SEE-6] one browser serves all calls, is started anew when it broke, and ends when nobody needs it",
  async () => {
    const clock = new FakeClock();
    const keeper = new BrowserKeeper({ findProgram: () => program, clock });
    onTestFinished(() => keeper.close());
    const [first, second] = await Promise.all([keeper.use(async (each) => each), keeper.use(async (each) => each)]);
    expect(first).toBe(second);
    clock.advance(4 * 60 * 1000);
    expect(await keeper.use(async (each) => each)).toBe(first);
    await first.close();
    const third = await keeper.use(async (each) => each);
    expect([third === first, third.isGone]).toEqual([false, false]);
    clock.advance(6 * 60 * 1000);
    await expect.poll(() => third.isGone).toBe(true);
  },
  patience,
);

withBrowser(
  "[SEE-6] it ends with all its processes when the process that started it is killed",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "waggle-killed-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const script = `
      import { Browser } from ${JSON.stringify(new URL("browser.ts", import.meta.url).href)};
      await Browser.start({ program: ${JSON.stringify(program)}, folder: ${JSON.stringify(folder)}, startMs: 60000 });
      console.log("ready");
      setInterval(() => {}, 1000);`;
    const before = new Set(runningProfiles());
    const node = spawn(process.execPath, ["--conditions=@waggle/source", "--input-type=module", "-e", script], {
      cwd: import.meta.dirname,
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void node.kill("SIGKILL"));
    await new Promise((resolve) => node.stdout.once("data", resolve));
    const [profile = "none"] = runningProfiles().filter((each) => !before.has(each));
    expect(processesIn(profile).length).toBeGreaterThan(1);
    node.kill("SIGKILL");
    await expect.poll(() => processesIn(profile), { timeout: 20_000 }).toEqual([]);
    const keeper = new BrowserKeeper({ findProgram: () => program, clock: new FakeClock(), folder });
    await keeper.use(async () => undefined);
    expect([existsSync(profile), (await readdir(folder)).length]).toEqual([false, 1]);
    await keeper.close();
    expect(await readdir(folder)).toEqual([]);
  },
  patience,
);
