// What becomes of a template when nobody is there any more: it is kept as long as the contract says, then it is gone.
import { expect } from "@playwright/test";
import { connectAgent, createTemplate } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { oldHeadline, readNewsletter } from "./newsletter.ts";
import { NewsletterPage } from "./newsletter-page.ts";
import { type OwnServer, test } from "./own-server.ts";
import { apiKey } from "./server-under-test.ts";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** Whoever is away may be back within 5 seconds, and the server looks every 30 seconds what is over. */
const slackMs = minuteMs;

async function getTemplate(templateId: string, { origin }: OwnServer): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${origin}/v2/sdk/mcp/template/${templateId}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  return { status: response.status, body: await response.json() };
}

const gone = (templateId: string) => ({
  status: 404,
  body: {
    code: 4040,
    message: `No template ${templateId}. Create one, or check the id.`,
    details: { code: "TEMPLATE_NOT_FOUND", templateId },
  },
});

/** An agent may still know it as ended. */
const whatToDo = /check the id|Ask for the id of a new one/;

/** Lets time pass until the template can't be read any more; how long that was, in milliseconds. */
async function timeUntilGone(templateId: string, server: OwnServer, step = { ms: 10 * secondMs }): Promise<number> {
  let passedMs = 0;
  await expect
    .poll(
      async () => {
        await server.pass(step);
        passedMs += step.ms;
        return (await getTemplate(templateId, server)).status;
      },
      { intervals: [100], timeout: 30_000 },
    )
    .toBe(404);
  expect(await getTemplate(templateId, server)).toEqual(gone(templateId));
  return passedMs;
}

test("an editor's session that everyone left can be read for five minutes, then it is gone", async ({
  page,
  serverWithClock: server,
}) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open(server);
  const templateId = await newsletter.startSession();
  const elementId = findElement(await newsletter.exportedJson(), oldHeadline);
  const place = { templateId, at: server.origin };
  const first = await connectAgent({ ...place, name: "scout", era: "2025" });
  const second = await connectAgent({ ...place, name: "lumen", era: "2026" });
  await first.call("update_title", { elementId, text: "Kept for five minutes" });
  await page.close();
  await first.leave();
  await second.leave();
  expect(JSON.stringify(await getTemplate(templateId, server))).toContain("Kept for five minutes");

  const livedMs = await timeUntilGone(templateId, server);

  expect(livedMs).toBeGreaterThan(5 * minuteMs - slackMs);
  expect(livedMs).toBeLessThan(5 * minuteMs + slackMs);
  // Without sessions the call is refused, with sessions whoever comes.
  const late = await connectAgent({ ...place, name: "late", era: "2026" });
  await expect(late.call("update_title", { elementId, text: "Too late" })).rejects.toThrow(whatToDo);
  await expect(connectAgent({ ...place, name: "late" })).rejects.toThrow(whatToDo);
});

test("an editor's session in which an agent only stays is over after an hour, and the agent is told what to do", async ({
  page,
  serverWithClock: server,
}) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open(server);
  const templateId = await newsletter.startSession();
  const agent = await connectAgent({ templateId, name: "scout", at: server.origin });
  await agent.call("get_content_hierarchy");
  await page.close();

  const livedMs = await timeUntilGone(templateId, server, { ms: minuteMs });

  expect(livedMs).toBeLessThan(hourMs + 2 * slackMs);
  await expect(agent.call("get_content_hierarchy")).rejects.toThrow(whatToDo);
});

test("a backend's template is kept for a day after the last one left, 33 hours when nobody came", async ({
  serverWithClock: server,
}) => {
  const json = await readNewsletter();
  const at = server.origin;
  const [visited, untouched] = await Promise.all([createTemplate(json, at), createTemplate(json, at)]);
  const agent = await connectAgent({ templateId: visited, name: "scout", at });
  await agent.call("update_title", { elementId: findElement(json, oldHeadline), text: "Kept for a day" });
  await agent.leave();

  await server.pass({ ms: 23.5 * hourMs });
  expect(JSON.stringify(await getTemplate(visited, server))).toContain("Kept for a day");
  const aDayMs = 23.5 * hourMs + (await timeUntilGone(visited, server, { ms: minuteMs }));
  expect(aDayMs).toBeGreaterThan(24 * hourMs - slackMs);
  expect(aDayMs).toBeLessThan(24 * hourMs + 2 * slackMs);

  await server.pass({ ms: 8 * hourMs });
  expect((await getTemplate(untouched, server)).status).toBe(200);
  await server.pass({ ms: hourMs });
  await timeUntilGone(untouched, server);
});
