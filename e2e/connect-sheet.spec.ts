// Screen 03: what the person copies lets a real agent in, whatever it is written in.
import { execFile, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { NewsletterPage } from "./newsletter-page.ts";
import { apiKey, origin } from "./server-under-test.ts";

const run = promisify(execFile);
const withKey = { ...process.env, WAGGLE_API_KEY: apiKey };

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

interface OpenSheet {
  readonly sheet: Locator;
  readonly templateId: string;
}

async function openSheet(page: Page): Promise<OpenSheet> {
  const newsletter = new NewsletterPage(page);
  await newsletter.open();
  await page.getByRole("button", { name: "Work with agent" }).first().click();
  const sheet = page.getByRole("dialog", { name: "Connect an agent" });
  await expect(sheet.getByRole("status")).toContainText("Waiting for an agent");
  const templateId = await page.evaluate(() => window.bee.status.session?.templateId);
  if (!templateId) throw new Error("There is no session.");
  return { sheet, templateId };
}

/** Presses the button that copies it; resolves to what is on the clipboard then. */
async function copied(page: Page, sheet: Locator, what: string): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText("nothing was copied"));
  await sheet.getByRole("button", { name: `Copy ${what}`, exact: true }).click();
  await expect(page.getByText(`${what} copied`).first()).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function copiedSetUp(page: Page, sheet: Locator, kind: string): Promise<string> {
  await sheet.getByRole("button", { name: kind, exact: true }).click();
  await expect(sheet.getByRole("button", { name: kind, exact: true })).toHaveAttribute("aria-pressed", "true");
  const shown = await sheet.getByRole("group", { name: kind, exact: true }).textContent();
  const text = await copied(page, sheet, `${kind} set-up`);
  expect(text).toBe(shown);
  return text;
}

test("the sheet shows four set-ups, copies each as it is shown, and holds no key", async ({ page }) => {
  const { sheet, templateId } = await openSheet(page);
  expect(await copied(page, sheet, "Endpoint")).toBe(`${origin}/v2/sdk/mcp`);
  expect(await copied(page, sheet, "Template id")).toBe(templateId);
  expect(await copied(page, sheet, "Authorization header")).toBe("Authorization: Bearer $WAGGLE_API_KEY");
  expect(await copied(page, sheet, "x-bee-template-id header")).toBe(`x-bee-template-id: ${templateId}`);
  expect(await copied(page, sheet, "x-bee-user-handle header")).toBe("x-bee-user-handle: maya");

  for (const kind of ["Command", "JSON", "TypeScript", "Python"]) {
    const text = await copiedSetUp(page, sheet, kind);
    expect(text, kind).toContain(`${origin}/v2/sdk/mcp`);
    expect(text, kind).toContain(templateId);
    expect(text, kind).toContain("WAGGLE_API_KEY");
    expect((await page.content()) + (await sheet.textContent()), kind).not.toContain(apiKey);
  }
});

test("an agent started from the command's values turns waiting into connected", async ({ page }) => {
  const { sheet } = await openSheet(page);
  const command = await copiedSetUp(page, sheet, "Command");
  // The shell reads the command as it would for the program it names, key put in and all.
  const { stdout } = await run("bash", ["-c", `claude() { printf '%s\\n' "$@"; }\n${command}`], { env: withKey });
  const words = stdout.trimEnd().split("\n");
  expect(words.slice(0, 6)).toEqual(["mcp", "add", "--transport", "http", "waggle", `${origin}/v2/sdk/mcp`]);
  const headers = words.flatMap((word, at) => (words[at - 1] === "--header" ? [word.split(/: (.*)/s)] : []));
  expect(words).toHaveLength(6 + 2 * headers.length);

  const agent = await connected(words[5] ?? "", Object.fromEntries(headers));

  await expect(sheet.getByRole("status")).toContainText("Scout is here");
  await expect(sheet.getByRole("status")).toContainText("Connected");
  await sheet.getByRole("button", { name: "Watch it work" }).click();
  await expect(sheet).toHaveCount(0);
  await agent.close();
});

test("the JSON set-up is one that a client reads, and its agent works for the person", async ({ page }) => {
  const { sheet } = await openSheet(page);
  const { mcpServers } = JSON.parse(await copiedSetUp(page, sheet, "JSON"));
  const { type, url, headers } = mcpServers.waggle;
  expect(type).toBe("http");
  // Clients put variables of the environment into the values.
  const filled = Object.entries<string>(headers).map(([name, value]) => [
    name,
    value.replace(/\$\{(\w+)\}/g, (_all, variable: "WAGGLE_API_KEY") => withKey[variable] ?? ""),
  ]);

  const agent = await connected(url, Object.fromEntries(filled));

  await expect(sheet.getByRole("status")).toContainText("Scout is here");
  const { owner } = await page.evaluate(() => {
    const there = window.bee.people.find(({ isMcpUser }) => isMcpUser);
    return { owner: there?.actor.kind === "agent" ? there.actor.owner : "nobody" };
  });
  expect(owner).toBe("maya");
  await agent.close();
});

test("the TypeScript set-up runs as it is", async ({ page }) => {
  const { sheet } = await openSheet(page);
  const text = await copiedSetUp(page, sheet, "TypeScript");
  // Inside the project, so that the client library is found as in a project of one's own.
  const file = test.info().outputPath("set-up.mts");
  await writeFile(file, text);
  const agent = spawn(process.execPath, [file], { env: withKey, stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  agent.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  await expect.poll(() => printed).toContain("beefree_update_title");
  await expect(sheet.getByRole("status")).toContainText("My Agent is here");
  agent.kill();
});

test("the Python set-up is Python", async ({ page }) => {
  const hasPython = await run("python3", ["--version"]).then(
    () => true,
    () => false,
  );
  test.skip(!hasPython, "There is no python3 on this machine, so the text of the Python set-up is not compiled.");
  const { sheet, templateId } = await openSheet(page);
  const text = await copiedSetUp(page, sheet, "Python");
  // Compiled whole; then its headers alone are run, since the MCP library for Python may not be there.
  const check = `import json, os, sys
text = sys.stdin.read()
compile(text, "set-up", "exec")
start = text.index("headers = {")
values = {"os": os}
exec(text[start:text.index("}\\n", start) + 2], values)
print(json.dumps(values["headers"]))`;
  const checked = run("python3", ["-c", check], { env: withKey });
  checked.child.stdin?.end(text);
  expect(JSON.parse((await checked).stdout)).toEqual({
    Authorization: `Bearer ${apiKey}`,
    "x-bee-template-id": templateId,
    "x-bee-user-handle": "maya",
  });
});

async function connected(url: string, headers: Record<string, string>): Promise<Client> {
  const agent = new Client({ name: "scout", version: "1.0.0" });
  await agent.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return agent;
}
