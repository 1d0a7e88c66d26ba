// A host's page on another origin, with nothing but the plain script.
import { expect, test } from "@playwright/test";
import { connectAgent, createTemplate, readTemplate } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { HostPage } from "./host-page.ts";
import { oldHeadline, readNewsletter } from "./newsletter.ts";
import { NewsletterPage } from "./newsletter-page.ts";
import { test as testWithServer } from "./own-server.ts";
import { origin } from "./server-under-test.ts";

const template = {
  page: {
    title: "Trains",
    body: { container: { style: {} }, content: { style: {}, computedStyle: { messageWidth: "600px" } } },
    rows: [],
  },
};

for (const plugin of ["/plugin/v2/BeePlugin.js", "/plugin/BeePlugin.js"] as const) {
  test(`${plugin} on another origin gives an editor that finds its server and opens a session`, async ({ page }) => {
    const host = await HostPage.serve({ plugin, callbacks: ["onMcpSessionChange"], template });
    await host.open(page);
    await expect(page.getByRole("button", { name: "Work with agent" }).first()).toBeEnabled();
    // The page has one new name, and that is the one it asked for.
    expect(await page.evaluate(() => "BeePlugin" in window && !("e" in window))).toBe(true);

    await page.getByRole("button", { name: "Work with agent" }).first().click();

    await expect(page.getByRole("dialog", { name: "Connect an agent" })).toContainText(`${origin}/v2/sdk/mcp`);
    expect(await page.evaluate(() => window.told.map(([, event]) => Reflect.get(Object(event), "type")))).toEqual([
      "SESSION_STARTED",
    ]);
    await host.close();
  });
}

test("a host starts, loads, saves, opens it to an agent, and joins, by the names of the contract alone", async ({
  page,
}) => {
  const newsletterJson = await readNewsletter();
  const host = await HostPage.serve({ callbacks: ["onSave", "onChange", "onRemoteChange", "onSessionStarted"] });
  await host.open(page);
  const newsletter = new NewsletterPage(page);

  await page.evaluate((json) => window.hosted.start(json), template);
  await expect(page.getByRole("heading", { name: "Start with a row" })).toBeVisible();
  // As text, too: hosts store it so.
  await page.evaluate((json) => window.hosted.load(json), JSON.stringify(newsletterJson));
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
  const loaded = await page.evaluate(() => window.hosted.getTemplateJson());
  expect(loaded).toEqual({ data: { json: newsletterJson, version: 0 } });

  const { templateId } = await page.evaluate(() => window.hosted.startMcpSession());
  const agent = await connectAgent({ templateId, name: "scout" });
  await agent.call("update_title", {
    elementId: findElement(newsletterJson, oldHeadline),
    text: "Leave after dinner.",
  });
  await expect(newsletter.headline("Leave after dinner.")).toBeVisible();
  await agent.leave();
  await newsletter.sessionHasEnded();
  await newsletter.undo();
  await expect(newsletter.headline(oldHeadline)).toBeVisible();

  const { data } = await page.evaluate(() => window.hosted.save());
  expect(data.json).toEqual(newsletterJson);
  expect(data.html).toMatch(/^<!doctype html>[\s\S]*Our new autumn timetable is out now[\s\S]*<\/html>\s*$/i);
  const told = await page.evaluate(() => window.told);
  expect(told.map(([name]) => name)).toEqual(["onRemoteChange", "onChange", "onSave"]);
  expect(told.at(-1)).toEqual(["onSave", JSON.stringify(data.json), data.html, null, data.version, null]);

  const shared = await createTemplate(newsletterJson);
  await page.evaluate((id) => window.hosted.join(id), shared);
  expect((await page.evaluate(() => window.told)).at(-1)).toEqual(["onSessionStarted", { sessionId: shared }]);
  await page.evaluate(
    (elementId) => window.bee.commands.updateTitle({ elementId, text: "Written by the host" }),
    findElement(newsletterJson, "Pack light"),
  );
  await expect.poll(async () => JSON.stringify(await readTemplate(shared))).toContain("Written by the host");
  await host.close();
});

test("a token the server does not know is told to onError with the contract's code", async ({ page }) => {
  const host = await HostPage.serve({ callbacks: ["onError"], template });
  await page.route("**/token", (route) => route.fulfill({ json: { access_token: "unknown", v2: true } }), { times: 1 });
  await host.open(page);
  await expect(page.getByRole("button", { name: "Work with agent" }).first()).toBeEnabled();

  const failure = await page.evaluate(() =>
    window.hosted.startMcpSession().catch((error: { error: { code: string } }) => error.error.code),
  );

  expect(failure).toBe("SESSION_REFUSED");
  expect(await page.evaluate(() => window.told)).toEqual([
    [
      "onError",
      { code: 5100, message: expect.stringContaining("Call updateToken"), detail: { code: "SESSION_REFUSED" } },
    ],
  ]);
  // With a token of the host's backend, handed over later, it works.
  const token = await (await fetch(`${origin}/host/token`, { method: "POST" })).json();
  await page.evaluate((grant) => window.hosted.updateToken(grant), token);
  await page.evaluate(() => window.hosted.startMcpSession());
  await host.close();
});

testWithServer.describe("with tokens that live for seconds", () => {
  testWithServer.use({ variables: { WAGGLE_TOKEN_SECONDS: "6" } });

  testWithServer("the plain script renews its token by itself, and the session goes on", async ({ page, server }) => {
    const json = await readNewsletter();
    const host = await HostPage.serve({ at: server.origin, callbacks: ["onError"], template: json });
    let renewals = 0;
    page.on("request", (request) => {
      if (request.url() === `${server.origin}/v2/token`) renewals += 1;
    });
    let sockets = 0;
    page.on("websocket", () => {
      sockets += 1;
    });
    await host.open(page);
    const newsletter = new NewsletterPage(page);
    await expect(newsletter.headline(oldHeadline)).toBeVisible();
    const templateId = await newsletter.startSession();
    await expect.poll(() => sockets, { timeout: 20_000 }).toBeGreaterThan(1);
    await page.evaluate(
      (elementId) => window.bee.commands.updateTitle({ elementId, text: "Written with a later token" }),
      findElement(json, oldHeadline),
    );
    await expect
      .poll(async () => JSON.stringify(await readTemplate(templateId, server.origin)))
      .toContain("Written with a later token");

    expect(renewals).toBeGreaterThan(0);
    expect(host.tokensGiven).toBe(1);
    expect(await page.evaluate(() => window.told)).toEqual([]);
    await host.close();
  });
});
