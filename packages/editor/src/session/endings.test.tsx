import { type EndReason, WaggleError } from "@waggle/contract";
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { Rehearsal } from "../../dev/rehearsal.ts";
import { ids, openEditor, type TestEditor } from "../editor.test.support.ts";

interface Rehearsed extends TestEditor {
  readonly rehearsal: Rehearsal;
}

async function openSession({ isShared = false } = {}): Promise<Rehearsed> {
  await page.viewport(1440, 900);
  let rehearsal: Rehearsal | undefined;
  const opened = await openEditor({
    wrap: (bee) => {
      rehearsal = new Rehearsal(bee);
      return rehearsal.bee;
    },
  });
  if (!rehearsal) throw new Error("No rehearsal.");
  rehearsal.start({ name: "Maya", now: opened.clock.now(), isShared });
  await vi.waitFor(() => expect(opened.shadow.querySelector(".wg-sess")).not.toBeNull());
  return { ...opened, rehearsal };
}

const jonas = { kind: "person", id: "jonas", name: "Jonas" } as const;

const endings: readonly (readonly [EndReason, string])[] = [
  ["agents-left", "Session ended. Nothing was changed."],
  ["timeout", "Session ended after 10 minutes. Nothing was changed."],
  ["expired", "Session ended on the server after its time. Nothing was changed."],
  ["lost", "The connection to the session was lost. Nothing was changed."],
  ["second-person", "Jonas joined, so the agent session ended. Nothing was changed."],
  ["new-template", "A new template was loaded, so the session ended."],
  ["stopped", "Session stopped. Nothing was changed."],
];

test.each(endings)("the ending %s is told in words, to readers too", async (reason, text) => {
  const { rehearsal, shadow, close } = await openSession();
  if (reason === "second-person") rehearsal.join(jonas, "#3a57f7");

  rehearsal.end(reason);

  await vi.waitFor(() => expect(shadow.querySelector(".wg-ban")?.textContent?.trim()).toContain(text));
  expect(shadow.querySelector(".wg-ban")?.closest("[aria-live=polite]")).not.toBeNull();
  expect(shadow.querySelector(".wg-sess")).toBeNull();
  close();
});

test("after its time a session offers another; the next own edit takes the notice away", async () => {
  const { rehearsal, bee, shadow, close } = await openSession();
  rehearsal.end("timeout");
  await vi.waitFor(() => expect(shadow.querySelector(".wg-ban .acts")?.textContent).toBe("Start again"));

  bee.commands.updateButton({ elementId: ids.button, text: "Order now" });

  await vi.waitFor(() => expect(shadow.querySelector(".wg-ban")).toBeNull());
  close();
});

test("a room that many share has no clock, and is left instead of stopped", async () => {
  const { shadow, close } = await openSession({ isShared: true });

  expect(shadow.querySelector("[role=timer]")).toBeNull();
  const buttons = [...shadow.querySelectorAll(".wg-sess .end button")].map((button) =>
    button.getAttribute("aria-label"),
  );
  expect(buttons).toEqual(["Connect an agent", "Leave the shared template"]);
  close();
});

test("where another person is stands on the email with their name", async () => {
  const { rehearsal, shadow, close } = await openSession({ isShared: true });
  rehearsal.join(jonas, "#3a57f7");

  rehearsal.selectAs(jonas, ids.title);

  await vi.waitFor(() => expect(shadow.querySelector(".f.person .f-tag")?.textContent).toBe("JJonas"));
  close();
});

test("the sheet waits for an agent, says when one is there, and gives the focus back", async () => {
  const { rehearsal, shadow, close } = await openSession();
  const opener = shadow.querySelector<HTMLElement>('.wg-sess [aria-label="Connect an agent"]');
  opener?.focus();
  opener?.click();
  await vi.waitFor(() => expect(shadow.querySelector(".cstat")?.textContent).toContain("Waiting for an agent"));
  expect(shadow.querySelector(".wg-main")?.hasAttribute("inert")).toBe(true);
  expect(shadow.querySelector(".wg-code pre")?.textContent).toContain("x-bee-template-id: tpl_7Qm2vX9c");

  rehearsal.join({ kind: "agent", id: "scout", name: "Scout" }, "#6d22b5");
  await vi.waitFor(() => expect(shadow.querySelector(".cstat.ok")?.textContent).toContain("Scout is here"));
  await userEvent.keyboard("{Escape}");

  await vi.waitFor(() => expect(shadow.querySelector(".wg-sheet")).toBeNull());
  expect(shadow.activeElement).toBe(opener);
  close();
});

test("a lost connection is said with what is safe, and that it is back", async () => {
  const { rehearsal, shadow, close } = await openSession();

  rehearsal.lose(3);
  await vi.waitFor(() => expect(shadow.querySelector(".wg-ban")?.textContent).toContain("3 changes are waiting."));
  rehearsal.comeBack();

  await vi.waitFor(() =>
    expect(shadow.querySelector(".wg-toast")?.textContent).toContain("Back online. 3 changes saved."),
  );
  expect(shadow.querySelector(".wg-ban")).toBeNull();
  close();
});

function asksBeforeLeaving(): boolean {
  return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

test("the browser asks before a page is left whose session has changes that are nowhere else, and only then", async () => {
  const { rehearsal, close } = await openSession();
  expect(asksBeforeLeaving()).toBe(false);
  rehearsal.lose(0);
  expect(asksBeforeLeaving()).toBe(false);
  rehearsal.lose(3);
  expect(asksBeforeLeaving()).toBe(true);
  rehearsal.comeBack();
  expect(asksBeforeLeaving()).toBe(false);

  rehearsal.lose(1);
  expect(asksBeforeLeaving()).toBe(true);
  close();
  expect(asksBeforeLeaving()).toBe(false);
});

test("a server that stays away while the network is there is said once, with a way to keep a copy", async () => {
  // A machine without a network says so, and then it is not the server that is away.
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  const { rehearsal, shadow, clock, close } = await openSession();
  rehearsal.lose(2);
  await vi.waitFor(() => expect(shadow.querySelector(".wg-ban")).not.toBeNull());
  clock.advance(8000);

  const dialog = await vi.waitFor(() => {
    const found = shadow.querySelector("[role=alertdialog]");
    expect(found?.textContent).toContain("2 changes are kept here: keep this tab open.");
    return found;
  });
  expect(dialog?.textContent).toContain("Download a copy");
  expect(shadow.querySelector(".wg-main")?.hasAttribute("inert")).toBe(true);
  await userEvent.keyboard("{Escape}");
  await vi.waitFor(() => expect(shadow.querySelector("[role=alertdialog]")).toBeNull());
  expect(shadow.querySelector(".wg-main")?.hasAttribute("inert")).toBe(false);
  vi.restoreAllMocks();
  close();
});

test("a copy that can't be made is said, and the dialog stays", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  const { rehearsal, bee, shadow, clock, close } = await openSession();
  bee.getTemplateJson = () => Promise.reject(new WaggleError("NOT_READY", { message: "There is no template yet." }));
  rehearsal.lose(1);
  await vi.waitFor(() => expect(shadow.querySelector(".wg-ban")).not.toBeNull());
  clock.advance(8000);

  const download = await vi.waitFor(() => {
    const found = shadow.querySelector<HTMLElement>("[role=alertdialog] button:not(.primary)");
    expect(found?.textContent).toContain("Download a copy");
    return found;
  });
  download?.click();

  await vi.waitFor(() => expect(shadow.querySelector(".wg-toast")?.textContent).toContain("There is no template yet."));
  vi.restoreAllMocks();
  close();
});
