import type { Actor } from "@waggle/contract";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { Rehearsal } from "../../dev/rehearsal.ts";
import { elementIn, ids, openEditor, type TestEditor } from "../editor.test.support.ts";

const scout: Actor = { kind: "agent", id: "scout", name: "Scout" };

interface Rehearsed extends TestEditor {
  readonly rehearsal: Rehearsal;
}

/** The editor in a played session: document, commands and history are real, the server is not there. */
async function openSession(): Promise<Rehearsed> {
  await page.viewport(1440, 900);
  let rehearsal: Rehearsal | undefined;
  const opened = await openEditor({
    wrap: (bee) => {
      rehearsal = new Rehearsal(bee);
      return rehearsal.bee;
    },
  });
  if (!rehearsal) throw new Error("No rehearsal.");
  rehearsal.start({ name: "Maya", now: opened.clock.now() });
  rehearsal.join(scout, "#6d22b5");
  // It comes with the first session, and takes its place from the canvas.
  await vi.waitFor(() => expect(opened.shadow.querySelector(".wg-sess")).not.toBeNull());
  return { ...opened, rehearsal };
}

test("an agent's edit is told in the activity with what was and what is", async () => {
  const { rehearsal, shadow, close } = await openSession();

  rehearsal.as(scout, (commands) => commands.updateButton({ elementId: ids.button, text: "Order now" }));

  await vi.waitFor(() => expect(shadow.querySelector(".wg-act li ins")?.textContent).toBe("Order now"));
  const line = shadow.querySelector(".wg-act li");
  expect(line?.querySelector("b")?.textContent).toBe("Scout");
  expect(line?.querySelector("del")?.textContent).toBe("Click here");
  expect(shadow.querySelector(".wg-live .count")?.textContent).toBe("1 change");
  close();
});

test("what an agent touched glows with its name, keeps a trace, then is left alone", async () => {
  const { rehearsal, shadow, clock, close } = await openSession();

  rehearsal.as(scout, (commands) => commands.updateTitle({ elementId: ids.title, text: "Day trains" }));
  await vi.waitFor(() => expect(shadow.querySelector(".f.agent .f-tag")?.textContent).toBe("SScout is writing"));
  clock.advance(1500);
  await vi.waitFor(() => expect(shadow.querySelector(".f.agent.past")).not.toBeNull());
  clock.advance(6500);

  await vi.waitFor(() => expect(shadow.querySelector(".f.agent")).toBeNull());
  close();
});

test("an agent's edit takes neither selection nor focus from the person", async () => {
  const { rehearsal, shadow, canvas, close } = await openSession();
  elementIn(canvas, ids.button).click();
  await vi.waitFor(() => expect(shadow.querySelector(".f-tag")?.textContent).toBe("Button"));

  rehearsal.as(scout, (commands) => commands.updateButton({ elementId: ids.button, text: "Order now" }));

  await vi.waitFor(() => expect(elementIn(canvas, ids.button).textContent).toContain("Order now"));
  expect(shadow.querySelector("[role=treeitem][aria-selected=true]")?.getAttribute("data-outline")).toBe(ids.button);
  close();
});

test("rows an agent adds above do not move what the person looks at", async () => {
  const { rehearsal, shadow, canvas, close } = await openSession();
  const scroller = shadow.querySelector<HTMLElement>(".wg-canvas");
  if (!scroller) throw new Error("No canvas.");
  for (let row = 0; row < 40; row++) rehearsal.bee.commands.addSection({ columns: [12] });
  const { elementId } = rehearsal.bee.commands.addTitle({ section: 40, text: "Far below" });
  await vi.waitFor(() => expect(scroller.scrollHeight).toBeGreaterThan(scroller.clientHeight));
  const scrolled = new Promise((resolve) => scroller.addEventListener("scroll", resolve, { once: true }));
  scroller.scrollTop = scroller.scrollHeight;
  await scrolled;
  const frame = shadow.querySelector("iframe");
  const topOf = () =>
    elementIn(canvas, elementId).getBoundingClientRect().top + (frame?.getBoundingClientRect().top ?? 0);
  const before = topOf();

  rehearsal.as(scout, (commands) =>
    commands.updateTitle({
      elementId: ids.title,
      text: "A much longer title that needs more than one line ".repeat(6),
    }),
  );

  await vi.waitFor(() => expect(elementIn(canvas, ids.title).textContent).toContain("much longer"));
  await vi.waitFor(() => expect(Math.abs(topOf() - before)).toBeLessThan(2));
  close();
});

test("joining and leaving are said to everyone, readers included", async () => {
  const { rehearsal, shadow, close } = await openSession();
  const said = () => shadow.querySelector("[aria-live=polite].wg-sr")?.textContent;
  await vi.waitFor(() => expect(said()).toBe("Scout joined"));

  rehearsal.as(scout, (commands) => commands.updateTitle({ elementId: ids.title, text: "Day trains" }));
  await vi.waitFor(() => expect(said()).toBe("Scout is writing in Title"));
  rehearsal.leave(scout);

  await vi.waitFor(() => expect(said()).toBe("Scout left. 1 change."));
  close();
});

test("the clock shows the time left", async () => {
  const { shadow, clock, close } = await openSession();
  await vi.waitFor(() => expect(shadow.querySelector("[role=timer]")?.textContent).toBe("10:00"));
  clock.advance(61_000);
  await vi.waitFor(() => expect(shadow.querySelector("[role=timer]")?.textContent).toBe("08:59"));
  close();
});
