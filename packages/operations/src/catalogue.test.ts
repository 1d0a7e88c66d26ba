import { type AnyOperation, toMcpTool } from "@waggle/contract";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { addTitle, createCommands, editOperations, operations, operationsReference, runOperation } from "./index.ts";
import { Story, smallPage } from "./story.test.support.ts";

const all: readonly AnyOperation[] = operations;

// A name is what agents' prompts call it by: changing one breaks them.
test("the tools of the contract are there, in this order", () => {
  expect(operations.map(({ name }) => name)).toEqual([
    "get_content_hierarchy",
    "get_element_details",
    "add_section",
    "delete_element",
    "update_section_style",
    "update_column_style",
    "add_paragraph",
    "update_paragraph",
    "add_title",
    "update_title",
    "add_list",
    "update_list",
    "add_menu",
    "update_menu",
    "add_image",
    "update_image",
    "add_button",
    "update_button",
    "add_social",
    "update_social",
    "add_icon",
    "update_icon",
    "add_spacer",
    "update_spacer",
    "add_divider",
    "update_divider",
    "add_table",
    "update_table",
    "set_email_metadata",
    "set_email_default_styles",
    "check_template",
    "check_section",
  ]);
});

test.each(all.map((operation) => [operation.name, operation] as const))("%s describes itself", (_name, operation) => {
  const tool = toMcpTool(operation, { prefix: "beefree_", catalogue: operations });
  expect(tool.name).toBe(`beefree_${operation.name}`);
  expect(tool.description.length).toBeGreaterThan(60);
  expect(tool.inputSchema).toMatchObject({ type: "object", additionalProperties: false });
  for (const { input } of operation.examples) expect(z.safeParse(operation.input, input).success).toBe(true);
  for (const property of Object.values(tool.inputSchema.properties ?? {}))
    expect(property).toHaveProperty("description");
});

test("descriptions name other tools as the agent knows them", () => {
  const tool = toMcpTool(editOperations[0], { prefix: "beefree_", catalogue: operations });
  expect(tool.description).toContain(
    "beefree_add_title, beefree_add_paragraph, beefree_add_image and beefree_add_button",
  );
});

test("the list of tools stays small", () => {
  const tools = operations.map((operation) => toMcpTool(operation, { prefix: "beefree_", catalogue: operations }));
  // 95,671 characters were 23,324 tokens of o200k; every agent pays for it in every conversation.
  expect(JSON.stringify(tools).length).toBeLessThan(97_000);
});

test("commands are functions with the names in camel case", () => {
  const story = new Story(smallPage());
  const commands = createCommands(editOperations, (operation, input) => story.run(operation, input));
  expect(commands.updateButton({ elementId: "button-1", text: "Order now" })).toEqual({
    elementId: "button-1",
    changed: ["text"],
  });
  expect(Object.keys(commands)).toContain("deleteElement");
});

test("arguments that are no object are refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addTitle, ["x"]).code).toBe("INVALID_INPUT");
  expect(story.refusal(addTitle, null).message).toContain("section is required");
  expect(runOperation).toBeTypeOf("function");
});

test("the reference has a chapter for every operation", () => {
  const page = operationsReference();
  for (const { name } of operations) expect(page).toContain(`\n## ${name}\n`);
  expect(page).toContain("| `fontSize` | number 8–120 |");
  expect(page).not.toContain("undefined");
});
