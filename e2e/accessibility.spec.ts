// Every screen of the editor at three widths, light and dark, as axe and a ruler see it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { connectAgent, createTemplate } from "./agent.ts";
import { EditorPage } from "./editor-page.ts";
import { findElement } from "./find-element.ts";
import { findingsOf, look, middle, phone, wide } from "./look.ts";
import { NewsletterPage } from "./newsletter-page.ts";
import { origin } from "./server-under-test.ts";

const newsletterFile = join(import.meta.dirname, "../examples/host-app/templates/newsletter.json");
const oldHeadline = "Our new autumn timetable is out now";
const newHeadline = "Leave after dinner. Wake up by the sea.";

test.use({ contextOptions: { reducedMotion: "reduce" } });
// Hundreds of looks in a few stories: on a busy machine they take their time.
test.describe.configure({ timeout: 300_000 });

test("a fault on a screen is told with its rule, its place and its reason", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  expect(await findingsOf(page)).toEqual([]);
  await page.evaluate(() => {
    const top = document.querySelector("waggle-editor")?.shadowRoot?.querySelector(".wg-top .end");
    top?.insertAdjacentHTML(
      "afterbegin",
      '<button style="width:12px;height:12px;padding:0"></button><p style="color:#bbb">Pale</p><i style="width:2000px;flex:none">Wide</i>',
    );
  });
  const findings = (await findingsOf(page)).join("\n");
  for (const rule of ["button-name at", "color-contrast at", "hit-area at", "sideways-scroll at"]) {
    expect(findings).toContain(rule);
  }
  expect(findings).toContain("does not have inner text");
});

test("idle, with every kind of selection", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  await look(page, "01-idle");
  const json = await editor.exportedJson();
  await editor.select(findElement(json, "Click here"));
  await look(page, "01-button");
  await page.getByRole("textbox", { name: "Link", exact: true }).fill("javascript:alert(1)");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  await look(page, "01-refused", [wide]);
  await editor.select(findElement(json, oldHeadline));
  await look(page, "01-title");
  await editor.select(findElement(json, "Dear customer"));
  await look(page, "01-paragraph", [wide, phone]);
  await editor.select(await editor.idOf('[data-kind="module"]:has(img)'));
  await look(page, "01-image", [wide, phone]);
  await editor.select(await editor.idOf('[data-kind="row"]'));
  await look(page, "01-row");
});

test("panels, typing, the history and a template without rows", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  await editor.press("History");
  await look(page, "05-history-empty");
  await editor.press("Close history");
  const json = await editor.exportedJson();
  await editor.typeAtEndOf(editor.headline("Pack light"), ", dream long");
  await look(page, "01-typing");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("textbox", { name: "Link address" })).toBeVisible();
  await look(page, "01-link");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.evaluate(
    (id) => window.bee.commands.updateButton({ elementId: id, text: "Find a night train" }),
    findElement(json, "Click here"),
  );
  await editor.headline("Three slow ways out of town").click();
  await page.keyboard.press("Delete");
  await expect(page.getByText("Title deleted").first()).toBeVisible();
  // It stays as long as someone points at it.
  await page.getByText("Title deleted").first().hover();
  await look(page, "07-toast");
  await page.keyboard.press("Control+z");
  await editor.press("History");
  await look(page, "05-history-own");
  await editor.press("Close history");
  await editor.select(findElement(json, "Click here"));
  await page.setViewportSize(middle);
  await editor.press("Outline");
  await look(page, "01-outline", [middle, phone]);
  await page.setViewportSize(phone);
  await page.getByRole("searchbox").fill("carousel");
  await look(page, "07-nothing-found", [phone]);
  await editor.press("Close outline");
  await editor.press("Style");
  await look(page, "01-style", [phone]);
  await editor.press("Close design");
  await editor.press("Agent");
  await look(page, "07-no-agent", [phone]);
  await editor.press("Close activity");
  await page.evaluate(() => window.bee.start({ page: { title: "", body: {}, rows: [] } }));
  await expect(page.getByRole("heading", { name: "Start with a row" })).toBeVisible();
  await look(page, "07-empty");
});

test("a session: waiting, live, ended, reviewed", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  await editor.press("Work with agent");
  const sheet = page.getByRole("dialog", { name: "Connect an agent" });
  await expect(sheet).toContainText("Waiting for an agent");
  await look(page, "03-connect-waiting");
  for (const kind of ["JSON", "TypeScript", "Python"]) {
    await sheet.getByRole("button", { name: kind, exact: true }).click();
    await look(page, `03-connect-${kind}`, [wide]);
  }
  const templateId = await editor.templateId();
  const scout = await connectAgent({ templateId, name: "scout", handle: "maya" });
  await expect(sheet).toContainText("is here");
  await look(page, "03b-connect-connected");
  await editor.press("Watch it work");
  const lumen = await connectAgent({ templateId, name: "lumen" });
  const json = await editor.exportedJson();
  const headline = findElement(json, oldHeadline);
  const button = findElement(json, "Click here");
  await editor.select(findElement(json, "Dear customer"));
  const writing = editor.keep(async (round) => {
    await scout.call("update_title", {
      elementId: headline,
      text: round % 2 === 0 ? newHeadline : "Leave after dinner.",
    });
    await lumen.call("update_button", {
      elementId: button,
      text: round % 2 === 0 ? "Find a night train" : "From €240",
    });
  });
  await expect(editor.headline(/Leave after dinner/)).toBeVisible();
  await look(page, "02-session-live");
  await page.setViewportSize(phone);
  await editor.press("Agent");
  await look(page, "02-activity", [phone]);
  await editor.press("Close activity");
  await writing.stop();
  await lumen.leave();
  await look(page, "02-agent-left", [wide]);
  await scout.leave();
  await editor.sessionHasEnded();
  await look(page, "07-ended-agents-left");
  await editor.press("Review");
  await look(page, "05-history-session");
  await page.getByRole("button", { name: /^Undo this session/ }).click();
  await look(page, "05-history-undone");
});

test("the other ways a session ends, and one that does not start", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show({ seconds: 20 });
  await page.route("**/host/token", (route) => route.fulfill({ status: 500, json: {} }), { times: 1 });
  await editor.press("Work with agent");
  await expect(page.getByText("No session could be started.").first()).toBeVisible();
  await look(page, "07-refused");
  const first = await editor.startSession();
  const agent = await connectAgent({ templateId: first, name: "scout" });
  const elementId = findElement(await editor.exportedJson(), oldHeadline);
  await agent.call("update_title", { elementId, text: newHeadline });
  await look(page, "02-last-minute", [wide, phone]);
  await editor.sessionHasEnded();
  await look(page, "07-ended-timeout");
  await editor.startSession();
  await editor.stop();
  await editor.sessionHasEnded();
  await expect(page.locator(".wg-ban")).toContainText("Session stopped. Nothing was changed.");
  await look(page, "07-ended-stopped", [wide, phone]);
  await editor.startSession();
  await page.evaluate(() => window.bee.start({ page: { title: "Untitled", body: {}, rows: [] } }));
  await editor.sessionHasEnded();
  await look(page, "07-ended-new-template", [wide, phone]);
});

test("the connection is away, and the server does not answer", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  await editor.startSession();
  const elementId = findElement(await editor.exportedJson(), "Click here");
  await editor.select(elementId);
  await editor.cut();
  await expect(page.getByText("You are offline.").first()).toBeVisible();
  await page.evaluate((id) => window.bee.commands.updateButton({ elementId: id, text: "Made offline" }), elementId);
  await look(page, "07-offline", [wide]);
  await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 30_000 });
  await look(page, "07-server-gone");
  for (const key of ["Tab", "F6", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"]) {
    await page.keyboard.press(key);
    expect(await editor.focusIsInside('[role="alertdialog"]'), key).toBe(true);
  }
  await page.keyboard.press("Escape");
  await look(page, "07-offline");
  await editor.mend();
  await expect(page.getByText("Back online.").first()).toBeVisible({ timeout: 30_000 });
  await look(page, "07-back", [wide, phone]);
});

test("a template that many share", async ({ page, browser }) => {
  const templateId = await createTemplate(JSON.parse(await readFile(newsletterFile, "utf8")));
  const editor = new EditorPage(page);
  await editor.show({ join: templateId });
  const other = new EditorPage(await (await browser.newContext()).newPage());
  await other.show({ join: templateId, as: "Jonas" });
  await connectAgent({ templateId, name: "lumen" });
  const json = await editor.exportedJson();
  await other.select(findElement(json, oldHeadline));
  await editor.select(findElement(json, "Click here"));
  await expect(editor.sessionBar).toContainText("Jonas");
  await expect(editor.sessionBar).toContainText("lumen", { ignoreCase: true });
  await look(page, "07-room");
  await editor.press("Leave the shared template");
  await editor.sessionHasEnded();
  await look(page, "07-left", [wide, phone]);
  await other.page.context().close();
});

test("the demo's page around the editor", async ({ page }) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open();
  await look(page, "06-host");
  for (const template of ["receipt", "event"]) {
    await page.getByRole("combobox", { name: "Campaign" }).selectOption(template);
    await page.waitForLoadState("networkidle");
    await look(page, `06-host-${template}`);
  }
  await newsletter.open();
  const templateId = await newsletter.startSession();
  const agent = await connectAgent({ templateId, name: "scout" });
  await agent.call("update_title", {
    elementId: findElement(await newsletter.exportedJson(), oldHeadline),
    text: newHeadline,
  });
  await expect(newsletter.sessionBar).toContainText("scout", { ignoreCase: true });
  await look(page, "06-host-session");
  await newsletter.stop();
  await newsletter.sessionHasEnded();
  await look(page, "06-host-ended", [wide, phone]);
  const shared = await createTemplate(await newsletter.exportedJson());
  await page.goto(`${origin}/?join=${shared}`);
  await expect(newsletter.canvas.getByText("Three slow ways out of town")).toBeVisible();
  await look(page, "06-host-shared");
});
