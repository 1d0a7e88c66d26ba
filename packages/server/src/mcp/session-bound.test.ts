import { lifetimes } from "@waggle/contract";
import { expect, test } from "vitest";
import { type McpDoor, openDoor } from "./mcp-door.test.support.ts";

const limit = 3;

interface Shaken {
  readonly status: number;
  readonly session: string;
  readonly error: { readonly code: number; readonly message: string; readonly data: object } | undefined;
}

async function shakeHands(door: McpDoor, headers: Readonly<Record<string, string>> = {}): Promise<Shaken> {
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "scout", version: "1" } };
  const response = await fetch(door.url, {
    method: "POST",
    headers: {
      authorization: "Bearer key-1",
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params }),
  });
  const text = await response.text();
  const error = response.ok ? undefined : JSON.parse(text).error;
  return { status: response.status, session: response.headers.get("mcp-session-id") ?? "", error };
}

async function fill(door: McpDoor): Promise<readonly string[]> {
  const sessions: string[] = [];
  for (let i = 0; i < limit; i += 1) {
    sessions.push((await shakeHands(door)).session);
    door.clock.advance(1000);
  }
  return sessions;
}

async function use(door: McpDoor, session: string, method = "POST"): Promise<number> {
  const response = await fetch(door.url, {
    method,
    headers: {
      authorization: "Bearer key-1",
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-session-id": session,
    },
    ...(method === "POST" ? { body: '{"jsonrpc":"2.0","id":2,"method":"ping"}' } : {}),
  });
  await response.text();
  return response.status;
}

test("[ROUTE-8] a key whose sessions are all in use is refused another, and told what to do; other keys are not", async () => {
  const door = await openDoor({ sessionsPerKey: limit });
  const sessions = await fill(door);
  const refused = await shakeHands(door);
  expect([refused.status, refused.error]).toStrictEqual([
    429,
    {
      code: -32029,
      message: expect.stringMatching(/has 3 MCP sessions in use\. End one \(DELETE .*\), or wait/),
      data: { code: "RATE_LIMITED", limit },
    },
  ]);
  expect(await Promise.all(sessions.map((session) => use(door, session)))).toStrictEqual([200, 200, 200]);
  expect((await shakeHands(door, { authorization: "Bearer key-2" })).status).toBe(200);
});

test("[ROUTE-8] many handshakes at once do not slip past the bound", async () => {
  const door = await openDoor({ sessionsPerKey: limit });
  const shaken = await Promise.all(Array.from({ length: 12 }, () => shakeHands(door)));
  const statuses = shaken.map(({ status }) => status).sort();
  expect(statuses).toStrictEqual([200, 200, 200, ...Array.from({ length: 9 }, () => 429)]);
});

test("[ROUTE-8] the session unused for longest makes room once its agent is gone", async () => {
  const door = await openDoor({ sessionsPerKey: limit });
  const [first = "", second = "", third = ""] = await fill(door);
  door.clock.advance(lifetimes.agentLeaseMs);
  expect(await use(door, first)).toBe(200);
  expect((await shakeHands(door)).status).toBe(200);
  expect([await use(door, first), await use(door, second), await use(door, third)]).toStrictEqual([200, 404, 200]);
  expect((await shakeHands(door)).status).toBe(429);
});

test("[ROUTE-8] a session with an open stream is in use, however long it says nothing", async () => {
  const door = await openDoor({ sessionsPerKey: 1 });
  const { session } = await shakeHands(door);
  const stop = new AbortController();
  const stream = await fetch(door.url, {
    headers: { authorization: "Bearer key-1", accept: "text/event-stream", "mcp-session-id": session },
    signal: stop.signal,
  });
  expect(stream.status).toBe(200);
  door.clock.advance(2 * lifetimes.agentLeaseMs);
  expect((await shakeHands(door)).status).toBe(429);
  stop.abort();
});

test("[ROUTE-8] a place is given back by DELETE and by a handshake that failed", async () => {
  const door = await openDoor({ sessionsPerKey: 1 });
  expect((await shakeHands(door, { "x-bee-template-id": "tpl_none" })).status).toBe(404);
  expect((await shakeHands(door, { accept: "text/html" })).status).toBe(406);
  for (let i = 0; i < 3; i += 1) {
    const { status, session } = await shakeHands(door);
    expect([status, await use(door, session, "DELETE")]).toStrictEqual([200, 200]);
  }
});
