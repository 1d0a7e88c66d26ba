// What breaks, and what the person is told.
import { expect } from "@playwright/test";
import { connectAgent, readTemplate } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { NewsletterPage } from "./newsletter-page.ts";
import { test } from "./own-server.ts";

const oldHeadline = "Our new autumn timetable is out now";

test("the network goes and comes back: edits are kept, and the save state says the truth", async ({
  page,
  context,
  server,
}) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open(server);
  const templateId = await newsletter.startSession();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await context.setOffline(true);
  const elementId = findElement(await newsletter.exportedJson(), "Click here");
  await page.evaluate((id) => window.bee.commands.updateButton({ elementId: id, text: "Made offline" }), elementId);
  await expect.poll(() => page.evaluate(() => window.bee.status.saving), { timeout: 45_000 }).toBe("unsaved");
  expect(JSON.stringify(await readTemplate(templateId, server.origin))).not.toContain("Made offline");

  await context.setOffline(false);
  await expect.poll(() => page.evaluate(() => window.bee.status.saving), { timeout: 30_000 }).toBe("saved");
  expect(JSON.stringify(await readTemplate(templateId, server.origin))).toContain("Made offline");
});

test("the server is killed in the middle of a session: nothing acknowledged is lost, and the editor recovers", async ({
  page,
  server,
}) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open(server);
  const templateId = await newsletter.startSession();
  const agent = await connectAgent({ templateId, name: "scout", at: server.origin });
  const headline = findElement(await newsletter.exportedJson(), oldHeadline);
  await agent.call("update_title", { elementId: headline, text: "Acknowledged before the crash" });

  await server.kill();
  await expect.poll(() => page.evaluate(() => window.bee.status.connection), { timeout: 15_000 }).not.toBe("online");
  await server.start();

  expect(JSON.stringify(await readTemplate(templateId, server.origin))).toContain("Acknowledged before the crash");
  await expect.poll(() => page.evaluate(() => window.bee.status.connection), { timeout: 30_000 }).toBe("online");
  await expect(newsletter.headline("Acknowledged before the crash")).toBeVisible();

  const again = await connectAgent({ templateId, name: "scout", at: server.origin });
  await again.call("update_title", { elementId: headline, text: "Written after the restart" });
  await expect(newsletter.headline("Written after the restart")).toBeVisible();
});
