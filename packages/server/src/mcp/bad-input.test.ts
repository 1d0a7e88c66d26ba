import { gzipSync } from "node:zlib";
import { type ErrorCode, errorTable, sizes } from "@waggle/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  forge,
  type House,
  hostileText,
  openHouse,
  request,
  requireRestError,
  sendRaw,
  stateOf,
} from "../stranger.test.support.ts";
import { type Era, meta, modern, rpc, rpcRows, toolRows } from "./bad-input-rows.test.support.ts";

let house: House;
let before: unknown;
let session: string;

beforeAll(async () => {
  house = await openHouse();
  before = await stateOf(house);
  session = await openSession();
}, 60_000);
afterAll(() => house.close(), 60_000);

interface Heard {
  readonly status: number;
  readonly message: Record<string, unknown> | undefined;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** Sends bytes to the door with the headers of an honest client, but for those that are changed. */
async function post(body: string | Uint8Array, changes: Headers = {}): Promise<Heard> {
  const usual: Headers = {
    authorization: `Bearer ${house.apiKey}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "x-bee-template-id": house.templateId,
  };
  const sent = Object.entries({ ...usual, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const response = await fetch(`${house.address}/v2/sdk/mcp`, {
    method: "POST",
    headers: sent,
    body: Buffer.from(body),
  });
  return { status: response.status, message: readMessage(await response.text()) };
}

/** A body is one JSON message, or a stream of events with one. */
function readMessage(body: string): Heard["message"] {
  const text = body.startsWith("event:") ? (/^data: (.*)$/m.exec(body)?.[1] ?? "") : body;
  return text === "" ? undefined : JSON.parse(text);
}

async function openSession(): Promise<string> {
  const response = await fetch(`${house.address}/v2/sdk/mcp`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${house.apiKey}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "x-bee-template-id": house.templateId,
    },
    body: JSON.stringify(handshake()),
  });
  await response.text();
  return response.headers.get("mcp-session-id") ?? "";
}

function handshake(changes: object = {}): object {
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "stranger", version: "1" } };
  return { jsonrpc: "2.0", id: 1, method: "initialize", params: { ...params, ...changes } };
}

/** `inner` is JSON without its braces: what a parser would make of it is the point. */
function callTool(
  era: Era,
  [name, inner]: readonly [tool: string, inner: string],
  changes: Headers = {},
): Promise<Heard> {
  const more = era === "2026" ? `,"_meta":${JSON.stringify(meta)}` : "";
  const body = `{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":${JSON.stringify(name)}${inner}${more}}}`;
  return post(body, { ...eraHeaders(era, "tools/call", name), ...changes });
}

function eraHeaders(era: Era, method: string, name?: string): Headers {
  if (era === "2025") return { "mcp-session-id": session };
  return { "mcp-protocol-version": modern, "mcp-method": method, ...(name === undefined ? {} : { "mcp-name": name }) };
}

/** A failed tool call is a result, so that the model reads it; its text is one object. */
function requireToolError({ status, message }: Heard, code: ErrorCode): string {
  const result = message?.result as { isError?: boolean; content?: { text: string }[]; structuredContent?: unknown };
  const told = JSON.parse(result?.content?.[0]?.text ?? "{}");
  expect({ status, id: message?.id, isError: result?.isError, structured: result?.structuredContent }).toStrictEqual({
    status: 200,
    id: 5,
    isError: true,
    structured: undefined,
  });
  expect([Object.keys(told), told.code]).toStrictEqual([["code", "message", "data"], code]);
  return told.message;
}

function requireRpcError({ status, message }: Heard, expected: { status: number; code: number }): string {
  const error = message?.error as { code: number; message: string };
  expect({ status, version: message?.jsonrpc, code: error?.code }).toStrictEqual({ version: "2.0", ...expected });
  return error.message;
}

async function requireNothingHappened(): Promise<void> {
  expect(await stateOf(house)).toStrictEqual(before);
}

const templateRows: readonly (readonly [title: string, templateId: () => string, code: ErrorCode, says: RegExp])[] = [
  ["another client's template", () => house.foreignTemplateId, "TEMPLATE_NOT_FOUND", /Create one, or check the id/],
  ["a template that never was", () => "../../etc", "TEMPLATE_NOT_FOUND", /Create one, or check the id/],
  ["a template whose time is over", () => house.expiredTemplateId, "SESSION_ENDED", /id of a new one/],
  ["a session that has ended", () => house.sealedTemplateId, "SESSION_ENDED", /id of a new one/],
];

describe.each(["2025", "2026"] as const)("in the %s era", (era) => {
  test.each(toolRows)("%s is a failed tool call that says what to do", async (...[, tool, inner, code, says]) => {
    expect(requireToolError(await callTool(era, [`beefree_${tool}`, inner]), code)).toMatch(says);
    await requireNothingHappened();
  });

  test.each(rpcRows)("%s is a protocol error that says what to do", async (...[, body, code, says]) => {
    const heard = await post(body(era), eraHeaders(era, "tools/call"));
    expect(requireRpcError(heard, { status: 400, code })).toMatch(says);
    await requireNothingHappened();
  });

  test("a tool that is not there is answered with the nearest", async () => {
    const near = await callTool(era, ["beefree_update_titel", ',"arguments":{}']);
    expect(requireRpcError(near, { status: 200, code: -32602 })).toMatch(/Nearest: beefree_update_title.*tools\/list/);
    const old = await callTool(era, ["beefree_delete_section", ',"arguments":{}']);
    expect(requireRpcError(old, { status: 200, code: -32602 })).toMatch(/Nearest: .*beefree_delete_element/);
    await requireNothingHappened();
  });

  test("a method that is not there is answered with those that are", async () => {
    const heard = await post(rpc(',"id":5,"method":"tools/eat"')(era), eraHeaders(era, "tools/eat"));
    const status = era === "2026" ? 404 : 200;
    expect(requireRpcError(heard, { status, code: -32601 })).toMatch(
      /no method tools\/eat here\. There are .*tools\/call/,
    );
  });

  test.each(templateRows)("%s can't be edited, and says why", async (...[, templateId, code, says]) => {
    const changes = { "x-bee-template-id": templateId() };
    if (era === "2025") {
      const { http: status, rpc: number } = errorTable[code];
      expect(requireRpcError(await post(JSON.stringify(handshake()), changes), { status, code: number })).toMatch(says);
      return;
    }
    const heard = await callTool(era, ["beefree_add_section", ',"arguments":{"columns":[12]}'], changes);
    expect(requireToolError(heard, code)).toMatch(says);
  });

  test("without a template a call says how to name one", async () => {
    const none = { "x-bee-template-id": undefined };
    const ownSession = era === "2025" ? { "mcp-session-id": await sessionWithoutTemplate() } : {};
    const heard = await callTool(era, ["beefree_get_content_hierarchy", ""], { ...none, ...ownSession });
    expect(requireToolError(heard, "INVALID_INPUT")).toMatch(/header x-bee-template-id/);
  });

  test("what stands in a template is told as data, and does nothing", async () => {
    const heard = await callTool(era, ["beefree_get_element_details", ',"arguments":{"elementId":"text-1"}']);
    const { structuredContent, isError } = (heard.message?.result ?? {}) as {
      structuredContent?: unknown;
      isError?: boolean;
    };
    expect(isError).toBeUndefined();
    expect(JSON.stringify(structuredContent)).toContain(JSON.stringify(hostileText).slice(1, 60));
    await requireNothingHappened();
  });
});

async function sessionWithoutTemplate(): Promise<string> {
  const response = await fetch(`${house.address}/v2/sdk/mcp`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${house.apiKey}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify(handshake()),
  });
  await response.text();
  return response.headers.get("mcp-session-id") ?? "";
}

const list = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';

type DoorRow = readonly [title: string, send: () => Promise<Heard>, status: number, code: number, says: RegExp];

const doorRows: readonly DoorRow[] = [
  ["a session that is not there", () => post(list, { "mcp-session-id": "none" }), 404, -32001, /Initialise again/],
  ["no session", () => post(list), 400, -32600, /Send initialize first, or speak protocol 2026-07-28/],
  ["several messages without a session", () => post(`[${list},${list}]`), 400, -32600, /Send initialize first/],
  [
    "an unknown version in a session",
    () => post(list, { "mcp-session-id": session, "mcp-protocol-version": "1999-01-01" }),
    400,
    -32000,
    /supported versions: 2025-11-25/,
  ],
  [
    "an unknown version without one",
    () => postMeta("2099-01-01"),
    400,
    -32022,
    /Unsupported protocol version: 2099-01-01/,
  ],
  [
    "headers that contradict the body",
    () => postMeta(modern, { "mcp-method": "tools/call" }),
    400,
    -32020,
    /body names method tools\/list but the Mcp-Method header names tools\/call/,
  ],
  [
    "no _meta in the newer protocol",
    () => post(list, { "mcp-protocol-version": modern, "mcp-method": "tools/list" }),
    400,
    -32602,
    /_meta/,
  ],
  [
    "a handshake without a client",
    () => post(JSON.stringify(handshake({ clientInfo: undefined }))),
    400,
    -32600,
    /initialize needs the params/,
  ],
  [
    "a handshake with a version that is a number",
    () => post(JSON.stringify(handshake({ protocolVersion: 5 }))),
    400,
    -32600,
    /initialize needs the params/,
  ],
  [
    "a second handshake",
    () => post(JSON.stringify(handshake()), { "mcp-session-id": session }),
    400,
    -32600,
    /already initialized/,
  ],
  [
    "an answer nobody reads",
    () => post(list, { "mcp-session-id": session, accept: "text/html" }),
    406,
    -32000,
    /must accept both application\/json/,
  ],
  [
    "another template in a session",
    () => post(list, { "mcp-session-id": session, "x-bee-template-id": "tpl_other" }),
    400,
    -32602,
    /Initialise a new session/,
  ],
  [
    "a template id of 300 letters",
    () => post(JSON.stringify(handshake()), { "x-bee-template-id": "x".repeat(300) }),
    400,
    -32602,
    /256 characters at most/,
  ],
  ["plain text", () => post(list, { "content-type": "text/plain" }), 400, -32600, /Content-Type: application\/json/],
  [
    "a packed body",
    () => post(gzipSync(list), { "content-encoding": "gzip" }),
    400,
    -32602,
    /without the header Content-Encoding/,
  ],
  ["a body over the limit", () => post(" ".repeat(sizes.httpBody + 1)), 413, -32600, /8388608 bytes at most/],
];

function postMeta(version: string, changes: Headers = {}): Promise<Heard> {
  const params = { _meta: { ...meta, "io.modelcontextprotocol/protocolVersion": version } };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params });
  return post(body, { "mcp-protocol-version": version, "mcp-method": "tools/list", ...changes });
}

test.each(doorRows)("%s is refused with what to do", async (...[, send, status, code, says]) => {
  expect(requireRpcError(await send(), { status, code })).toMatch(says);
  await requireNothingHappened();
});

test("what is allowed is not refused for looking odd", async () => {
  expect((await post(`\uFEFF${list}`, { "mcp-session-id": session })).message).toHaveProperty("result.tools");
  expect((await post(`[${list}]`, { "mcp-session-id": session })).status).toBe(200);
  expect((await post('{"jsonrpc":"2.0","method":"notifications/eaten"}', { "mcp-session-id": session })).status).toBe(
    202,
  );
  const far = handshake({ protocolVersion: "1999-01-01" });
  expect((await post(JSON.stringify(far))).message).toHaveProperty("result.protocolVersion", "2025-11-25");
});

const json = "Content-Type: application/json";
const rpcBody = { headers: [json], body: "{" };

test.each([
  ["no key", async () => rpcBody.headers, "AUTH_MISSING", /Authorization: Bearer/],
  ["an unknown key", async () => [json, "Authorization: Bearer wgl_none"], "AUTH_INVALID", /Send the one/],
  [
    "a browser token",
    async () => [json, `Authorization: Bearer ${await forge(house)}`],
    "AUTH_INVALID",
    /send an API key/,
  ],
  ["another host", async () => [json, "Host: evil.example"], "INVALID_FRAME", /Host is there twice/],
  ["another page", async () => [json, "Origin: https://evil.example"], "HOST_REFUSED", /WAGGLE_ORIGINS/],
] as const)("%s is refused before the body is looked at, in the shape of REST", async (...[, headers, code, says]) => {
  const answer = await sendRaw(house.port, request("POST /v2/sdk/mcp", { headers: await headers(), body: "{" }));
  expect(requireRestError(answer, code)).toMatch(says);
});

test.each(["PUT", "PATCH", "OPTIONS", "GET", "DELETE"])(
  "%s without a session is 405 and says what there is",
  async (method) => {
    const headers = { authorization: `Bearer ${house.apiKey}` };
    const response = await fetch(`${house.address}/v2/sdk/mcp`, { method, headers });
    expect([response.status, response.headers.get("allow")]).toStrictEqual([405, "GET, POST, DELETE"]);
    expect((await response.json()).error.message).toMatch(/need the header Mcp-Session-Id/);
  },
);
