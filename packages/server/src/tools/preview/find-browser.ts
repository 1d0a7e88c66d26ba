import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface BrowserPlaces {
  /** Of CHROME_PATH; nothing else is tried when it is set. */
  readonly chromePath?: string | undefined;
  /** Of PATH. */
  readonly path: string;
  /** Files that are tried last. */
  readonly usual?: readonly string[];
}

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "chrome-headless-shell",
];

const usualFiles = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The program of a Chromium on this machine: CHROME_PATH, then the folders of PATH, then where it usually is. */
export function findBrowser({ chromePath, path, usual = usualFiles }: BrowserPlaces): string | undefined {
  if (chromePath !== undefined) return isProgram(chromePath) ? chromePath : undefined;
  const folders = path.split(delimiter).filter(Boolean);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...usual].find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
