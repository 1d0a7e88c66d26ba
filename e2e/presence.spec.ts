// Two agents, one of each protocol era, come and go: what the host hears, and what the person sees.
import { expect, type Page, test } from "@playwright/test";
import { connectAgent } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { HostPage } from "./host-page.ts";
import { oldHeadline, readNewsletter } from "./newsletter.ts";
import { NewsletterPage } from "./newsletter-page.ts";

const person = { isMcpUser: false, userColor: "#ffbf3c", userId: expect.any(String), username: "Maya" };
const agentNamed = (username: string) => ({
  isMcpUser: true,
  userColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
  userId: expect.any(String),
  username,
});
const scout = agentNamed("Scout");
const lumen = agentNamed("Lumen");

/** The host's events in order: what happened to whom, and who was there then. */
async function toldEvents(page: Page): Promise<unknown[]> {
  const told = await page.evaluate(() => window.told);
  return told.map(([, event]) => {
    if (typeof event !== "object" || event === null || !("sessionData" in event)) return event;
    const { users } = event.sessionData as { users: Record<string, { userId: string }> };
    for (const [id, user] of Object.entries(users)) expect(user.userId).toBe(id);
    return { ...event, sessionData: Object.values(users) };
  });
}

test("each agent's coming and going is told once, with who it is, and the last one's going ends the session", async ({
  page,
}) => {
  const host = await HostPage.serve({
    callbacks: ["onMcpSessionChange"],
    config: { username: "Maya", userColor: "#ffbf3c" },
    template: await readNewsletter(),
  });
  await host.open(page);
  const newsletter = new NewsletterPage(page);
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
  const templateId = await newsletter.startSession();
  const chip = (name: string) => newsletter.sessionBar.getByRole("button", { name, exact: false });
  await expect(newsletter.sessionBar).toContainText("0 changes");

  const first = await connectAgent({ templateId, name: "scout", era: "2025" });
  await expect(chip("Scout")).toHaveCount(1);
  const second = await connectAgent({ templateId, name: "lumen", era: "2026" });
  await expect(chip("Lumen")).toHaveCount(1);
  const json = await newsletter.exportedJson();
  await first.call("update_title", { elementId: findElement(json, oldHeadline), text: "Leave after dinner." });
  await second.call("update_title", { elementId: findElement(json, "Pack light"), text: "Pack lighter" });
  await expect(newsletter.headline("Leave after dinner.")).toBeVisible();
  await expect(newsletter.headline("Pack lighter")).toBeVisible();
  await expect(newsletter.sessionBar).toContainText("2 changes");
  const colors = await shownColors(page);

  await first.leave();
  await expect(chip("Scout")).toHaveCount(0);
  await expect(chip("Lumen")).toHaveCount(1);
  await second.leave();
  await newsletter.sessionHasEnded();

  const events = await toldEvents(page);
  expect(events).toEqual([
    { type: "SESSION_STARTED", templateId },
    { type: "USER_JOINED", change: { type: "USER_JOINED", value: scout }, sessionData: [person, scout] },
    { type: "USER_JOINED", change: { type: "USER_JOINED", value: lumen }, sessionData: [person, scout, lumen] },
    { type: "USER_LEFT", change: { type: "USER_LEFT", value: scout }, sessionData: [person, lumen] },
    { type: "USER_LEFT", change: { type: "USER_LEFT", value: lumen }, sessionData: [person] },
    { type: "SESSION_ENDED", templateId, reason: "agents-left" },
  ]);
  // The host and the bar name the same colours, one for each.
  expect(colors).toEqual({ Scout: colorIn(events[1]), Lumen: colorIn(events[2]) });
  expect(colors.Scout).not.toBe(colors.Lumen);
  await expect(
    page.getByText("Session ended. Scout and Lumen made 2 changes, one step in your history."),
  ).toBeVisible();
  expect(await newsletter.historyKinds()).toEqual([{ kind: "agent-session", undone: false }]);
  await host.close();
});

function colorIn(event: unknown): string {
  return (event as { change: { value: { userColor: string } } }).change.value.userColor;
}

/** Name → colour of each agent's cell in the session bar. */
function shownColors(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const shown = [
      ...(document.querySelector("waggle-editor")?.shadowRoot?.querySelectorAll(".wg-sess .wg-chip") ?? []),
    ];
    const agents = shown.filter((chip) => chip.querySelector(".wg-av.agent"));
    return Object.fromEntries(
      agents.map((chip) => {
        const cell = chip.querySelector(".wg-av");
        const color = cell ? getComputedStyle(cell, "::before").backgroundColor : "";
        const hex = (color.match(/\d+/g) ?? []).map((part) => Number(part).toString(16).padStart(2, "0")).join("");
        return [chip.querySelector("b")?.textContent ?? "", `#${hex}`];
      }),
    );
  });
}
