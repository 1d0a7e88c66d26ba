// A template that a backend made: agents and several people in one room, and the result by REST.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, expect, test } from "@playwright/test";
import { connectAgent, createTemplate, readTemplate } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { NewsletterPage } from "./newsletter-page.ts";

const newsletterFile = join(import.meta.dirname, "../examples/host-app/templates/newsletter.json");

test("two people and an agent edit a backend's template, and the backend reads the result", async ({ browser }) => {
  const templateId = await createTemplate(JSON.parse(await readFile(newsletterFile, "utf8")));
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

test("each person's undo takes back their own work only", async ({ browser }) => {
  const templateId = await createTemplate(JSON.parse(await readFile(newsletterFile, "utf8")));
  const [first, second] = await Promise.all([joined(browser, templateId), joined(browser, templateId)]);
  await first.typeAtEndOf(first.headline("Pack light"), ", dream long");
  await expect(second.headline("Pack light, dream long")).toBeVisible();
  await second.typeAtEndOf(second.headline("Tonight, from platform 4"), " and 5");
  await expect(first.headline("Tonight, from platform 4 and 5")).toBeVisible();

  await first.undo();
  await expect(second.headline(/^Pack light$/)).toBeVisible();
  await expect(second.headline("Tonight, from platform 4 and 5")).toBeVisible();
});

async function joined(browser: Browser, templateId: string): Promise<NewsletterPage> {
  const context = await browser.newContext();
  const person = new NewsletterPage(await context.newPage());
  await person.open({ path: `/?join=${templateId}` });
  return person;
}
