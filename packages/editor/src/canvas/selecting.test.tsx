import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { elementIn, ids, openEditor } from "../editor.test.support.ts";

test("a click on the canvas selects the module, in frame, outline and properties alike", async () => {
  await page.viewport(1440, 900);
  const { canvas, shadow, close } = await openEditor();

  elementIn(canvas, ids.button).click();

  await vi.waitFor(() => expect(shadow.querySelector(".f-tag")?.textContent).toBe("Button"));
  expect(shadow.querySelector("[role=treeitem][aria-selected=true]")?.getAttribute("data-outline")).toBe(ids.button);
  expect(shadow.querySelector(".wg-crumbs")?.textContent).toBe("Row 1Column 1Button");
  close();
});

test("Escape goes to the column, to the row, then out", async () => {
  await page.viewport(1440, 900);
  const { canvas, shadow, close } = await openEditor();
  elementIn(canvas, ids.button).click();
  const tag = () => shadow.querySelector(".f-tag")?.textContent;
  await vi.waitFor(() => expect(tag()).toBe("Button"));

  const seen: (string | undefined)[] = [];
  for (let press = 0; press < 3; press++) {
    canvas.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await vi.waitFor(() => expect(tag()).not.toBe(seen.at(-1) ?? "Button"));
    seen.push(tag() ?? undefined);
  }

  expect(seen).toEqual(["Column 1", "Row 1", undefined]);
  close();
});

test("Delete takes the selected module away, Undo in the message brings it back", async () => {
  await page.viewport(1440, 900);
  const { canvas, shadow, close } = await openEditor();
  elementIn(canvas, ids.button).click();
  await vi.waitFor(() => expect(shadow.querySelector(".f-tag")).not.toBeNull());

  canvas.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Delete", bubbles: true }));

  await vi.waitFor(() => expect(canvas.querySelector(`[data-uuid="${ids.button}"]`)).toBeNull());
  await userEvent.click(page.elementLocator(shadow.querySelector(".wg-toast button") as HTMLElement));
  await vi.waitFor(() => expect(elementIn(canvas, ids.button).textContent).toContain("Click here"));
  close();
});

test("the outline is reached with one Tab and walked with arrows", async () => {
  await page.viewport(1440, 900);
  const { shadow, close } = await openEditor();
  const items = () => [...shadow.querySelectorAll<HTMLElement>("[role=treeitem]")];
  expect(items().filter((item) => item.tabIndex === 0)).toHaveLength(1);

  items()[0]?.focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");

  await vi.waitFor(() => expect(shadow.activeElement?.getAttribute("data-outline")).toBe(ids.paragraph));
  expect(shadow.activeElement?.getAttribute("aria-selected")).toBe("true");
  close();
});

test("F6 goes around the regions, also from inside the canvas", async () => {
  await page.viewport(1440, 900);
  const { canvas, shadow, close } = await openEditor();
  const focused = () => shadow.activeElement?.getAttribute("aria-label");
  shadow.querySelector<HTMLElement>(".wg-top")?.focus();
  const visited: (string | null | undefined)[] = [];

  for (let press = 0; press < 3; press++) {
    shadow.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "F6", bubbles: true }));
    visited.push(focused());
  }
  canvas.body.dispatchEvent(new KeyboardEvent("keydown", { key: "F6", shiftKey: true, bubbles: true }));
  visited.push(focused());

  expect(visited).toEqual(["Outline", "Email canvas", "Properties", "Email canvas"]);
  close();
});

test("the canvas shrinks with the email, and renders in standards mode as mail clients do", async () => {
  await page.viewport(1440, 900);
  const { bee, canvas, shadow, close } = await openEditor();
  const height = () => shadow.querySelector("iframe")?.clientHeight ?? 0;
  const before = height();

  bee.commands.deleteElement({ elementId: ids.paragraph });

  await vi.waitFor(() => expect(height()).toBeLessThan(before));
  expect(canvas.compatMode).toBe("CSS1Compat");
  close();
});

test("nothing of the email runs in the canvas", async () => {
  const { canvas, close } = await openEditor();
  const meta = canvas.querySelector("meta[http-equiv=Content-Security-Policy]");
  expect(meta?.getAttribute("content")).toContain("script-src 'none'");

  const image = canvas.createElement("img");
  image.setAttribute("onerror", "parent.hasRun = true");
  image.src = "data:image/png;base64,broken";
  canvas.body.append(image);
  await new Promise((resolve) => image.addEventListener("error", resolve));

  expect("hasRun" in window).toBe(false);
  close();
});
