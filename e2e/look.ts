import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { axeFindings } from "./axe.ts";
import { rulerFindings } from "./ruler.ts";

export const wide = { width: 1440, height: 900 };
export const middle = { width: 1024, height: 768 };
export const phone = { width: 390, height: 844 };

/** A folder for pictures of every screen, when someone wants to look at them. */
const pictures = process.env.WAGGLE_PICTURES;

/** Looks at what a page shows now, at these sizes and in both themes, and finds nothing wrong. */
export async function look(page: Page, name: string, sizes = [wide, middle, phone]): Promise<void> {
  const findings: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const theme of ["light", "dark"] as const) {
      await show(page, theme);
      const where = `${name}-${size.width}-${theme}`;
      if (pictures) await page.screenshot({ path: join(pictures, `${where}.png`) });
      findings.push(...(await findingsOf(page, theme)).map((finding) => `${where}: ${finding}`));
    }
  }
  await page.setViewportSize(sizes.length === 1 ? (sizes[0] ?? wide) : wide);
  await show(page, "light");
  expect.soft(findings, name).toEqual([]);
}

/** Each thing that is wrong as a line. Themes differ in their colours alone. */
export async function findingsOf(page: Page, theme: "light" | "dark" = "light"): Promise<readonly string[]> {
  const found = await axeFindings(page, { isColorOnly: theme === "dark" });
  const measured = theme === "light" ? await rulerFindings(page) : [];
  return [...found, ...measured].map(({ rule, target, message }) => `${rule} at ${target}: ${message}`);
}

/** Takes some frames: what a new size changes is measured in the first, and drawn in the next. */
async function show(page: Page, theme: string): Promise<void> {
  await page.evaluate(async (value) => {
    const editor = document.querySelector<HTMLElement>("waggle-editor");
    const button = document.querySelector<HTMLElement>(`[data-set-theme="${value}"]`);
    if (button) button.click();
    else if (editor) editor.dataset.theme = value;
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, theme);
}
