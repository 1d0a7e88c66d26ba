import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { editTemplate } from "./editing.ts";
import { LocalTools } from "./local-tools.test.support.ts";
import { invitation } from "./new-section.ts";
import { rewrites } from "./newsletter.ts";
import { readOutline } from "./outline.ts";

const newsletter: unknown = JSON.parse(
  readFileSync(new URL("../host-app/templates/newsletter.json", import.meta.url), "utf8"),
);

let lines: string[] = [];
beforeEach(() => {
  lines = [];
});

const edit = (tools: LocalTools) => editTemplate({ tools, pause: async () => {}, print: (line) => lines.push(line) });

const texts = async (tools: LocalTools): Promise<string[]> => (await readOutline(tools)).blocks.map(({ text }) => text);

const module = (type: string, content: Record<string, unknown>) => ({
  type: `mailup-bee-newsletter-modules-${type}`,
  descriptor: { [type]: content },
});

const pageOf = (...modules: object[]) => ({
  page: { rows: [{ columns: [{ "grid-columns": 12, modules }] }] },
});

test("the demo newsletter gets the words of its design, in about twenty edits", async () => {
  const tools = new LocalTools(newsletter);
  const { edits, skipped } = await edit(tools);
  expect(skipped).toBe(0);
  expect(edits).toBeGreaterThanOrEqual(19);
  expect(edits).toBeLessThanOrEqual(22);
  const json = JSON.stringify(tools.export());
  for (const { to } of rewrites) expect(json).toContain(to.replace("\u00a0", "&nbsp;"));
  for (const { from } of rewrites) expect(json).not.toContain(`>${from}<`);
  expect(json).not.toContain("Lorem ipsum");
});

test("what it adds stands above the footer, in the looks of the template", async () => {
  const tools = new LocalTools(newsletter);
  await edit(tools);
  const { blocks, sections } = await readOutline(tools);
  const added = blocks.filter(({ section }) => section === sections.length - 3);
  expect(added.map(({ type, text }) => [type, text.slice(0, 20)])).toEqual([
    ["title", invitation.title.slice(0, 20)],
    ["paragraph", invitation.text.slice(0, 20)],
    ["button", invitation.button],
  ]);
  const { properties } = await tools.call("get_element_details", { elementId: added[0]?.id });
  expect(properties).toMatchObject({ fontFamily: "Fraunces, Georgia, serif", color: "#14312b" });
});

test("a second visit finds little left to do", async () => {
  const tools = new LocalTools(newsletter);
  await edit(tools);
  const after = await texts(tools);
  await edit(tools);
  expect(await texts(tools)).toEqual(after);
});

test("an empty template gets a first section", async () => {
  const tools = new LocalTools({ page: { rows: [] } });
  expect(await edit(tools)).toEqual({ edits: 7, skipped: 0 });
  expect(await texts(tools)).toEqual([invitation.title, expect.stringContaining("Reply to"), invitation.button]);
});

test("vague buttons say what they are about, and titles stop shouting", async () => {
  const tools = new LocalTools(
    pageOf(
      module("heading", { text: "BIG SUMMER SALE!!!", title: "h1" }),
      module("paragraph", { html: "<p>Dear customer, it is time.</p>" }),
      module("button", { label: "Click here", href: "https://example.com" }),
      module("button", { label: "Book a berth", href: "https://example.com" }),
    ),
  );
  await edit(tools);
  expect((await texts(tools)).slice(0, 4)).toEqual([
    "Big summer sale",
    "Hello {{first_name}}, it is time.",
    "See Big summer sale",
    "Book a berth",
  ]);
});

test("a template of pictures alone is only added to", async () => {
  const tools = new LocalTools(pageOf(module("image", { src: "a.png" }), module("divider", {})));
  expect(await edit(tools)).toEqual({ edits: 7, skipped: 0 });
});

test("what someone deleted meanwhile is skipped, and the rest is done", async () => {
  const tools = new LocalTools(newsletter);
  tools.meanwhile = (tool, { elementId }) => {
    if (tool !== "update_button" || typeof elementId !== "string") return;
    tools.meanwhile = () => {};
    void tools.call("delete_element", { elementId });
  };
  const { edits, skipped } = await edit(tools);
  expect(skipped).toBeGreaterThanOrEqual(1);
  expect(edits).toBeGreaterThan(15);
  expect(lines.join("\n")).toContain("skipped  button “Click here”");
});

test("a session that ends is an error, not a skip", async () => {
  const tools = new LocalTools(newsletter);
  const ended = Object.assign(new Error("The session has ended."), { code: "SESSION_ENDED" });
  tools.call = () => Promise.reject(ended);
  await expect(edit(tools)).rejects.toThrow("The session has ended.");
});
