// Finds a Chromium, installing one if it has to, and prints {path, foundBy, flags} as JSON. CHROME_PATH always wins.
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

// Without the background-networking flags a closed network makes Chromium retry look-ups for minutes.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const packaged = "@sparticuz/chromium@153.0.0";
const packagedHome = join(import.meta.dirname, "..", "node_modules", ".cache", "chromium");

function usable(path) {
  try {
    accessSync(path ?? "", constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(usable);
}

async function fromPlaywright() {
  const { chromium } = await import("@playwright/test");
  return usable(chromium.executablePath());
}

function run(program, ...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync(program, args, { stdio: ["ignore", 2, 2], timeout: 300_000, env });
}

const ways = {
  CHROME_PATH: () => usable(process.env.CHROME_PATH),
  PATH: onPath,
  "Playwright's cache": fromPlaywright,
  "Playwright's install": () => {
    console.error("No Chromium found: installing one for the browser tests …");
    run("playwright", "install", "--only-shell", "chromium");
    return fromPlaywright();
  },
  "the distribution's package": () => {
    if (process.getuid?.() !== 0) return undefined;
    run("apt-get", "update", "-qq");
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation");
    return onPath();
  },
  [packaged]: async () => {
    run("npm", "install", "--no-save", "--prefix", packagedHome, packaged);
    const entry = join(packagedHome, "node_modules", "@sparticuz", "chromium", "build", "index.js");
    const { default: chromium } = await import(pathToFileURL(entry).href);
    return usable(await chromium.executablePath());
  },
};

for (const [foundBy, look] of Object.entries(ways)) {
  const path = await Promise.resolve()
    .then(look)
    .catch(() => undefined);
  if (path) {
    console.error(`Browser: ${path} (by ${foundBy})`);
    console.log(JSON.stringify({ path, foundBy, flags }));
    process.exit(0);
  }
}
console.error("No Chromium found and none could be installed. Set CHROME_PATH to one and run the command again.");
process.exit(1);
