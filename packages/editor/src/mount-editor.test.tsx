import { createBee } from "@waggle/sdk";
import { FakeClock } from "@waggle/testing";
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { createEditor } from "./create-editor.ts";
import { openEditor, samplePage } from "./editor.test.support.ts";
import { mountEditor } from "./mount-editor.tsx";

test("unmounting leaves no element, style, font or timer behind", async () => {
  const before = { elements: document.body.childElementCount, styles: document.adoptedStyleSheets.length };
  const fonts = document.fonts.size;
  const { clock, close } = await openEditor();
  expect(document.fonts.size).toBe(fonts + 2);

  close();

  expect({ elements: document.body.childElementCount, styles: document.adoptedStyleSheets.length }).toEqual(before);
  expect([document.fonts.size, clock.pending]).toEqual([fonts, 0]);
});

test("unmounting twice is harmless, and the bee lives on", async () => {
  const bee = createBee({ server: "http://localhost:1", token: "none", clock: new FakeClock() });
  const container = document.createElement("div");
  const editor = mountEditor(bee, container);

  editor.unmount();
  editor.unmount();
  await bee.start(samplePage());

  expect(bee.status.ready).toBe(true);
  expect(container.childElementCount).toBe(0);
  bee.destroy();
});

test("a template that starts after mounting appears", async () => {
  const container = document.createElement("div");
  document.body.append(container);
  const bee = await createEditor({ server: "http://localhost:1", token: "none", container });

  await bee.start(samplePage());

  const canvas = bee.editor.element.shadowRoot?.querySelector("iframe")?.contentDocument;
  expect(canvas?.body.textContent).toContain("Night trains");
  bee.destroy();
  expect(container.childElementCount).toBe(0);
  container.remove();
});

test("a container that is not there is a clear error", () => {
  const bee = createBee({ server: "http://localhost:1", token: "none", clock: new FakeClock() });
  expect(() => mountEditor(bee, "#nowhere")).toThrow("#nowhere");
  bee.destroy();
});

test("the layout follows the width of the editor, not of the window", async () => {
  await page.viewport(1440, 900);
  const { shadow, editor, close } = await openEditor();
  const isShown = (selector: string) => shadow.querySelector<HTMLElement>(selector)?.checkVisibility();
  expect([isShown(".wg-rail"), isShown(".wg-panel.l"), isShown(".wg-bottom")]).toEqual([false, true, false]);

  editor.element.style.width = "800px";
  expect([isShown(".wg-rail"), isShown(".wg-panel.l"), isShown(".wg-panel.r")]).toEqual([true, false, false]);

  editor.element.style.width = "390px";
  expect([isShown(".wg-rail"), isShown(".wg-bottom")]).toEqual([false, true]);
  close();
});
