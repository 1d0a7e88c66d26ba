// The editor without a mouse, with a finger, with system colours, and enlarged.
import { type Browser, type BrowserContextOptions, expect, test } from "@playwright/test";
import { EditorPage } from "./editor-page.ts";
import { findElement } from "./find-element.ts";
import { findingsOf, phone } from "./look.ts";
import { rulerFindings } from "./ruler.ts";

/** The layout follows a resized window a moment later. */
const settled = expect.configure({ soft: true });
const regions = ["Editor bar", "Outline", "Email canvas", "Properties"];

test("F6 goes round the regions, in a session through its bar too", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  await page.getByRole("button", { name: "History" }).focus();
  const round = async (key: string, count: number) => {
    const visited: string[] = [];
    for (let step = 0; step < count; step += 1) {
      await page.keyboard.press(key);
      visited.push(await editor.focused("its region"));
    }
    return visited;
  };
  expect(await round("F6", 4)).toEqual([...regions.slice(1), "Editor bar"]);
  expect(await round("Shift+F6", 4)).toEqual(regions.toReversed());
  await editor.startSession();
  await expect(editor.sessionBar).toBeVisible();
  expect(await round("F6", 5)).toEqual(["Agent session", "Outline", "Email canvas", "Properties", "Editor bar"]);
});

test("Tab goes through the regions in the order they are seen, and the tree takes it once", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  await editor.select(findElement(await editor.exportedJson(), "Click here"));
  await page.getByRole("button", { name: "Desktop", exact: true }).focus();
  const visited: string[] = [];
  // The links of the email are on the way; F6 is the way past them.
  for (let step = 0; step < 80 && visited.at(-1) !== "Properties"; step += 1) {
    const region = await editor.focused("its region");
    if (visited.at(-1) !== region) visited.push(region);
    await page.keyboard.press("Tab");
  }
  expect(visited).toEqual(regions);
  await expect(page.locator('[role="treeitem"][tabindex="0"]')).toHaveCount(1);
});

test("arrows move in the tree, in a toolbar and among tabs, and Tab comes back to where they went", async ({
  page,
}) => {
  const editor = new EditorPage(page);
  await editor.show();
  await page.getByRole("treeitem", { name: "Introduction" }).focus();
  await page.keyboard.press("ArrowDown");
  expect(await editor.focused()).toContain("Newsletter no. 42");
  await page.keyboard.press("ArrowLeft");
  expect(await editor.focused()).toContain("Introduction");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  expect(await editor.focused()).toContain("Introduction");

  await editor.select(findElement(await editor.exportedJson(), "Click here"));
  const toolbar = page.getByRole("toolbar", { name: "Button actions" }).first();
  await toolbar.getByRole("button").first().focus();
  await page.keyboard.press("ArrowDown");
  expect(await editor.focused()).toBe("Delete");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  expect(await editor.focused()).toBe("Delete");

  await editor.startSession();
  await page.getByRole("tab", { name: "Activity" }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("tab", { name: "Design" })).toBeFocused();
  await expect(page.getByRole("tab", { name: "Design" })).toHaveAttribute("aria-selected", "true");
});

test("Escape goes to the parent, then out", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  await editor.headline("Pack light").click();
  const selected = page.locator(".wg-crumbs [aria-current]");
  for (const name of ["Title", "Column 1", /^Row \d+$/]) {
    await expect(selected).toHaveText(name);
    await page.keyboard.press("Escape");
  }
  await expect(selected).toHaveCount(0);
});

test("a sheet takes the focus, keeps it, makes the rest inert and gives it back", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  await page.getByRole("button", { name: "Work with agent" }).focus();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Connect an agent" });
  await expect(sheet.getByRole("button", { name: "Cancel session" })).toBeVisible();
  for (let step = 0; step < 16; step += 1) {
    await page.keyboard.press("Tab");
    expect(await editor.focusIsInside('[role="dialog"]'), `Tab ${step + 1}`).toBe(true);
  }
  for (const key of ["Shift+Tab", "F6", "Shift+F6"]) {
    await page.keyboard.press(key);
    expect(await editor.focusIsInside('[role="dialog"]'), key).toBe(true);
  }
  await expect(page.locator(".wg-main")).toHaveAttribute("inert");
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(page.locator(".wg-main")).not.toHaveAttribute("inert");
  // The button that opened it went with the start of the session.
  expect(await editor.focused()).toBe("Email canvas");

  const connect = editor.sessionBar.getByRole("button", { name: "Connect an agent" });
  await connect.focus();
  await page.keyboard.press("Enter");
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(connect).toBeFocused();
});

test("with system colours every frame is a line, and what is selected is told apart", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  const editor = new EditorPage(page);
  await editor.show();
  await editor.select(findElement(await editor.exportedJson(), "Click here"));
  const looksOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { outlineStyle, outlineWidth, backgroundColor } = getComputedStyle(element);
        return { outlineStyle, outlineWidth, backgroundColor };
      });
  expect(await looksOf(".f")).toMatchObject({ outlineStyle: "solid", outlineWidth: "2px" });
  expect(await looksOf(".wg-in")).toMatchObject({ outlineStyle: "solid" });
  expect(await looksOf(".wg-btn")).toMatchObject({ outlineStyle: "solid" });
  const [on, off] = [await looksOf(".wg-seg [aria-pressed=true]"), await looksOf(".wg-seg [aria-pressed=false]")];
  expect(on.backgroundColor).not.toBe(off.backgroundColor);
  const [selected, other] = [await looksOf(".wg-tree .is-sel"), await looksOf(".wg-tree li > div:not(.is-sel)")];
  expect(selected.backgroundColor).not.toBe(other.backgroundColor);
  if (process.env.WAGGLE_PICTURES) await page.screenshot({ path: `${process.env.WAGGLE_PICTURES}/forced.png` });
});

test("enlarged to 200 % and to 400 % nothing scrolls sideways or is cut off", async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.show();
  const enlarged = [
    { width: 720, height: 450 },
    { width: 360, height: 225 },
    { width: 320, height: 568 },
  ];
  const everywhere = async () => {
    for (const size of enlarged) {
      await page.setViewportSize(size);
      await settled.poll(() => rulerFindings(page), { message: `${size.width} px` }).toEqual([]);
    }
  };
  await editor.select(findElement(await editor.exportedJson(), "Click here"));
  await everywhere();
  await editor.press("History");
  await everywhere();
  await editor.press("Close history");
  await editor.startSession();
  await expect(editor.sessionBar).toBeVisible();
  await everywhere();
  await page.setViewportSize(enlarged[0] ?? phone);
  await editor.press("Connect an agent");
  await everywhere();
});

test("under a finger every control is 44 pixels", async ({ browser }) => {
  const page = await touchPage(browser, { viewport: phone });
  const editor = new EditorPage(page);
  await editor.show();
  const holds = async (what: string) => expect.soft(await findingsOf(page), what).toEqual([]);
  await editor.select(findElement(await editor.exportedJson(), "Click here"));
  await holds("selection");
  await editor.press("Style");
  await holds("style");
  await editor.press("Close design");
  await editor.press("Outline");
  await holds("outline");
  await editor.press("Close outline");
  await editor.press("History");
  await holds("history");
  await editor.press("Close history");
  await editor.press("Agent");
  await page.getByRole("dialog").getByRole("button", { name: "Work with agent" }).click();
  await expect(page.getByText("Waiting for an agent", { exact: true })).toBeVisible();
  await holds("connect");
  await page.getByRole("button", { name: "Close connect an agent" }).click();
  await holds("session");
  await page.context().close();
});

async function touchPage(browser: Browser, options: BrowserContextOptions) {
  const context = await browser.newContext({ ...options, hasTouch: true, isMobile: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  return page;
}
