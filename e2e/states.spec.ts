// What a person meets beside the ordinary: nothing there yet, and a server that is gone for a while.
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { connectAgent, readTemplate } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { oldHeadline } from "./newsletter.ts";
import { NewsletterPage } from "./newsletter-page.ts";
import { test } from "./own-server.ts";

test("an empty template offers a first row, and undo gives the offer back", async ({ page }) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open();
  await page.evaluate(() => window.bee.start({ page: { title: "Empty", body: {}, rows: [] } }));
  const offer = page.getByRole("heading", { name: "Start with a row" });
  await expect(offer).toBeVisible();
  const empty = await newsletter.exportedJson();

  await page.getByRole("button", { name: "Row with 2 columns, 6 to 6" }).click();

  await expect(offer).toHaveCount(0);
  const row = { columns: [{ "grid-columns": 6 }, { "grid-columns": 6 }] };
  expect(await newsletter.exportedJson()).toMatchObject({ page: { rows: [row] } });
  await newsletter.undo();
  await expect(offer).toBeVisible();
  expect(await newsletter.exportedJson()).toEqual(empty);
  await page.getByRole("button", { name: "Ask an agent" }).click();
  await expect(page.getByRole("dialog", { name: "Connect an agent" })).toBeVisible();
});

test("the server is gone: what waits is counted, a copy can be had, and what waited is saved when it is back", async ({
  page,
  server,
}) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open(server);
  const templateId = await newsletter.startSession();
  const agent = await connectAgent({ templateId, name: "scout", at: server.origin });
  const json = await newsletter.exportedJson();
  await agent.call("update_title", { elementId: findElement(json, oldHeadline), text: "Written before" });
  await expect(newsletter.headline("Written before")).toBeVisible();

  await server.kill();
  await expect(page.getByText("You are offline.").first()).toBeVisible();
  const edits = ["Pack light", "Tonight, from platform 4"].map(
    (text) => [findElement(json, text), `${text}!`] as const,
  );
  for (const [elementId, text] of edits) {
    await page.evaluate(([id, words]) => window.bee.commands.updateTitle({ elementId: id, text: words }), [
      elementId,
      text,
    ] as const);
  }
  await expect(page.getByText("2 changes are waiting.")).toBeVisible();
  await expect(page.getByText("Offline, 2 changes kept here").first()).toBeAttached();

  const dialog = page.getByRole("alertdialog", { name: "The server is not answering" });
  await expect(dialog).toContainText("2 changes are kept here: keep this tab open.");
  const [copy] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download a copy" }).click(),
  ]);
  expect(copy.suggestedFilename()).toBe("template.json");
  const saved = JSON.parse(await readFile(await copy.path(), "utf8"));
  expect(saved).toEqual(await newsletter.exportedJson());
  for (const text of ["Written before", "Pack light!", "Tonight, from platform 4!"]) {
    expect(JSON.stringify(saved)).toContain(text);
  }
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  await expect(dialog).toHaveCount(0);

  await server.start();

  await expect(page.getByText("Back online. 2 changes saved.").first()).toBeVisible();
  await expect(page.getByText("You are offline.").filter({ visible: true })).toHaveCount(0);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  expect(await readTemplate(templateId, server.origin)).toEqual(saved);
});
