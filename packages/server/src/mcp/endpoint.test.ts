import type { Json } from "@waggle/template";
import { describe, expect, test } from "vitest";
import { connectAgent, type Era, openDoor } from "./mcp-door.test.support.ts";

const eras: readonly Era[] = ["2025", "2026"];

const page: Json = {
  page: {
    rows: [
      {
        uuid: "row-1",
        columns: [
          {
            uuid: "column-1",
            "grid-columns": 12,
            modules: [
              {
                uuid: "title-1",
                type: "mailup-bee-newsletter-modules-heading",
                descriptor: { heading: { title: "h1", text: "Spring is here" } },
              },
            ],
          },
        ],
      },
    ],
  },
};

describe.each(eras)("an agent of the %s era", (era) => {
  test("[MCP-1] lists the tools before any template is named, always the same", async () => {
    const door = await openDoor();
    const { client } = await connectAgent(door, { era });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).slice(0, 3)).toEqual([
      "beefree_get_content_hierarchy",
      "beefree_get_element_details",
      "beefree_add_section",
    ]);
    expect(await client.listTools()).toEqual({ tools, ...(era === "2026" ? await rest(client) : {}) });
    expect(tools[0]?.annotations).toMatchObject({ readOnlyHint: true });
  });

  test("[MCP-2] reads, edits and finds its edit in the template", async () => {
    const door = await openDoor();
    const template = await door.createTemplate(page);
    const agent = await connectAgent(door, { era, template });
    expect(await agent.call("update_title", { elementId: "title-1", text: "Autumn is here" })).toEqual({
      elementId: "title-1",
      changed: ["text"],
    });
    expect(await agent.call("get_content_hierarchy", { blockTypes: ["title"], includePositions: false })).toEqual({
      sections: [
        {
          id: "row-1",
          columns: [{ id: "column-1", width: 12, blocks: [{ id: "title-1", type: "title", text: "Autumn is here" }] }],
        },
      ],
    });
    expect(JSON.stringify(await door.exported(template))).toContain("Autumn is here");
  });

  test("[MCP-3] is told by code and message what was wrong, with the tools' names as it knows them", async () => {
    const door = await openDoor();
    const agent = await connectAgent(door, { era, template: await door.createTemplate(page) });
    expect(await agent.call("update_title", { elementId: "titel-1", text: "x" })).toEqual({
      error: {
        code: "ELEMENT_NOT_FOUND",
        message:
          "elementId: there is no element titel-1 (it may have been deleted). Nearest: title-1 (title). Call beefree_get_content_hierarchy for the ids there are.",
        data: { argument: "elementId", elementId: "titel-1", nearest: ["title-1"] },
      },
    });
    expect(await agent.call("add_title", { section: 0, colour: "red" })).toMatchObject({
      error: { code: "INVALID_INPUT", data: { argument: "colour" } },
    });
  });

  test("[MCP-4] learns the nearest names when it calls a tool that does not exist", async () => {
    const door = await openDoor();
    const agent = await connectAgent(door, { era, template: await door.createTemplate() });
    await expect(agent.call("delete_section", {})).rejects.toThrow(/Nearest: .*beefree_delete_element/);
  });

  test("[MCP-3] is refused as a tool result once the session has ended", async () => {
    const door = await openDoor();
    const template = await door.createTemplate(page);
    const agent = await connectAgent(door, { era, template });
    await agent.call("get_content_hierarchy");
    await (await door.registry.open(template)).seal("stopped");
    expect(await agent.call("get_content_hierarchy")).toMatchObject({ error: { code: "SESSION_ENDED" } });
  });

  test("[MCP-3] does not learn what broke inside the server", async () => {
    const door = await openDoor();
    const template = await door.createTemplate(page);
    const agent = await connectAgent(door, { era, template });
    await agent.call("get_content_hierarchy");
    (await door.registry.open(template)).run = () => Promise.reject(new TypeError("secret of line 17"));
    const { error } = await agent.call("get_content_hierarchy");
    expect(error).toMatchObject({ code: "INTERNAL", data: {} });
    expect(JSON.stringify(error)).not.toContain("secret");
    expect(door.log.errors).toHaveLength(1);
  });
});

async function rest(client: { listTools(): Promise<object> }): Promise<object> {
  const { tools: _tools, ...others } = (await client.listTools()) as { tools: unknown };
  return others;
}

test("[MCP-2] two agents in both eras edit the same template", async () => {
  const door = await openDoor();
  const template = await door.createTemplate(page);
  const scout = await connectAgent(door, { era: "2025", template, name: "scout" });
  const wren = await connectAgent(door, { era: "2026", template, name: "wren" });
  await scout.call("update_title", { elementId: "title-1", text: "Autumn is here" });
  await wren.call("add_title", { section: "row-1", text: "Second" });
  expect(door.people(template)).toEqual(["Scout", "Wren"]);
  const { sections } = await wren.call("get_content_hierarchy");
  expect(JSON.stringify(sections)).toContain("Autumn is here");
});
