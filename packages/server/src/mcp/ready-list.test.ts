import { expect, test } from "vitest";
import { type McpDoor, openDoor } from "./mcp-door.test.support.ts";

const list = { jsonrpc: "2.0", id: 7, method: "tools/list" };

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly message: { readonly id: unknown; readonly result: { readonly tools: readonly { name: string }[] } };
}

async function post(door: McpDoor, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
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
  const text = await response.text();
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? text;
  return { status: response.status, type: response.headers.get("content-type"), message: JSON.parse(data) };
}

async function startSession(door: McpDoor, protocolVersion: string): Promise<Readonly<Record<string, string>>> {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: "scout", version: "1" } };
  const response = await fetch(door.url, {
    method: "POST",
    headers: {
      authorization: "Bearer key-1",
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params }),
  });
  await response.text();
  return { "mcp-session-id": response.headers.get("mcp-session-id") ?? "", "mcp-protocol-version": protocolVersion };
}

const modern = "2026-07-28";
const statelessHeaders = { "mcp-protocol-version": modern, "mcp-method": "tools/list" };
const statelessList = {
  ...list,
  params: {
    _meta: {
      "io.modelcontextprotocol/protocolVersion": modern,
      "io.modelcontextprotocol/clientCapabilities": {},
    },
  },
};

test("[MCP-7] the list that is ready is the one the protocol library would write", async () => {
  const door = await openDoor();
  const session = await startSession(door, "2025-03-26");
  const ready = await post(door, list, session);
  // A batch goes through the library.
  const written = await post(door, [list], session);
  expect(ready).toEqual(written);
  expect(ready.message.result.tools.length).toBeGreaterThan(20);
  const stateless = await post(door, statelessList, statelessHeaders);
  expect(stateless.message.result).toEqual({
    ...ready.message.result,
    resultType: "complete",
    ttlMs: expect.any(Number),
    cacheScope: expect.any(String),
    _meta: expect.any(Object),
  });
});

test("[MCP-7] an id is given back as it came, whatever it looks like", async () => {
  const door = await openDoor();
  const session = await startSession(door, "2025-11-25");
  const { tools } = (await post(door, list, session)).message.result;
  for (const id of ['"tools":[]', "\n\ndata: ", "", 0, -1]) {
    expect((await post(door, { ...list, id }, session)).message.id).toBe(id);
    const { message } = await post(door, { ...statelessList, id }, statelessHeaders);
    expect(message).toMatchObject({ id, result: { tools } });
  }
});

test("[MCP-7] what the protocol library would refuse is refused", async () => {
  const door = await openDoor();
  const session = await startSession(door, "2025-11-25");
  const badCursor = { ...list, params: { cursor: 7 } };
  expect(await post(door, list, { ...session, accept: "application/json" })).toMatchObject({ status: 406 });
  expect(await post(door, list, { ...session, "mcp-protocol-version": "1999-01-01" })).toMatchObject({ status: 400 });
  expect(await post(door, badCursor, session)).toMatchObject({ message: { error: { code: expect.any(Number) } } });
  const { params } = statelessList;
  const badStateless = { ...statelessList, params: { ...params, cursor: 7 } };
  expect(await post(door, badStateless, statelessHeaders)).toMatchObject({ message: { error: {} } });
  const mismatched = { ...statelessHeaders, "mcp-method": "tools/call" };
  expect(await post(door, statelessList, mismatched)).toMatchObject({
    status: 400,
    message: { error: { code: -32020 } },
  });
});
