import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findBrowser } from "./find-browser.ts";

async function folderWith(...programs: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-programs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of programs) {
    await writeFile(join(folder, name), "#!/bin/sh\n");
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

test("[SEE-7] CHROME_PATH alone counts when it is set, then PATH, then the usual places", async () => {
  const [set, onPath, usual] = [
    await folderWith("mine"),
    await folderWith("google-chrome"),
    await folderWith("chrome"),
  ];
  const path = ["", "/nowhere", onPath].join(delimiter);
  const places = { path, usual: [join(usual, "chrome")] };
  expect([
    findBrowser({ ...places, chromePath: join(set, "mine") }),
    findBrowser({ ...places, chromePath: join(set, "gone") }),
    findBrowser(places),
    findBrowser({ ...places, path: "" }),
    findBrowser({ path: "", usual: [] }),
  ]).toEqual([join(set, "mine"), undefined, join(onPath, "google-chrome"), join(usual, "chrome"), undefined]);
});

test("[SEE-7] a folder, or a file that can't be run, is no browser", async () => {
  const folder = await folderWith();
  await mkdir(join(folder, "chromium"));
  await writeFile(join(folder, "chrome"), "");
  expect(findBrowser({ path: folder, usual: [] })).toBeUndefined();
});
