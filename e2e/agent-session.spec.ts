// The main story: a person and an agent on one e-mail, from the first edit to one undo.
import { expect, test } from "@playwright/test";
import { connectAgent } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { NewsletterPage } from "./newsletter-page.ts";

const oldHeadline = "Our new autumn timetable is out now";
const newHeadline = "Leave after dinner. Wake up by the sea.";

test("an agent's whole session is one undo", async ({ page }) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open();
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
  const before = await newsletter.exportedJson();

  // The person lets the demo agent in, and sees who is there and what it does.
  await newsletter.runDemoAgent();
  await expect(newsletter.sessionBar).toContainText("Scout");
  await expect(newsletter.headline(newHeadline)).toBeVisible({ timeout: 20_000 });
  await expect(newsletter.headline(oldHeadline)).toHaveCount(0);

  // The agent says goodbye, and the session ends by itself.
  await newsletter.sessionHasEnded();
  await expect(newsletter.sessionBar).toHaveCount(0);
  await expect(page.getByText(/Session ended\. Scout made \d+ changes, one step in your history\./)).toBeVisible();
  const after = await newsletter.exportedJson();
  expect(after).not.toEqual(before);
  expect(await newsletter.historyKinds()).toEqual([{ kind: "agent-session", undone: false }]);

  await newsletter.undo();
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
  await expect(newsletter.headline(newHeadline)).toHaveCount(0);
  expect(await newsletter.exportedJson()).toEqual(before);
  expect(await newsletter.historyKinds()).toEqual([{ kind: "agent-session", undone: true }]);

  await newsletter.redo();
  await expect(newsletter.headline(newHeadline)).toBeVisible();
  expect(await newsletter.exportedJson()).toEqual(after);
});

test("an agent of the 2026 era edits, leaves, and is undone the same way", async ({ page }) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open();
  const before = await newsletter.exportedJson();
  const templateId = await newsletter.startSession();

  const agent = await connectAgent({ templateId, name: "lumen", era: "2026" });
  const headline = findElement(await newsletter.exportedJson(), oldHeadline);
  await agent.call("update_title", { elementId: headline, text: newHeadline });
  await expect(newsletter.headline(newHeadline)).toBeVisible();
  await expect(newsletter.sessionBar).toContainText("Lumen");
  await agent.leave();

  await newsletter.sessionHasEnded();
  const after = await newsletter.exportedJson();
  await newsletter.undo();
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
  expect(await newsletter.exportedJson()).toEqual(before);
  await newsletter.redo();
  await expect(newsletter.headline(newHeadline)).toBeVisible();
  expect(await newsletter.exportedJson()).toEqual(after);
});
