import { gzipSync } from "node:zlib";
import { type ErrorCode, sizes } from "@waggle/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  exchange,
  exportOf,
  forge,
  type House,
  hostileText,
  logIn,
  openHouse,
  request,
  requireRestError,
  sendRaw,
  stateOf,
} from "../stranger.test.support.ts";

let house: House;
let before: unknown;

beforeAll(async () => {
  house = await openHouse();
  before = await stateOf(house);
}, 60_000);
afterAll(() => house.close(), 60_000);

/** One bad thing, what it is answered with, and what the answer has to say. */
type Row = readonly [
  title: string,
  bytes: (house: House) => string | Uint8Array | Promise<string | Uint8Array>,
  code: ErrorCode,
  says: RegExp,
];

const json = "Content-Type: application/json";
const template = "/v2/sdk/mcp/template";
const session = "/v2/sdk/mcp/session";
const key = (from: House) => `Authorization: Bearer ${from.apiKey}`;
const bearer = (credential: string) => `Authorization: Bearer ${credential}`;
const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const login = (body: string | Uint8Array, headers: readonly string[] = [json]) =>
  request("POST /loginV2", { headers, body });
const create = (from: House, body: string | Uint8Array, headers: readonly string[] = []) =>
  request(`POST ${template}`, { headers: [json, key(from), ...headers], body });
const read = (from: House, id: string) => request(`GET ${template}/${id}`, { headers: [key(from)] });

const bodies: readonly Row[] = [
  ["an empty body", () => login("", [json, "Content-Length: 0"]), "INVALID_INPUT", /body is empty\. Send JSON/],
  ["no body at all", () => login("", []), "INVALID_INPUT", /\/ .*object/],
  ["null", () => login("null"), "INVALID_INPUT", /object/],
  ["a number", () => login("1"), "INVALID_INPUT", /object/],
  ["an array", () => login("[]"), "INVALID_INPUT", /object/],
  ["a string", () => login('"x"'), "INVALID_INPUT", /object/],
  ["half of a body", () => login('{"client_id":'), "INVALID_INPUT", /not JSON\. Send UTF-8/],
  ["two bodies", () => login("{}{}"), "INVALID_INPUT", /not JSON/],
  ["a body in UTF-16", () => login(Buffer.from("{}", "utf16le")), "INVALID_INPUT", /UTF-8/],
  ["NaN", () => login('{"client_id":NaN}'), "INVALID_INPUT", /not JSON/],
  ["100,000 levels", () => login(deep(100_000)), "INVALID_INPUT", /object/],
  ["a key __proto__", () => login('{"__proto__":{"admin":true}}'), "INVALID_INPUT", /__proto__.*another name/],
  ["constructor.prototype", () => login('{"constructor":{"prototype":{}}}'), "INVALID_INPUT", /constructor/],
  ["a missing field", () => login('{"client_id":"waggle"}'), "INVALID_INPUT", /\/client_secret/],
  ["a field of the wrong type", () => login('{"client_id":1,"client_secret":2,"uid":[]}'), "INVALID_INPUT", /\/uid/],
  ["a field that is too long", () => login(fields({ uid: "x".repeat(300) })), "INVALID_INPUT", /\/uid.*256/],
  ["an empty uid", () => login(fields({ uid: "" })), "INVALID_INPUT", /\/uid/],
  ["plain text", () => login("hush", ["Content-Type: text/plain"]), "INVALID_INPUT", /Content-Type: application\/json/],
  ["a form", () => login("a=b", ["Content-Type: application/x-www-form-urlencoded"]), "INVALID_INPUT", /Content-Type/],
  ["no type", () => login("{}", []), "INVALID_INPUT", /Content-Type: application\/json/],
  ["a broken type", () => login("{}", ["Content-Type: ;;;"]), "INVALID_INPUT", /Content-Type: application\/json/],
  [
    "a packed body",
    () => login(gzipSync("{}"), [json, "Content-Encoding: gzip"]),
    "INVALID_INPUT",
    /without the header Content-Encoding/,
  ],
  [
    "a length over the limit",
    () => request("POST /loginV2", { headers: [json, `Content-Length: ${sizes.httpBody + 1}`] }),
    "BODY_TOO_LARGE",
    /8388608 bytes at most\. Send a smaller/,
  ],
  ["wrong credentials", () => login(fields({})), "AUTH_INVALID", /Send those that the server was started with/],
];

const templates: readonly Row[] = [
  ["a template that is a string", (from) => create(from, '{"template":"hush"}'), "INVALID_TEMPLATE", /object/],
  ["a template that is null", (from) => create(from, '{"template":null}'), "INVALID_TEMPLATE", /object/],
  ["a template without a page", (from) => create(from, '{"template":{}}'), "INVALID_TEMPLATE", /page/],
  ["rows that are no list", (from) => create(from, '{"template":{"page":{"rows":{}}}}'), "INVALID_TEMPLATE", /rows/],
  [
    "rows of numbers",
    (from) => create(from, '{"template":{"page":{"rows":[1]}}}'),
    "INVALID_TEMPLATE",
    /\/page\/rows\/0/,
  ],
  [
    "100,000 levels in a row",
    (from) => create(from, `{"template":{"page":{"rows":[{"columns":[],"deep":${deep(100_000)}}]}}}`),
    "INVALID_TEMPLATE",
    /deep/,
  ],
  ["a body that is a list", (from) => create(from, "[]"), "INVALID_INPUT", /object/],
  ["merge tags without end", (from) => create(from, `{"mergeTags":${deep(50)}}`), "INVALID_INPUT", /\/mergeTags/],
  ["a session without template", (from) => person(from, "{}"), "INVALID_INPUT", /\/template|template/],
  ["a session of a list", (from) => person(from, '{"template":[]}'), "INVALID_TEMPLATE", /object/],
  ["an id that was never given", (from) => read(from, "tpl_nothing"), "TEMPLATE_NOT_FOUND", /Create one, or check/],
  ["another client's id", (from) => read(from, from.foreignTemplateId), "TEMPLATE_NOT_FOUND", /Create one, or check/],
  ["an id whose time is over", (from) => read(from, from.expiredTemplateId), "TEMPLATE_NOT_FOUND", /Create one/],
  ["an id of a step up", (from) => read(from, "..%2f..%2fwaggle.db"), "TEMPLATE_NOT_FOUND", /Create one/],
  ["an id with a zero byte", (from) => read(from, "tpl_%00"), "TEMPLATE_NOT_FOUND", /Create one/],
  ["an id with a quote", (from) => read(from, "'%20OR%201=1--"), "TEMPLATE_NOT_FOUND", /Create one/],
  ["an id of 5,000 letters", (from) => read(from, "a".repeat(5000)), "NOT_FOUND", /openapi\.json/],
  ["no id", (from) => request(`GET ${template}`, { headers: [key(from)] }), "NOT_FOUND", /GET .*<templateId>/],
  ["an empty id", (from) => read(from, ""), "NOT_FOUND", /<templateId>|openapi/],
];

const credentials: readonly Row[] = [
  ["no key", () => request(`POST ${template}`), "AUTH_MISSING", /Authorization: Bearer/],
  [
    "a key in another header",
    () => request(`POST ${template}`, { headers: ["X-Api-Key: wgl_x"] }),
    "AUTH_MISSING",
    /Authorization: Bearer/,
  ],
  [
    "an empty header",
    () => request(`POST ${template}`, { headers: ["Authorization:"] }),
    "AUTH_MISSING",
    /Authorization/,
  ],
  [
    "another scheme",
    () => request(`POST ${template}`, { headers: ["Authorization: Basic abc"] }),
    "AUTH_INVALID",
    /Bearer/,
  ],
  [
    "a bare key",
    (from) => request(`POST ${template}`, { headers: [`Authorization: ${from.apiKey}`] }),
    "AUTH_INVALID",
    /has to read: Bearer/,
  ],
  ["two words", () => request(`POST ${template}`, { headers: [bearer("a b")] }), "AUTH_INVALID", /has to read/],
  [
    "an unknown key",
    () => request(`POST ${template}`, { headers: [bearer("wgl_hush")] }),
    "AUTH_INVALID",
    /not known here\. Send/,
  ],
  [
    "a token for a key",
    (from) => request(`POST ${template}`, { headers: [bearer(from.token)] }),
    "AUTH_INVALID",
    /send an API key/,
  ],
  ["a key for a token", (from) => person(from, "{}", from.apiKey), "AUTH_INVALID", /access_token of POST \/loginV2/],
  ["no token", () => request(`POST ${session}`), "AUTH_MISSING", /Authorization: Bearer/],
  ["a token that is none", (from) => person(from, "{}", "hush"), "AUTH_INVALID", /POST \/loginV2/],
  [
    "a token signed by another",
    async (from) => person(from, "{}", await forge({ secret: new Uint8Array(32) })),
    "AUTH_INVALID",
    /POST \/loginV2/,
  ],
  [
    "an unsigned token",
    async (from) => person(from, "{}", unsigned(await forge(from))),
    "AUTH_INVALID",
    /POST \/loginV2/,
  ],
  [
    "a token for something else",
    async (from) => person(from, "{}", await forge(from, { aud: "other" })),
    "AUTH_INVALID",
    /POST \/loginV2/,
  ],
  [
    "a token over since a second",
    async (from) => person(from, "{}", await forge(from, { expiresIn: -1 })),
    "AUTH_EXPIRED",
    /new one: POST \/loginV2/,
  ],
  ["renewing without a token", () => request("POST /v2/token"), "AUTH_MISSING", /Authorization: Bearer/],
  [
    "renewing an expired token",
    async (from) => request("POST /v2/token", { headers: [bearer(await forge(from, { expiresIn: -1 }))] }),
    "AUTH_EXPIRED",
    /POST \/loginV2/,
  ],
  [
    "a broken body from nobody",
    () => request(`POST ${template}`, { headers: [json], body: "{" }),
    "AUTH_MISSING",
    /Authorization/,
  ],
  [
    "a large body from nobody",
    () => request(`POST ${session}`, { headers: [json, "Content-Length: 99999999"] }),
    "AUTH_MISSING",
    /Authorization/,
  ],
];

const addresses: readonly Row[] = [
  [
    "an unknown path",
    () => request("GET /v9/none?token=hush"),
    "NOT_FOUND",
    /^Nothing answers GET \/v9\/none\. .*openapi/,
  ],
  ["capitals", () => request("GET /HEALTH"), "NOT_FOUND", / \/health is there/],
  ["doubled slashes", () => request("POST //loginV2", { body: "{}" }), "NOT_FOUND", / \/loginV2 is there/],
  ["a slash at the end", () => request("GET /health/"), "NOT_FOUND", / \/health is there/],
  ["a zero byte", () => request("GET /%00"), "NOT_FOUND", /openapi/],
  ["half an escape", () => request("GET /%"), "NOT_FOUND", /openapi/],
  ["broken UTF-8", () => request("GET /%ff%fe"), "NOT_FOUND", /openapi/],
  ["a step up", () => request("GET /plugin/v2/../../../etc/passwd"), "NOT_FOUND", /openapi|file/],
  ["a long path", () => request(`GET /${"a".repeat(9000)}`), "NOT_FOUND", /^.{0,300}$/],
  ["a path longer than 16 KB", () => request(`GET /${"a".repeat(20_000)}`), "INVALID_FRAME", /16 KB.*less/],
  ["reading the log-in", () => request("GET /loginV2"), "METHOD_NOT_ALLOWED", /Use POST/],
  [
    "putting a template",
    (from) => request(`PUT ${template}/${from.templateId}`),
    "METHOD_NOT_ALLOWED",
    /Use GET or HEAD/,
  ],
  ["deleting a template", (from) => request(`DELETE ${template}/${from.templateId}`), "METHOD_NOT_ALLOWED", /Use GET/],
  [
    "posting to health with a broken body",
    () => request("POST /health", { headers: [json], body: "{" }),
    "METHOD_NOT_ALLOWED",
    /Use GET/,
  ],
  ["asking for options", () => request("OPTIONS /loginV2"), "METHOD_NOT_ALLOWED", /Use POST/],
  ["the first version", () => request("POST /v1/sdk/mcp"), "VERSION_GONE", /Use \/v2\/sdk\/mcp/],
];

const wires: readonly Row[] = [
  [
    "another host",
    () => "GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "HOST_REFUSED",
    /WAGGLE_PUBLIC_URL/,
  ],
  ["no host", () => "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", "HOST_REFUSED", /WAGGLE_PUBLIC_URL/],
  ["no host, HTTP/1.0", () => "GET /health HTTP/1.0\r\n\r\n", "HOST_REFUSED", /WAGGLE_PUBLIC_URL/],
  ["two hosts", () => request("GET /health", { headers: ["Host: evil.example"] }), "INVALID_FRAME", /Send it once/],
  [
    "another page",
    () => request("GET /health", { headers: ["Origin: https://evil.example"] }),
    "HOST_REFUSED",
    /WAGGLE_ORIGINS/,
  ],
  ["no HTTP", () => "hush\r\n\r\n", "INVALID_FRAME", /HTTP/],
  ["TLS", () => Uint8Array.of(22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3, 13, 10, 13, 10), "INVALID_FRAME", /HTTP/],
  ["a header across lines", () => request("GET /health", { headers: ["X-A: a\r\n b"] }), "INVALID_FRAME", /HTTP/],
  ["a zero byte in a header", () => request("GET /health", { headers: ["X-A: a\0b"] }), "INVALID_FRAME", /HTTP/],
  [
    "a header of 40 KB",
    () => request("GET /health", { headers: [`X-A: ${"a".repeat(40_000)}`] }),
    "INVALID_FRAME",
    /16 KB/,
  ],
  [
    "10,000 headers",
    () => request("GET /health", { headers: Array.from({ length: 10_000 }, (_none, i) => `X-${i}: a`) }),
    "INVALID_FRAME",
    /16 KB/,
  ],
  [
    "two lengths",
    () => request("POST /loginV2", { headers: ["Content-Length: 5", "Content-Length: 6"] }),
    "INVALID_FRAME",
    /HTTP/,
  ],
  [
    "length and chunks",
    () => request("POST /loginV2", { headers: ["Content-Length: 5", "Transfer-Encoding: chunked"] }),
    "INVALID_FRAME",
    /HTTP/,
  ],
  [
    "a broken chunk",
    () =>
      Buffer.concat([
        request("POST /loginV2", { headers: [json, "Transfer-Encoding: chunked"] }),
        Buffer.from("zz\r\n"),
      ]),
    "INVALID_FRAME",
    /HTTP/,
  ],
  [
    "an expectation",
    () => request("POST /loginV2", { headers: ["Expect: bananas", "Content-Length: 0"] }),
    "INVALID_INPUT",
    /100-continue/,
  ],
];

describe.each([
  ["body", bodies],
  ["template", templates],
  ["credential", credentials],
  ["address", addresses],
  ["wire", wires],
])("a bad %s", (_what, rows) => {
  test.each(rows)("%s is told so, changes nothing and disturbs nobody", async (...[, bytes, code, says]) => {
    const answer = await sendRaw(house.port, await bytes(house));
    expect(requireRestError(answer, code)).toMatch(says);
    expect(answer.text).not.toContain("hush");
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    expect(await stateOf(house)).toStrictEqual(before);
  });
});

test("what is allowed is not refused for looking odd", async () => {
  const lower = request(`GET ${template}/${house.templateId}`, {
    headers: [`authorization: bearer   ${house.apiKey}`],
  });
  const mark = create(house, `\uFEFF${JSON.stringify({ template: { page: { rows: [] } } })}`);
  const twice = create(house, '{"template":"first","template":{"page":{"rows":[]}}}');
  const old = `GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n`;
  const head = request("HEAD /health");
  const statuses: number[] = [];
  for (const bytes of [lower, mark, twice, old, head]) statuses.push((await sendRaw(house.port, bytes)).status);
  expect(statuses).toStrictEqual([200, 200, 200, 200, 200]);
});

test("the tokens of this test are good where nothing is wrong with them", async () => {
  const answer = await sendRaw(house.port, request("POST /v2/token", { headers: [bearer(await forge(house))] }));
  expect(answer.status).toBe(200);
});

test("a refusal says which methods and scheme there are", async () => {
  const put = await sendRaw(house.port, request("PUT /loginV2"));
  expect(put.headers.allow).toBe("POST");
  const nobody = await sendRaw(house.port, request(`POST ${template}`));
  expect(nobody.headers["www-authenticate"]).toBe("Bearer");
});

test("HEAD is refused without a body", async () => {
  const answer = await sendRaw(house.port, request(`HEAD ${template}/${house.templateId}`));
  expect([answer.status, answer.text]).toStrictEqual([401, ""]);
});

test("of requests sent in a row on one connection each is answered, in order, up to one that is no HTTP", async () => {
  const head = "Host: localhost\r\n";
  const requests = [
    `GET /none HTTP/1.1\r\n${head}\r\n`,
    `GET /health HTTP/1.1\r\n${head}\r\n`,
    `PUT /loginV2 HTTP/1.1\r\n${head}\r\n`,
    `GET /health HTTP/1.1\r\n${head}\r\n`,
    "no http\r\n\r\n",
  ];
  const answers = (await exchange(house.port, requests.join(""))).match(/HTTP\/1\.1 \d+/g);
  expect(answers).toStrictEqual([404, 200, 405, 200, 400].map((status) => `HTTP/1.1 ${status}`));
});

test("a body that only turns out too large is refused while it comes", async () => {
  const chunk = `100000\r\n${"x".repeat(0x10_00_00)}\r\n`;
  const head = request(`POST ${template}`, { headers: [json, key(house), "Transfer-Encoding: chunked"] });
  const answer = await sendRaw(house.port, Buffer.concat([head, Buffer.from(`${chunk.repeat(9)}0\r\n\r\n`)]));
  expect(requireRestError(answer, "BODY_TOO_LARGE")).toMatch(/smaller/);
});

test("scripts and orders inside a template are data, word for word", async () => {
  const [text] = JSON.stringify(await exportOf(house, house.templateId)).match(/<p><script>.*?<\/p>/) ?? [];
  expect(JSON.parse(`"${text}"`)).toBe(`<p>${hostileText}</p>`);
});

test("whoever has another uid gets a token of that uid, not of the one it names", async () => {
  const token = await logIn(house.server, "mallory");
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  expect(claims.sub).toBe("mallory");
});

function fields(changes: object): string {
  return JSON.stringify({ client_id: "waggle", client_secret: "hush", uid: "ann", ...changes });
}

function person(from: House, body: string, credential = from.token): Uint8Array {
  return request(`POST ${session}`, { headers: [json, bearer(credential)], body });
}

function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none"}').toString("base64url");
  return `${header}.${token.split(".")[1]}.`;
}
