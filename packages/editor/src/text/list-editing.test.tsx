import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { elementIn, openEditor, type TestEditor } from "../editor.test.support.ts";

const prefix = "mailup-bee-newsletter-modules-";

function pageWith(type: string, descriptor: unknown): unknown {
  const modules = [{ uuid: "module", type: prefix + type, descriptor: { [type]: descriptor, style: {} } }];
  return { page: { rows: [{ uuid: "r", columns: [{ uuid: "c", "grid-columns": 12, modules }] }] } };
}

async function edit(type: string, descriptor: unknown): Promise<TestEditor> {
  await page.viewport(1440, 900);
  const opened = await openEditor();
  await opened.bee.start(pageWith(type, descriptor));
  await vi.waitFor(() => elementIn(opened.canvas, "module"));
  elementIn(opened.canvas, "module").dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  await fieldOf(opened);
  return opened;
}

async function fieldOf({ canvas }: TestEditor): Promise<HTMLElement> {
  return vi.waitFor(() => {
    const found = canvas.querySelector<HTMLElement>(".ProseMirror");
    if (!found || canvas.activeElement !== found) throw new Error("not yet");
    return found;
  });
}

async function press(keys: string): Promise<void> {
  await userEvent.keyboard(keys);
}

async function expectHtml({ bee }: TestEditor, html: string): Promise<void> {
  await vi.waitFor(async () => {
    const { json } = (await bee.getTemplateJson()).data;
    const text = /"html":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(json))?.[1]?.replaceAll('\\"', '"');
    expect(text).toBe(html);
  });
}

test("in a list Enter makes an item, Tab and Shift Tab nest it, Backspace joins it, and undo takes it all back", async () => {
  const source = '<ul class="x"><li style="color: red;">Bed</li></ul>';
  const opened = await edit("list", { html: source });

  await press("{Enter}Seat");
  await expectHtml(opened, '<ul class="x"><li style="color: red;">Bed</li><li style="color: red;">Seat</li></ul>');
  await press("{Tab}s");
  const nested = '<ul><li style="color: red;">Seats</li></ul>';
  await expectHtml(opened, `<ul class="x"><li style="color: red;">Bed${nested}</li></ul>`);
  await press("{Enter}Floor");
  await press("{Shift>}{Tab}{/Shift}");
  await expectHtml(
    opened,
    `<ul class="x"><li style="color: red;">Bed${nested}</li><li style="color: red;">Floor</li></ul>`,
  );
  await press("{Home}{Backspace}");
  await expectHtml(
    opened,
    '<ul class="x"><li style="color: red;">Bed<ul><li style="color: red;">SeatsFloor</li></ul></li></ul>',
  );
  for (let undos = 0; undos < 12 && opened.bee.history.canUndo; undos++) await press("{Control>}z{/Control}");
  await expectHtml(opened, source);
  opened.close();
});

test("Enter in an empty item leaves the list", async () => {
  const opened = await edit("list", { html: "<ol><li>Bed</li><li>Seat</li></ol>" });
  await press("{Enter}{Enter}Breakfast");
  await expectHtml(opened, "<ol><li>Bed</li><li>Seat</li></ol><p>Breakfast</p>");
  opened.close();
});

const row = (...cells: readonly string[]) => ({ cells: cells.map((html) => ({ html })) });

async function tableOf({ bee }: TestEditor): Promise<unknown> {
  const json: unknown = JSON.parse(JSON.stringify((await bee.getTemplateJson()).data.json));
  const path = ["page", "rows", "0", "columns", "0", "modules", "0", "descriptor", "table", "content"];
  return path.reduce<unknown>((value, key) => Object(value)[key], json);
}

test("cells of a table are edited in place: Enter breaks the line, Tab goes to the next, others may add rows meanwhile", async () => {
  const content = { headers: [row("Day", "Train")], rows: [row("Mon", "<b>IC</b><br/>1"), row("", "")] };
  const opened = await edit("table", { content, style: {} });
  await press("s{Enter}x");
  await vi.waitFor(async () =>
    expect(await tableOf(opened)).toEqual({ ...content, headers: [row("Days<br>x", "Train")] }),
  );
  const cells = () =>
    [...elementIn(opened.canvas, "module").querySelectorAll("[data-text]")].map((cell) => cell.textContent);

  await press("{Tab}");
  await vi.waitFor(() => expect(opened.canvas.querySelector(".ProseMirror")?.textContent).toBe("Train"));
  await fieldOf(opened);
  await press("s{Tab}");
  await vi.waitFor(() => expect(opened.canvas.querySelector(".ProseMirror")?.textContent).toBe("Mon"));
  await fieldOf(opened);
  await press("day");
  await vi.waitFor(async () => {
    expect(await tableOf(opened)).toEqual({
      headers: [row("Days<br>x", "Trains")],
      rows: [row("Monday", "<b>IC</b><br/>1"), row("", "")],
    });
  });
  await press("{Escape}");
  await vi.waitFor(() => expect(cells()).toEqual(["Daysx", "Trains", "Monday", "IC1", "", ""]));
  for (let undos = 0; undos < 12 && opened.bee.history.canUndo; undos++) opened.bee.history.undo();
  expect(await tableOf(opened)).toEqual(content);
  opened.close();
});
