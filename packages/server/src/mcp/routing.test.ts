import { request } from "node:http";
import { lifetimes, routes, WaggleError } from "@waggle/contract";
import { describe, expect, test } from "vitest";
import { connectAgent, type Era, type McpDoor, openDoor } from "./mcp-door.test.support.ts";

const eras: readonly Era[] = ["2025", "2026"];
const name = "x-bee-template-id";

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "scout", version: "1" } },
};

async function post(door: McpDoor, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(door.url, {
    method: "POST",
    headers: {
      authorization: "Bearer key-1",
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Status of the answer to a request whose body is announced and never sent. */
function answerTo(door: McpDoor, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const announced = request(door.url, { method: "POST", headers }, (response) => {
      response.resume();
      announced.destroy();
      resolve(response.statusCode);
    });
    announced.on("error", reject);
    announced.flushHeaders();
  });
}

describe.each(eras)("a template is named in the %s era", (era) => {
  test("[ROUTE-1] by header", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const agent = await connectAgent(door, { era, headers: { [name]: template } });
    expect(await agent.call("get_content_hierarchy")).toEqual({ sections: [] });
  });

  test("[ROUTE-1] by _meta", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const agent = await connectAgent(door, { era, meta: { [name]: template } });
    expect(await agent.call("get_content_hierarchy")).toEqual({ sections: [] });
  });

  test("[ROUTE-1] by both, when they agree", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const agent = await connectAgent(door, { era, headers: { [name]: template }, meta: { [name]: template } });
    expect(await agent.call("get_content_hierarchy")).toEqual({ sections: [] });
  });

  test("[ROUTE-1] not by two that differ: 400 says which", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const connecting = connectAgent(door, { era, headers: { [name]: template }, meta: { [name]: "tpl_other" } });
    const calling = connecting.then((agent) => agent.call("get_content_hierarchy"));
    await expect(calling).rejects.toThrow(/name different values/);
  });

  test("[ROUTE-2] or a tool call is refused with what to send", async () => {
    const door = await openDoor();
    const agent = await connectAgent(door, { era });
    expect(await agent.call("get_content_hierarchy")).toMatchObject({
      error: { code: "INVALID_INPUT", message: expect.stringContaining(name) },
    });
  });

  test("[ROUTE-3] another client's template does not exist", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const headers = { authorization: "Bearer key-2", [name]: template };
    const call = connectAgent(door, { era, headers }).then((agent) => agent.call("get_content_hierarchy"));
    const words = new RegExp(`No template ${template}\\. Create one, or check the id\\.`);
    if (era === "2025") await expect(call).rejects.toThrow(words);
    else
      expect(await call).toMatchObject({
        error: { code: "TEMPLATE_NOT_FOUND", message: expect.stringMatching(words) },
      });
    await (await door.registry.open(template)).seal("stopped");
    await expect(door.registry.open(template, { clientId: "client-2" })).rejects.toMatchObject({
      code: "TEMPLATE_NOT_FOUND",
    });
    expect(door.people(template)).toEqual([]);
  });
});

test("[ROUTE-4] an unknown template is refused at initialize with 404", async () => {
  const door = await openDoor();
  const { status, text } = await post(door, initialize, { [name]: "tpl_unknown" });
  expect(status).toBe(404);
  expect(JSON.parse(text)).toMatchObject({ id: 1, error: { code: -32002, data: { code: "TEMPLATE_NOT_FOUND" } } });
});

test("[ROUTE-4] an unknown template is a failed tool call in the 2026 era", async () => {
  const door = await openDoor();
  const agent = await connectAgent(door, { era: "2026", template: "tpl_unknown" });
  expect((await agent.client.listTools()).tools.length).toBeGreaterThan(0);
  expect(await agent.call("get_content_hierarchy")).toMatchObject({ error: { code: "TEMPLATE_NOT_FOUND" } });
});

test("[ROUTE-5] a session cannot change its template", async () => {
  const door = await openDoor();
  const [first, second] = [await door.createTemplate(), await door.createTemplate()];
  const opened = await post(door, initialize, { [name]: first });
  const session = {
    "mcp-session-id": opened.headers.get("mcp-session-id") ?? "",
    "mcp-protocol-version": "2025-11-25",
  };
  const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
  expect(await post(door, list, { ...session, [name]: first })).toMatchObject({ status: 200 });
  const refused = await post(door, list, { ...session, [name]: second });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain(`This MCP session edits template ${first}`);
});

test("[ROUTE-5] a session that named no template may name one later, once", async () => {
  const door = await openDoor();
  const template = await door.createTemplate();
  const opened = await post(door, initialize);
  const session = {
    "mcp-session-id": opened.headers.get("mcp-session-id") ?? "",
    "mcp-protocol-version": "2025-11-25",
  };
  const call = {
    jsonrpc: "2.0",
    id: 2,
    method: "tools/call",
    params: { name: "beefree_get_content_hierarchy", arguments: {} },
  };
  expect((await post(door, call, session)).text).toContain("No template was named");
  expect((await post(door, call, { ...session, [name]: template })).text).toContain('"sections":[]');
  expect((await post(door, call, session)).text).toContain('"sections":[]');
});

test("[ROUTE-6] an unknown session is 404, so that the client initialises again", async () => {
  const door = await openDoor();
  const answer = await post(door, { jsonrpc: "2.0", id: 7, method: "tools/list" }, { "mcp-session-id": "nobody" });
  expect(answer.status).toBe(404);
  expect(JSON.parse(answer.text)).toMatchObject({ id: 7, error: { code: -32001 } });
});

test("[ROUTE-6] a session nobody used for an hour is forgotten", async () => {
  const door = await openDoor();
  const opened = await post(door, initialize);
  const session = {
    "mcp-session-id": opened.headers.get("mcp-session-id") ?? "",
    "mcp-protocol-version": "2025-11-25",
  };
  const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
  door.clock.advance(lifetimes.editorActiveMs - 1);
  expect((await post(door, list, session)).status).toBe(200);
  door.clock.advance(lifetimes.editorActiveMs + 1);
  expect((await post(door, list, session)).status).toBe(404);
  // Not even for an instant after that.
  expect((await post(door, list, session)).status).toBe(404);
});

test("[ROUTE-6] a session nobody used for an hour is forgotten when another is opened", async () => {
  const door = await openDoor();
  const opened = await post(door, initialize);
  const session = { "mcp-session-id": opened.headers.get("mcp-session-id") ?? "" };
  door.clock.advance(lifetimes.editorActiveMs + 1);
  await post(door, initialize);
  const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
  expect((await post(door, list, session)).status).toBe(404);
});

test("[ROUTE-6] another key's session does not exist", async () => {
  const door = await openDoor();
  const opened = await post(door, initialize);
  const session = { "mcp-session-id": opened.headers.get("mcp-session-id") ?? "" };
  const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
  expect((await post(door, list, { ...session, authorization: "Bearer key-2" })).status).toBe(404);
});

test("[ROUTE-7] a 2025 request without a session is told to initialise", async () => {
  const door = await openDoor();
  const answer = await post(door, { jsonrpc: "2.0", id: 2, method: "tools/list" });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain("Send initialize first");
});

test("[MCP-1] server/discover is answered before a template is named", async () => {
  const door = await openDoor();
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const body = { jsonrpc: "2.0", id: 1, method: "server/discover", params: { _meta: meta } };
  const answer = await post(door, body, { "mcp-protocol-version": "2026-07-28", "mcp-method": "server/discover" });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toMatchObject({
    result: { supportedVersions: ["2026-07-28"], capabilities: { tools: {} } },
  });
});

test("[ROUTE-7] GET and DELETE without a session are 405", async () => {
  const door = await openDoor();
  const headers = { authorization: "Bearer key-1", accept: "text/event-stream" };
  for (const method of ["GET", "DELETE"]) {
    const answer = await fetch(door.url, { method, headers });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, POST, DELETE"]);
  }
});

test("[DOOR-1] a key that is missing or wrong is 401 with the numeric code of the contract", async () => {
  const door = await openDoor();
  const missing = await fetch(door.url, { method: "POST", body: "{}" });
  expect([missing.status, missing.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  expect(await missing.json()).toEqual({
    code: 4001,
    message: "Send Authorization: Bearer <API key>.",
    details: { code: "AUTH_MISSING" },
  });
  const wrong = await post(door, initialize, { authorization: "Bearer guess" });
  expect([wrong.status, JSON.parse(wrong.text).code]).toEqual([401, 4005]);
});

test("[DOOR-2] the guard's refusal is 403", async () => {
  const guard = { refusal: () => new WaggleError("HOST_REFUSED", { message: "This origin is not known here." }) };
  const door = await openDoor({ guard });
  const answer = await post(door, initialize);
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, 4031]);
});

test("[DOOR-3] a body that is no JSON, of another type, or too large is refused", async () => {
  const door = await openDoor();
  const headers = { authorization: "Bearer key-1", "content-type": "application/json" };
  const broken = await fetch(door.url, { method: "POST", headers, body: "{" });
  expect([broken.status, (await broken.text()).includes("not JSON")]).toEqual([400, true]);
  const text = await fetch(door.url, {
    method: "POST",
    headers: { ...headers, "content-type": "text/plain" },
    body: "{}",
  });
  expect(text.status).toBe(400);
  const tooMuch = await answerTo(door, { ...headers, "content-length": "9000000" });
  expect(tooMuch).toBe(413);
});

test("[DOOR-4] the first version of the door is gone and says where to go", async () => {
  const door = await openDoor();
  const answer = await fetch(new URL(routes.mcpV1, door.url), { method: "POST" });
  expect(answer.status).toBe(410);
  expect(await answer.json()).toMatchObject({ code: 4101, details: { use: routes.mcp } });
});
