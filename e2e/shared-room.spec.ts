// A template that a backend made: agents and several people in one room, and the result by REST.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { connectAgent, createTemplate, readTemplate } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { HostPage } from "./host-page.ts";
import { readNewsletter } from "./newsletter.ts";
import { NewsletterPage } from "./newsletter-page.ts";
import { test as testWithServer } from "./own-server.ts";

test("two people and an agent edit a backend's template, and the backend reads the result", async ({ browser }) => {
  const templateId = await createTemplate(await readNewsletter());
  const [first, second] = await Promise.all([joined(browser, templateId), joined(browser, templateId)]);
  const agent = await connectAgent({ templateId, name: "lumen" });
  const json = await first.exportedJson();

  await agent.call("update_title", {
    elementId: findElement(json, "Our new autumn timetable is out now"),
    text: "Leave after dinner.",
  });
  await expect(first.headline("Leave after dinner.")).toBeVisible();
  await expect(second.headline("Leave after dinner.")).toBeVisible();

  await first.typeAtEndOf(first.headline("Pack light"), ", dream long");
  await expect(second.headline("Pack light, dream long")).toBeVisible();
  await second.typeAtEndOf(second.headline("Tonight, from platform 4"), " and 5");
  await expect(first.headline("Tonight, from platform 4 and 5")).toBeVisible();

  await expect.poll(async () => JSON.stringify(await readTemplate(templateId))).toContain("and 5");
  const result = JSON.stringify(await readTemplate(templateId));
  expect(result).toContain("Leave after dinner.");
  expect(result).toContain("Pack light, dream long");
});

test("each page hears once that it is in, and once of each coming and going, with everyone then there", async ({
  page,
  context,
}) => {
  const templateId = await createTemplate(await readNewsletter());
  const callbacks = ["onSessionStarted", "onSessionChange", "onMcpSessionChange", "onError"];
  const maya = await HostPage.serve({ callbacks, config: { username: "Maya", userColor: "#ffbf3c" } });
  const jonas = await HostPage.serve({ callbacks, config: { username: "Jonas", userColor: "#3a57f7" } });
  await maya.open(page);
  await page.evaluate((id) => window.hosted.join(id), templateId);
  const other = await context.newPage();
  await jonas.open(other);
  await other.evaluate((id) => window.hosted.join(id), templateId);
  const agent = await connectAgent({ templateId, name: "lumen", era: "2026" });
  const [first, second] = [new NewsletterPage(page), new NewsletterPage(other)];
  const json = await first.exportedJson();
  await agent.call("update_title", { elementId: findElement(json, "Pack light"), text: "Pack lighter" });
  await expect(first.headline("Pack lighter")).toBeVisible();
  await expect(second.headline("Pack lighter")).toBeVisible();
  await agent.leave();
  await expect(second.sessionBar.getByRole("button", { name: "Lumen" })).toHaveCount(0);
  await second.typeAtEndOf(second.headline("Tonight, from platform 4"), " and 5");
  await expect(first.headline("Tonight, from platform 4 and 5")).toBeVisible();
  await expect.poll(() => other.evaluate(() => window.bee.status.saving)).toBe("saved");

  await second.sessionBar.getByRole("button", { name: "Leave the shared template" }).click();
  await expect(first.sessionBar.getByRole("button", { name: "Jonas" })).toHaveCount(0);

  expect(await toldEvents(page)).toEqual([
    ["onSessionStarted", templateId],
    ["onSessionChange", "USER_JOINED Jonas", ["Maya", "Jonas"]],
    ["onSessionChange", "USER_JOINED Lumen", ["Maya", "Jonas", "Lumen"]],
    ["onSessionChange", "USER_LEFT Lumen", ["Maya", "Jonas"]],
    ["onSessionChange", "USER_LEFT Jonas", ["Maya"]],
  ]);
  // Whoever comes later hears of those who were there.
  expect(await toldEvents(other)).toEqual([
    ["onSessionStarted", templateId],
    ["onSessionChange", "USER_JOINED Maya", ["Maya", "Jonas"]],
    ["onSessionChange", "USER_JOINED Lumen", ["Maya", "Jonas", "Lumen"]],
    ["onSessionChange", "USER_LEFT Lumen", ["Maya", "Jonas"]],
  ]);
  const result = await readTemplate(templateId);
  expect(await first.exportedJson()).toEqual(result);
  expect(await second.exportedJson()).toEqual(result);
  await Promise.all([maya.close(), jonas.close()]);
});

test("a session that is not there is told by the contract's code, and the page keeps what it has", async ({ page }) => {
  const host = await HostPage.serve({ callbacks: ["onError"], template: await readNewsletter() });
  await host.open(page);
  const newsletter = new NewsletterPage(page);
  await expect(newsletter.headline("Pack light")).toBeVisible();

  const refusal = await page.evaluate(() =>
    window.hosted.join("tpl_isnotthere").then(
      () => "let in",
      (error: { error: unknown }) => error.error,
    ),
  );

  expect(refusal).toEqual({ code: "TEMPLATE_NOT_FOUND", message: expect.stringContaining("start a new session") });
  expect(await page.evaluate(() => window.told)).toEqual([
    ["onError", expect.objectContaining({ code: 5150, detail: { code: "TEMPLATE_NOT_FOUND" } })],
  ]);
  await expect(newsletter.headline("Pack light")).toBeVisible();
  await expect(newsletter.sessionBar).toHaveCount(0);
  await expect(page.getByText("The shared template could not be opened.")).toBeVisible();
  await host.close();
});

testWithServer.describe("with two seats", () => {
  testWithServer.use({ variables: { WAGGLE_SEATS: "2" } });

  testWithServer(
    "who finds no seat is told so, disturbs nobody, and comes in when one leaves",
    async ({ browser, server }) => {
      const templateId = await createTemplate(await readNewsletter(), server.origin);
      const [first, second] = await Promise.all([
        joined(browser, templateId, server.origin),
        joined(browser, templateId, server.origin),
      ]);
      // Agents take no seat.
      const agent = await connectAgent({ templateId, name: "lumen", at: server.origin });
      const late = new NewsletterPage(await (await browser.newContext()).newPage());

      await late.page.goto(`${server.origin}/?join=${templateId}`);
      await expect(late.page.getByText("All seats are taken.").first()).toBeVisible();
      expect(await late.page.evaluate(() => window.bee.status.session)).toBe(undefined);

      const elementId = findElement(await first.exportedJson(), "Pack light");
      await agent.call("update_title", { elementId, text: "Pack lighter" });
      for (const each of [first, second]) await expect(each.headline("Pack lighter")).toBeVisible();
      await second.sessionBar.getByRole("button", { name: "Leave the shared template" }).click();
      await expect(second.sessionBar).toHaveCount(0);
      await late.page.reload();
      await expect(late.headline("Pack lighter")).toBeVisible();
      await expect(late.page.getByText("All seats are taken.")).toHaveCount(0);
    },
  );
});

test("each person's undo takes back their own work only", async ({ browser }) => {
  const templateId = await createTemplate(await readNewsletter());
  const [first, second] = await Promise.all([joined(browser, templateId), joined(browser, templateId)]);
  await first.typeAtEndOf(first.headline("Pack light"), ", dream long");
  await expect(second.headline("Pack light, dream long")).toBeVisible();
  await second.typeAtEndOf(second.headline("Tonight, from platform 4"), " and 5");
  await expect(first.headline("Tonight, from platform 4 and 5")).toBeVisible();

  await first.undo();
  await expect(second.headline(/^Pack light$/)).toBeVisible();
  await expect(second.headline("Tonight, from platform 4 and 5")).toBeVisible();
});

async function joined(browser: Browser, templateId: string, origin?: string): Promise<NewsletterPage> {
  const context = await browser.newContext();
  const person = new NewsletterPage(await context.newPage());
  await person.open({ path: `/?join=${templateId}`, ...(origin ? { origin } : {}) });
  return person;
}

interface Told {
  readonly sessionId?: string;
  readonly change?: { readonly type: string; readonly value: { readonly username: string } };
  readonly sessionData?: { readonly users: Record<string, { readonly username: string }> };
}

/** The host's callbacks in short: which, what happened to whom, who was there then. */
async function toldEvents(page: Page): Promise<unknown[]> {
  const told = await page.evaluate(() => window.told);
  return told.map(([name, event]) => {
    const { sessionId, change, sessionData } = event as Told;
    if (!change || !sessionData) return [name, sessionId];
    return [
      name,
      `${change.type} ${change.value.username}`,
      Object.values(sessionData.users).map(({ username }) => username),
    ];
  });
}
