// Every way in which a session between a person and agents ends.
import { expect, test } from "@playwright/test";
import { connectAgent, readTemplate } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { NewsletterPage } from "./newsletter-page.ts";

const oldHeadline = "Our new autumn timetable is out now";
const newHeadline = "Leave after dinner.";

/** A page with a session in which an agent has rewritten the headline and stays. */
async function sessionWithAgent(newsletter: NewsletterPage, path = "/") {
  await newsletter.open({ path });
  const templateId = await newsletter.startSession();
  const agent = await connectAgent({ templateId, name: "scout" });
  const elementId = findElement(await newsletter.exportedJson(), oldHeadline);
  await agent.call("update_title", { elementId, text: newHeadline });
  await expect(newsletter.headline(newHeadline)).toBeVisible();
  return { agent, elementId, templateId };
}

test("the person stops it: the agent is told, and its work is one step", async ({ page }) => {
  const newsletter = new NewsletterPage(page);
  const { agent, elementId } = await sessionWithAgent(newsletter);
  await newsletter.stop();
  await newsletter.sessionHasEnded();
  await expect(page.getByText("Session stopped.").first()).toBeVisible();
  await expect(agent.call("update_title", { elementId, text: "Too late" })).rejects.toMatchObject({
    code: "SESSION_ENDED",
  });
  expect(await newsletter.historyKinds()).toEqual([{ kind: "agent-session", undone: false }]);
  await newsletter.undo();
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
});

test("its time runs out: the changes stay, one step, and a new session starts at once", async ({ page }) => {
  const newsletter = new NewsletterPage(page);
  const { templateId } = await sessionWithAgent(newsletter, "/?sessionSeconds=8");
  await newsletter.sessionHasEnded();
  await expect(page.getByText(/^Session ended after/).first()).toBeVisible();
  expect(await newsletter.historyKinds()).toEqual([{ kind: "agent-session", undone: false }]);
  expect(await newsletter.startSession()).not.toBe(templateId);
});

test("a second person comes: it ends for the first, and the newcomer is turned away", async ({ page, browser }) => {
  const newsletter = new NewsletterPage(page);
  const { templateId } = await sessionWithAgent(newsletter);
  const other = await (await browser.newContext()).newPage();
  // A page that loads its own template after the join would give the join up.
  await new NewsletterPage(other).open();
  const refusal = await other.evaluate(async (id) => {
    try {
      await window.bee.join(id);
      return "let in";
    } catch (error) {
      return (error as { error: { code: string } }).error.code;
    }
  }, templateId);
  expect(refusal).toBe("SESSION_REFUSED");
  await newsletter.sessionHasEnded();
  await expect(newsletter.headline(newHeadline)).toBeVisible();
  await other.context().close();
});

test("another template is loaded: the old one keeps its changes on the server", async ({ page }) => {
  const newsletter = new NewsletterPage(page);
  const { templateId } = await sessionWithAgent(newsletter);
  await page.evaluate(() => window.bee.start({ page: { title: "Empty", body: {}, rows: [] } }));
  await newsletter.sessionHasEnded();
  await expect(newsletter.headline(newHeadline)).toHaveCount(0);
  expect(JSON.stringify(await readTemplate(templateId))).toContain(newHeadline);
});

test("the page is reloaded: what agents were told is kept stays readable, and a new session starts at once", async ({
  page,
}) => {
  const newsletter = new NewsletterPage(page);
  const { templateId } = await sessionWithAgent(newsletter);
  await page.reload();
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
  expect(JSON.stringify(await readTemplate(templateId))).toContain(newHeadline);
  expect(await newsletter.startSession()).not.toBe(templateId);
});
