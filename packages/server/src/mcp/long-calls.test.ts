import { expect, test } from "vitest";
import * as z from "zod/mini";
import { connectAgent, type Era, type McpDoor, openDoor } from "./mcp-door.test.support.ts";
import { defineServerTool, type ToolCaller } from "./server-tool.ts";

const eras: readonly Era[] = ["2025", "2026"];

/** A tool that does what the test says. */
function tool(run: (caller: ToolCaller) => Promise<void>) {
  return defineServerTool({
    name: "take_long",
    title: "Take long",
    description: "Takes long.",
    kind: "read",
    destructive: false,
    idempotent: true,
    input: z.object({}),
    output: z.object({}),
    errors: [],
    examples: [],
    run: async (caller) => {
      await run(caller);
      return {};
    },
  });
}

/** A tool that is over when it was given up, and what became of it. */
function endless() {
  const began = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<unknown>();
  const run = async ({ signal }: ToolCaller): Promise<void> => {
    const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    began.resolve();
    await aborted;
    try {
      signal.throwIfAborted();
    } catch (reason) {
      ended.resolve(reason);
      throw reason;
    }
  };
  return { tool: tool(run), began: began.promise, ended: ended.promise };
}

const params = { name: "beefree_take_long", arguments: {} };

test.each(eras)(
  "[LONG-1] an agent of the %s era that asks for it hears of progress, before the answer",
  async (era) => {
    const door = await openDoor({
      catalogue: [
        tool(async ({ progress }) => {
          progress(1, 3);
          progress(2, 3, "Two of three.");
          progress(3, 3);
        }),
      ],
    });
    const { client } = await connectAgent(door, { era });
    const heard: unknown[] = [];
    const answer = await client.callTool(params, { onprogress: (progress) => heard.push(progress) });
    expect(heard).toEqual([
      { progress: 1, total: 3 },
      { progress: 2, total: 3, message: "Two of three." },
      { progress: 3, total: 3 },
    ]);
    expect(answer.isError).toBeFalsy();
  },
);

test.each(eras)("[LONG-1] an agent of the %s era that does not ask hears nothing but the answer", async (era) => {
  const door = await openDoor({ catalogue: [tool(async ({ progress }) => progress(1, 3))] });
  const { client } = await connectAgent(door, { era });
  const strays: Error[] = [];
  client.onerror = (error) => strays.push(error);
  expect((await client.callTool(params)).isError).toBeFalsy();
  expect(strays).toEqual([]);
});

test.each(eras)("[LONG-2] progress only grows, by a hundredth at least, and ends with the call (%s)", async (era) => {
  let late: ToolCaller["progress"] = () => undefined;
  const door = await openDoor({
    catalogue: [
      tool(async ({ progress }) => {
        late = progress;
        for (const done of [0, 0, 5, 3, 5, 5.5, 6, Number.NaN, 6.5]) progress(done, 100);
        for (let done = 7; done < 100; done += 0.01) progress(done, 100);
        progress(100, 100);
        progress(100, 100);
      }),
    ],
  });
  const { client } = await connectAgent(door, { era });
  const heard: number[] = [];
  await client.callTool(params, { onprogress: ({ progress }) => heard.push(progress) });
  const count = heard.length;
  late(200);
  await client.ping().catch(() => undefined);
  expect(heard.slice(0, 3)).toEqual([0, 5, 6]);
  expect(heard.at(-1)).toBe(100);
  expect(heard.every((done, i) => i === 0 || done > (heard[i - 1] ?? 0))).toBe(true);
  expect([count, heard.length]).toEqual([heard.length, count]);
  expect(count).toBeLessThanOrEqual(101);
});

test.each(eras)("[LONG-3] a call that is given up is told so and ends, without an error of ours (%s)", async (era) => {
  const { tool: long, began, ended } = endless();
  const door = await openDoor({ catalogue: [long] });
  const { client } = await connectAgent(door, { era });
  const given = new AbortController();
  const call = client.callTool(params, { signal: given.signal });
  await began;
  given.abort();
  await expect(call).rejects.toThrow();
  expect(await ended).toMatchObject({ code: "CONNECTION_LOST" });
  expect((await client.listTools()).tools).toHaveLength(1);
  expect(door.log.errors).toEqual([]);
});

test("[LONG-3] in the 2025 era the stream of a call that was given up ends, and its id is free again", async () => {
  const first = endless();
  const door = await openDoor({ catalogue: [first.tool] });
  const session = await startSession(door);
  const call = { jsonrpc: "2.0", id: 7, method: "tools/call", params };
  const waiting = post(door, call, session).then((answer) => answer.text());
  await first.began;
  const cancel = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } };
  expect((await post(door, cancel, session)).status).toBe(202);
  expect(await waiting).not.toContain("result");
  expect((await post(door, { jsonrpc: "2.0", id: 7, method: "ping" }, session)).status).toBe(200);
  await door.close();
});

test("[LONG-3] of a batch the others are still answered", async () => {
  const long = endless();
  const door = await openDoor({ catalogue: [long.tool] });
  const session = await startSession(door, "2025-03-26");
  const batch = [7, 8].map((id) => ({ jsonrpc: "2.0", id, method: "tools/call", params }));
  const answer = post(door, [...batch, { jsonrpc: "2.0", id: 9, method: "ping" }], session);
  await long.began;
  for (const requestId of [7, 8]) {
    const cancel = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId } };
    await post(door, cancel, session);
  }
  expect(await (await answer).text()).toContain('"id":9');
});

async function startSession(door: McpDoor, protocolVersion = "2025-11-25"): Promise<Readonly<Record<string, string>>> {
  const hello = { protocolVersion, capabilities: {}, clientInfo: { name: "scout", version: "1" } };
  const opened = await post(door, { jsonrpc: "2.0", id: 1, method: "initialize", params: hello });
  await opened.text();
  return { "mcp-session-id": opened.headers.get("mcp-session-id") ?? "", "mcp-protocol-version": protocolVersion };
}

function post(door: McpDoor, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(door.url, {
    method: "POST",
    headers: {
      authorization: "Bearer key-1",
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
    },
    body: JSON.stringify(body),
  });
}
