import { connect } from "node:net";
import type { Json } from "@waggle/template";
import { describe, expect, test } from "vitest";
import { connectAgent, type Era, type McpDoor, openDoor } from "./mcp-door.test.support.ts";

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

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "scout", version: "1" } },
};

function postTo({ url }: McpDoor, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: {
      authorization: "Bearer key-1",
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function startSession(door: McpDoor): Promise<Readonly<Record<string, string>>> {
  const response = await postTo(door, initialize, { "x-bee-template-id": await door.createTemplate() });
  await response.text();
  return { "mcp-session-id": response.headers.get("mcp-session-id") ?? "" };
}

const addSection = (id: number) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "beefree_add_section", arguments: { columns: [12] } },
});

test("[MCP-5] of two requests with one id at once, each is answered, one by a refusal", async () => {
  const door = await openDoor();
  const session = await startSession(door);
  const [room] = door.registry.rooms;
  if (!room) throw new Error("The session has no room.");
  const run = room.run.bind(room);
  // Answered at once, the first would be over before the second arrives.
  room.run = async (request) => {
    await expect.poll(() => door.requests).toBe(4);
    return run(request);
  };
  const answers = await Promise.all([7, 7, 8].map((id) => postTo(door, addSection(id), session)));
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 400]);
  expect(texts.find((text) => text.includes("-32600"))).toContain("an id of its own");
  const twice = await postTo(door, [addSection(9), addSection(9)], session);
  expect(twice.status).toBe(400);
  expect((await postTo(door, addSection(7), session)).status).toBe(200);
});

test("[MCP-6] a call under way is answered although the server closes", async () => {
  const door = await openDoor();
  const session = await startSession(door);
  const calls = Array.from({ length: 8 }, (_, i) => postTo(door, addSection(i), session).then((each) => each.text()));
  await expect.poll(() => door.requests).toBe(9);
  await door.close();
  for (const text of await Promise.all(calls)) expect(text).toContain("elementId");
});

test("half a character in an argument becomes U+FFFD, as it would on disk", async () => {
  const door = await openDoor();
  const template = await door.createTemplate(page);
  const agent = await connectAgent(door, { era: "2025", template });
  await agent.call("update_title", { elementId: "title-1", text: "a\ud800b \u{1f600} \\ud800" });
  expect(JSON.stringify(await door.exported(template))).toContain("a\ufffdb \u{1f600} \\\\ud800");
});

test("[DOOR-5] a name or an id that is too long is refused", async () => {
  const door = await openDoor();
  const headers = { "x-bee-user-handle": "h".repeat(257) };
  const response = await postTo(door, initialize, headers);
  expect([response.status, await response.json()]).toMatchObject([400, { error: { data: { code: "INVALID_INPUT" } } }]);
});

test("an initialize that is not complete is told what is missing", async () => {
  const door = await openDoor();
  const response = await postTo(door, { ...initialize, params: { protocolVersion: 7 } });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { error: { message: expect.stringContaining("clientInfo") } },
  ]);
});

test("[DOOR-3] who sends too much hears of it, and a client that goes away in the middle is no error of ours", async () => {
  const door = await openDoor();
  const response = await postTo(door, JSON.stringify({ x: "a".repeat(10_000_000) }));
  expect([response.status, await response.json()]).toMatchObject([
    413,
    { error: { data: { code: "BODY_TOO_LARGE" } } },
  ]);
  const socket = connect(Number(door.url.port), "127.0.0.1");
  const head = ["POST /v2/sdk/mcp HTTP/1.1", "host: localhost", "authorization: Bearer key-1"];
  socket.write([...head, "content-type: application/json", "content-length: 100", "", '{"json'].join("\r\n"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(door.log.errors).toEqual([]);
});
