import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type WaggleServer } from "@waggle/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostApp } from "./host-app.ts";

let folder: string;
let server: WaggleServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waggle-host-"));
  const options = { port: 0, dataFolder: folder, logLevel: "silent", origins: "any" } as const;
  server = await createServer({ ...options, extend: (app) => hostApp(app, () => server) });
  await server.listen();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const json = { "content-type": "application/json" };
const post = (body: string, headers: object = {}) => ({ method: "POST", headers: { ...json, ...headers }, body });
const foreign = { origin: "https://evil.example" };

test.each([
  ["a file that is not there", "/host/page/none.css", {}, 404, 4042, /Its page is \//],
  ["a folder that is not there", "/host/server/main.ts", {}, 404, 4042, /Its page is \//],
  ["a folder", "/host/page/", {}, 404, 4042, /Its page is \//],
  ["a step up", "/host/page/..%2fserver%2fmain.ts", {}, 404, 4042, /Its page is \//],
  ["a step up of a font", "/host/fonts/..%2f..%2fpackage.json", {}, 404, 4042, /Its page is \//],
  ["a folder called __proto__", "/host/__proto__/toString", {}, 404, 4042, /Its page is \//],
  ["a zero byte", "/host/page/page.css%00", {}, 404, 4042, /Its page is \//],
  ["an agent for nothing", "/host/agent", post("{}"), 400, 2200, /Send \{templateId\} of a running session/],
  ["an agent for null", "/host/agent", post("null"), 400, 2200, /Send \{templateId\}/],
  ["an agent for a number", "/host/agent", post('{"templateId":5}'), 400, 2200, /Send \{templateId\}/],
  ["an agent for an option", "/host/agent", post('{"templateId":"--url=http://evil.example"}'), 400, 2200, /Send/],
  [
    "an agent for what is not there",
    "/host/agent",
    post('{"templateId":"tpl_aaaaaaaaaaaaaaaa"}'),
    404,
    4040,
    /Create one, or check/,
  ],
  ["an agent for broken JSON", "/host/agent", post("{"), 400, 2200, /not JSON\. Send/],
  ["an agent by GET", "/host/agent", {}, 405, 4050, /Use POST/],
  ["an agent for another page", "/host/agent", post("{}", foreign), 403, 4031, /Open it as http:\/\/localhost/],
  ["a token for another page", "/host/token", post("{}", foreign), 403, 4031, /Open it as http:\/\/localhost/],
  ["a token by GET", "/host/token", {}, 405, 4050, /Use POST/],
  ["a template that is text", "/host/shared", post('{"template":"x"}'), 400, 2201, /object/],
] as const)("%s is refused with what to do", async (...[, path, call, status, code, says]) => {
  const response = await fetch(server.address + path, call);
  const told = await response.json();
  expect([response.status, Object.keys(told), told.code, told.message]).toStrictEqual([
    status,
    ["code", "message", "details"],
    code,
    expect.stringMatching(says),
  ]);
  expect((await fetch(server.address)).status).toBe(200);
});

test("its own page gets a token, a shared template and its files", async () => {
  const own = { origin: new URL(server.address).origin };
  const token = await fetch(`${server.address}/host/token`, { method: "POST", headers: own });
  expect(await token.json()).toMatchObject({ access_token: expect.any(String), v2: true });
  const shared = await fetch(`${server.address}/host/shared`, post("{}", own));
  expect([shared.status, await shared.json()]).toMatchObject([201, { templateId: expect.stringMatching(/^tpl_/) }]);
  expect((await fetch(`${server.address}/host/page/page.css`)).headers.get("content-type")).toContain("text/css");
});
