import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const folder = import.meta.dirname;

test("the plain form follows the template, and takes back what an agent did", async () => {
  const args = ["--conditions=@waggle/source", join(folder, "check.ts")];

  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 25_000 });

  expect(stdout).toContain("The plain form works");
});

test("the form and its page are fewer than 150 lines", async () => {
  const files = await Promise.all(
    ["index.html", "page.ts", "form.ts"].map((name) => readFile(join(folder, name), "utf8")),
  );

  expect(files.join("").split("\n").length).toBeLessThan(150);
});
