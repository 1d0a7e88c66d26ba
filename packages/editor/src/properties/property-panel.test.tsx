import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { elementIn, ids, openEditor } from "../editor.test.support.ts";
import { words } from "../words.ts";

async function openButtonPanel() {
  await page.viewport(1440, 900);
  const opened = await openEditor();
  elementIn(opened.canvas, ids.button).click();
  await vi.waitFor(() => expect(opened.shadow.querySelector(".wg-crumbs")).not.toBeNull());
  return opened;
}

test("a label typed into the panel is in the email, and Undo takes it back", async () => {
  const { bee, canvas, close } = await openButtonPanel();

  await userEvent.fill(page.getByLabelText("Label", { exact: true }), "Order now");
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() => expect(elementIn(canvas, ids.button).textContent).toContain("Order now"));
  await userEvent.click(page.getByRole("button", { name: words.topBar.undo }).first());

  await vi.waitFor(() => expect(elementIn(canvas, ids.button).textContent).toContain("Click here"));
  expect(bee.history.canRedo).toBe(true);
  close();
});

test("each control changes the property it names", async () => {
  const { bee, close } = await openButtonPanel();
  const propertyOf = (key: string) => bee.template.nodes.get(ids.button)?.[key];

  await userEvent.fill(page.getByLabelText("Fill", { exact: true }), "14312B");
  await userEvent.keyboard("{Enter}");
  await userEvent.click(page.getByRole("button", { name: "Full" }));
  await userEvent.click(page.getByRole("button", { name: "Centre" }));
  await userEvent.fill(page.getByLabelText("Padding top"), "24");
  await userEvent.keyboard("{Enter}");
  await userEvent.click(page.getByRole("button", { name: "Mobile only" }));

  expect({
    fill: propertyOf("/descriptor/button/style/background-color"),
    width: propertyOf("/descriptor/button/style/width"),
    align: propertyOf("/descriptor/style/text-align"),
    top: propertyOf("/descriptor/style/padding-top"),
    isHiddenOnDesktop: propertyOf("/descriptor/computedStyle/hideContentOnDesktop"),
  }).toEqual({ fill: "#14312B", width: "100%", align: "center", top: "24px", isHiddenOnDesktop: true });
  close();
});

test("a value that is refused stays in the field with the reason, and changes nothing", async () => {
  const { bee, shadow, close } = await openButtonPanel();
  const before = bee.template;

  await userEvent.fill(page.getByLabelText("Fill", { exact: true }), "red; background: url(x)");
  await userEvent.keyboard("{Enter}");

  const field = () => shadow.querySelector<HTMLInputElement>(".wg-in.is-bad input[type=text]");
  await vi.waitFor(() => expect(field()?.value).toBe("red; background: url(x)"));
  // In words of the panel: the command and its argument are nothing to the person.
  expect(shadow.querySelector(".hint.bad")?.textContent).toMatch(/^Fill has to be .*colour/);
  expect(bee.template).toBe(before);
  close();
});

test("an element without settings says so", async () => {
  await page.viewport(1440, 900);
  const { shadow, close } = await openEditor();
  shadow.querySelector<HTMLElement>(`[data-outline="${ids.row}"]`)?.click();
  await vi.waitFor(() =>
    expect(shadow.querySelector(".wg-note")?.textContent).toContain("Row has no settings here yet."),
  );
  close();
});
