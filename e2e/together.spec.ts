// A person and an agent at work at the same time, and what each undo takes back.
import { expect, test } from "@playwright/test";
import { connectAgent } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { NewsletterPage } from "./newsletter-page.ts";

const oldHeadline = "Our new autumn timetable is out now";
const tripsTitle = "Three slow ways out of town";

test("undoing the agents keeps what the person typed; undoing that brings the agents' work back", async ({ page }) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open();
  const templateId = await newsletter.startSession();
  const agent = await connectAgent({ templateId, name: "scout" });
  const json = await newsletter.exportedJson();

  await newsletter.typeAtEndOf(newsletter.headline(tripsTitle), ", all by rail");
  await agent.call("update_title", { elementId: findElement(json, oldHeadline), text: "Leave after dinner." });
  await expect(newsletter.headline("Leave after dinner.")).toBeVisible();
  await expect(newsletter.headline(`${tripsTitle}, all by rail`)).toBeVisible();
  await agent.leave();
  await newsletter.sessionHasEnded();
  const after = await newsletter.exportedJson();

  await page.evaluate(() => window.bee.history.undo({ scope: "agents" }));
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
  await expect(newsletter.headline(`${tripsTitle}, all by rail`)).toBeVisible();

  await newsletter.undo();
  await expect(newsletter.headline("Leave after dinner.")).toBeVisible();
  expect(await newsletter.exportedJson()).toEqual(after);
});

test("an agent's rewrite leaves what the person is typing in the same text", async ({ page }) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open();
  const templateId = await newsletter.startSession();
  const agent = await connectAgent({ templateId, name: "scout" });
  const elementId = findElement(await newsletter.exportedJson(), tripsTitle);
  await agent.call("get_element_details", { elementId });
  await newsletter.typeAtEndOf(newsletter.headline(tripsTitle), " today");
  await agent.call("update_title", { elementId, text: "Three very slow ways out of town" });
  await expect(newsletter.headline("Three very slow ways out of town today")).toBeVisible();
});
