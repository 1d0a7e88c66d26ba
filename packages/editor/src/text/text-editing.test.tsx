import type { Bee } from "@waggle/sdk";
import { settingsId } from "@waggle/template";
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import {
  applyUpdate,
  Doc,
  encodeStateAsUpdate,
  encodeStateVector,
  XmlElement,
  XmlFragment,
  type Map as YMap,
} from "yjs";
import { elementIn, ids, openEditor, type TestEditor } from "../editor.test.support.ts";
import { words } from "../words.ts";

async function editText(id: string): Promise<TestEditor & { field: HTMLElement }> {
  await page.viewport(1440, 900);
  const opened = await openEditor();
  elementIn(opened.canvas, id).dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  const field = await vi.waitFor(() => {
    const found = opened.canvas.querySelector<HTMLElement>(".ProseMirror");
    if (!found || opened.canvas.activeElement !== found) throw new Error("not yet");
    return found;
  });
  return { ...opened, field };
}

async function jsonOf({ bee }: TestEditor): Promise<string> {
  return JSON.stringify((await bee.getTemplateJson()).data.json);
}

test("typing in a button lands in the template, and Ctrl Z takes it back byte for byte", async () => {
  const opened = await editText(ids.button);
  const before = await jsonOf(opened);

  await userEvent.keyboard(" today");
  await vi.waitFor(async () => expect(await jsonOf(opened)).toContain("Click here today"));
  await userEvent.keyboard("{Control>}z{/Control}");

  await vi.waitFor(async () => expect(await jsonOf(opened)).toBe(before));
  opened.close();
});

test("Enter is a line break in a title, and a new paragraph in a paragraph", async () => {
  const title = await editText(ids.title);
  await userEvent.keyboard("{Enter}and days");
  await vi.waitFor(async () => expect(await jsonOf(title)).toContain("Night trains<br>and days"));
  title.close();

  const paragraph = await editText(ids.paragraph);
  await userEvent.keyboard("{Enter}Wake up there.");
  await vi.waitFor(async () => {
    expect(await jsonOf(paragraph)).toContain("<p>Sleep on the way.</p><p>Wake up there.</p>");
  });
  paragraph.close();
});

test("what others change does not disturb the text being edited, and shows once it is left", async () => {
  const opened = await editText(ids.paragraph);
  const { bee, canvas, field } = opened;

  bee.commands.updateParagraph({ elementId: ids.paragraph, fontSize: 30 });
  bee.commands.updateTitle({ elementId: ids.title, text: "Day trains" });
  await vi.waitFor(() => expect(elementIn(canvas, ids.title).textContent).toContain("Day trains"));
  expect([field.isConnected, canvas.activeElement === field]).toEqual([true, true]);

  await userEvent.keyboard("{Escape}");
  await vi.waitFor(() => expect(canvas.querySelector(".ProseMirror")).toBeNull());
  const text = elementIn(canvas, ids.paragraph).querySelector<HTMLElement>("[data-text]");
  expect([text?.textContent, text?.style.fontSize]).toEqual(["Sleep on the way.", "30px"]);
  opened.close();
});

test("a command on the text being edited appears in it, with the caret kept", async () => {
  const opened = await editText(ids.paragraph);
  opened.bee.commands.updateParagraph({ elementId: ids.paragraph, html: "<p>Please sleep on the way.</p>" });
  await vi.waitFor(() => expect(opened.field.textContent).toBe("Please sleep on the way."));

  await userEvent.keyboard(" Good night.");

  await vi.waitFor(() => expect(opened.field.textContent).toBe("Please sleep on the way. Good night."));
  opened.close();
});

test("opening a text with all kinds of formatting and leaving it changes nothing", async () => {
  await page.viewport(1440, 900);
  const opened = await openEditor();
  const html =
    '<p style="margin: 0;">A <b>b</b> <span style="color: #c8432b;">c</span> <a href="https://e.com">d</a></p><ul><li>e</li></ul>';
  opened.bee.commands.updateParagraph({ elementId: ids.paragraph, html });
  const [before, template] = [await jsonOf(opened), opened.bee.template];

  elementIn(opened.canvas, ids.paragraph).dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  await vi.waitFor(() => expect(opened.canvas.querySelector(".ProseMirror")).not.toBeNull());
  await userEvent.keyboard("{Escape}");

  await vi.waitFor(() => expect(opened.canvas.querySelector(".ProseMirror")).toBeNull());
  expect(await jsonOf(opened)).toBe(before);
  expect(opened.bee.template).toBe(template);
  opened.close();
});

test("the toolbar makes text bold", async () => {
  const opened = await editText(ids.paragraph);
  await userEvent.keyboard("{Control>}a{/Control}");
  await vi.waitFor(() => expect(opened.canvas.getSelection()?.toString()).toBe("Sleep on the way."));

  opened.shadow.querySelector<HTMLElement>(`[aria-label="${words.text.bold}"]`)?.click();

  await vi.waitFor(async () => expect(await jsonOf(opened)).toContain("<p><strong>Sleep on the way.</strong></p>"));
  opened.close();
});

test("another document while a text is edited binds the editor to the new one", async () => {
  const opened = await editText(ids.button);
  const { json } = (await opened.bee.getTemplateJson()).data;

  await opened.bee.start(json);
  const field = await vi.waitFor(() => {
    const found = opened.canvas.querySelector<HTMLElement>(".ProseMirror");
    if (!found || found === opened.field) throw new Error("not yet");
    return found;
  });
  field.focus();
  await userEvent.keyboard("{End}!");

  await vi.waitFor(async () => expect(await jsonOf(opened)).toContain("Click here!"));
  expect(opened.bee.template.nodes.has(settingsId)).toBe(true);
  opened.close();
});

test("pasted HTML comes in through the codec: marks stay, styles of Word and scripts don't", async () => {
  const opened = await editText(ids.paragraph);
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", '<p class="MsoNormal"> and <b>bold</b><script>alert(1)</script></p>');
  clipboardData.setData("text/plain", " and bold");

  opened.field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));

  await vi.waitFor(async () => expect(await jsonOf(opened)).toMatch(/Sleep on the way\.\s?and <(b|strong)>bold<\/\1>/));
  expect(await jsonOf(opened)).not.toContain("alert");
  opened.close();
});

test("cutting puts the template's HTML and plain text on the clipboard and takes the text away", async () => {
  const opened = await editText(ids.paragraph);
  await userEvent.keyboard("{Control>}b{/Control} Soundly.{Control>}a{/Control}");
  await vi.waitFor(() => expect(opened.canvas.getSelection()?.toString()).toBe("Sleep on the way. Soundly."));
  const clipboardData = new DataTransfer();

  opened.field.dispatchEvent(new ClipboardEvent("cut", { clipboardData, bubbles: true, cancelable: true }));

  expect(clipboardData.getData("text/html")).toMatch(/Sleep on the way\.<strong> Soundly\.<\/strong>/);
  expect(clipboardData.getData("text/plain")).toBe("Sleep on the way. Soundly.");
  await vi.waitFor(async () => expect(await jsonOf(opened)).not.toContain("Sleep"));
  opened.close();
});

test("what only a newer editor knows makes the editor let go of the text, untouched, and say why", async () => {
  const opened = await editText(ids.paragraph);
  const { bee, canvas, shadow } = opened;
  const other = new Doc();
  applyUpdate(other, encodeStateAsUpdate(bee.doc));
  const text = other.getMap<YMap<unknown>>("nodes").get(ids.paragraph)?.get("/descriptor/paragraph/html");
  if (!(text instanceof XmlFragment)) throw new Error("The paragraph has no live text.");
  const poll = new XmlElement("poll");
  poll.setAttribute("question", "Bed or seat?");
  text.insert(1, [poll]);

  applyUpdate(bee.doc, encodeStateAsUpdate(other), "somebody");

  await vi.waitFor(() => expect(canvas.querySelector(".ProseMirror")).toBeNull());
  expect(shadow.textContent).toContain("only a newer editor knows");
  expect(bee.textFragment(ids.paragraph, "/descriptor/paragraph/html")?.toString()).toContain("<poll question");
  await userEvent.keyboard("lost");
  elementIn(canvas, ids.paragraph).dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  await vi.waitFor(() => expect(shadow.textContent).toContain("This text can only be read here."));
  expect(canvas.querySelector(".ProseMirror")).toBeNull();
  expect(encodeStateVector(bee.doc)).toEqual(encodeStateVector(other));
  opened.close();
});

test("with a newer server texts are shown and can only be read, and the editor says to reload", async () => {
  await page.viewport(1440, 900);
  const wrap = (bee: Bee): Bee =>
    new Proxy(bee, {
      get: (target, name) => {
        if (name === "status") return { ...target.status, textsAreReadOnly: true };
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  const { canvas, shadow, bee, close } = await openEditor({ wrap });
  await vi.waitFor(() => expect(shadow.textContent).toContain("There is a newer editor."));
  const before = encodeStateVector(bee.doc);
  elementIn(canvas, ids.paragraph).dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  await vi.waitFor(() => expect(shadow.textContent).toContain("This text can only be read here."));
  expect(canvas.querySelector(".ProseMirror")).toBeNull();
  expect(encodeStateVector(bee.doc)).toEqual(before);
  close();
});
