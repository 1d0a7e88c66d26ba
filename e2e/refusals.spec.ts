// Sessions that can't be had, and servers that aren't there: what the host hears, and what the person keeps.
import { expect } from "@playwright/test";
import { connectAgent } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { foreignHost, HostPage } from "./host-page.ts";
import { oldHeadline, readNewsletter } from "./newsletter.ts";
import { NewsletterPage } from "./newsletter-page.ts";
import { test } from "./own-server.ts";

/** The code a host's `startMcpSession` rejects with, or "started". */
const startCode = () =>
  window.hosted.startMcpSession().then(
    () => "started",
    ({ error }: { error: { code: string } }) => error.code,
  );
const toldCodes = () => window.told.map(([, error]) => Reflect.get(Reflect.get(Object(error), "detail"), "code"));

test("a session before a template, and a second one beside the first, are refused; the first goes on", async ({
  page,
  server,
}) => {
  const json = await readNewsletter();
  const host = await HostPage.serve({ at: server.origin, callbacks: ["onError"] });
  await host.open(page);
  const newsletter = new NewsletterPage(page);

  expect(await page.evaluate(startCode)).toBe("NOT_READY");
  expect(await page.evaluate(() => window.hosted.save().catch(({ error }) => error.code))).toBe("NOT_READY");
  await page.evaluate((template) => window.hosted.start(template), json);
  const { templateId } = await page.evaluate(() => window.hosted.startMcpSession());
  const agent = await connectAgent({ templateId, name: "scout", at: server.origin });
  expect(await page.evaluate(startCode)).toBe("SESSION_RUNNING");

  await agent.call("update_title", { elementId: findElement(json, oldHeadline), text: "Still the same session" });
  await expect(newsletter.headline("Still the same session")).toBeVisible();
  expect(await page.evaluate(toldCodes)).toEqual(["NOT_READY", "NOT_READY", "SESSION_RUNNING"]);
  await host.close();
});

test("a server that is not there: the host and the person are told, the template stays, and later it works", async ({
  page,
  server,
}) => {
  const host = await HostPage.serve({
    at: server.origin,
    callbacks: ["onError"],
    template: await readNewsletter(),
  });
  await host.open(page);
  const newsletter = new NewsletterPage(page);
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
  // What comes with the first session has been fetched: it is the server that is missing now, not the code.
  await page.evaluate(() => window.hosted.startMcpSession());
  await page.evaluate(() => window.bee.stopMcpSession());
  await server.kill();

  expect(await page.evaluate(startCode)).toBe("SERVER_UNREACHABLE");
  expect(await page.evaluate(toldCodes)).toEqual(["SERVER_UNREACHABLE"]);
  await page.getByRole("button", { name: "Work with agent" }).first().click();
  await expect(
    page.getByText("No session could be started. The server does not answer. Your template is safe here."),
  ).toBeVisible();
  await expect(newsletter.headline(oldHeadline)).toBeVisible();

  await server.start();
  expect(await page.evaluate(startCode)).toBe("started");
  await host.close();
});

test("a server that stays away for good: the person works on, is told once, and keeps every letter", async ({
  page,
  server,
}) => {
  test.slow();
  const newsletter = new NewsletterPage(page);
  await newsletter.open({ origin: server.origin });
  await newsletter.startSession();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const headline = newsletter.headline(oldHeadline);
  await newsletter.typeAtEndOf(headline, " and before");
  await expect.poll(() => page.evaluate(() => window.bee.status.saving)).toBe("saved");
  await server.kill();
  await page.keyboard.type(" and after", { delay: 20 });
  const text = () => newsletter.headline(/before/).textContent();
  await page.getByRole("alertdialog").getByRole("button", { name: "Keep editing" }).click({ timeout: 30_000 });
  await page.keyboard.type(" and on", { delay: 20 });
  expect(await text()).toContain(" and before and after and on");

  // A minute of trying is what the server gets.
  await expect.poll(() => page.evaluate(() => window.bee.status.session === undefined), { timeout: 85_000 }).toBe(true);
  await expect(page.getByText("The connection was lost for too long, so the session ended.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Start/ })).toHaveCount(1);
  // The text is bound to another document now; whoever types need not notice.
  await page.keyboard.type(" and further", { delay: 20 });
  await expect.poll(text).toContain(" and before and after and on and further");
  expect(JSON.stringify(await newsletter.exportedJson())).toContain("and before and after and on and further");
});

test.describe("a page of an origin the operator has not listed", () => {
  test.use({ variables: { WAGGLE_ORIGINS: "https://app.example.com" } });

  test("gets no editor, and is told which setting would let it in", async ({ page, server }) => {
    const host = await HostPage.serve({ at: server.origin, callbacks: ["onError"] });
    const address = host.address.replace("localhost", foreignHost);
    await page.goto(address);

    await page.waitForFunction(() => window.told.length > 0);

    const told = await page.evaluate(() => window.told);
    const message = expect.stringContaining(`lists ${new URL(address).origin} in WAGGLE_ORIGINS`);
    expect(told).toEqual([["onError", { code: 5600, message, detail: { code: "SERVER_UNREACHABLE" } }]]);
    // The same page on an origin that may: it was the origin, and nothing else.
    await host.open(page);
    expect(await page.evaluate(() => window.told)).toEqual([]);
    await host.close();
  });
});
