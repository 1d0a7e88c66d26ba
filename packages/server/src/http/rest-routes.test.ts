import { sizes } from "@waggle/contract";
import { expect, test } from "vitest";
import { browserToken, postJson, raw, withServer } from "./http-server.test.support.ts";

test("health tells status, version, uptime and whether the store answers", () =>
  withServer(async (setting) => {
    setting.clock.time += 61_500;
    const well = await (await fetch(`${setting.origin}/health`)).json();
    expect(well).toStrictEqual({ status: "ok", version: "1.2.3", uptimeSeconds: 61, storage: "ok" });
    await setting.closeStorage();
    const failing = await fetch(`${setting.origin}/health`);
    expect(failing.status).toBe(503);
    expect(await failing.json()).toMatchObject({ status: "failing", storage: "failing" });
  }));

test("describes itself as OpenAPI 3.1", () =>
  withServer(async ({ origin }) => {
    const api = await (await fetch(`${origin}/openapi.json`)).json();
    expect(api.openapi).toBe("3.1.1");
    expect(Object.keys(api.paths).sort()).toStrictEqual([
      "/health",
      "/loginV2",
      "/v2/sdk/mcp/session",
      "/v2/sdk/mcp/template",
      "/v2/sdk/mcp/template/{templateId}",
      "/v2/token",
    ]);
    const login = api.paths["/loginV2"].post.requestBody.content["application/json"].schema;
    expect(login.required).toStrictEqual(["client_id", "client_secret", "uid"]);
  }));

test("a host's backend gets a token, and its holder a fresh one", () =>
  withServer(async (setting) => {
    const body = { client_id: "waggle", client_secret: setting.clientSecret, uid: "ann" };
    const { status, headers, json } = await postJson(setting, "/loginV2", { body });
    expect([status, headers.get("cache-control")]).toStrictEqual([200, "no-store"]);
    expect(json).toStrictEqual({ access_token: expect.any(String), v2: true, expires_in: 3600 });
    setting.clock.time += 1000;
    const renewed = await postJson(setting, "/v2/token", { credential: json.access_token });
    expect(renewed.json).toStrictEqual({ access_token: expect.any(String), v2: true, expires_in: 3600 });
    expect(renewed.json.access_token).not.toBe(json.access_token);
  }));

test("missing, wrong and expired credentials are 401 with the contract's numbers", () =>
  withServer(async (setting) => {
    const token = await browserToken(setting);
    const bad = { client_id: "waggle", client_secret: "wrong", uid: "ann" };
    const refusals = [
      await postJson(setting, "/v2/token", {}),
      await postJson(setting, "/v2/token", { credential: setting.apiKey }),
      await postJson(setting, "/v2/sdk/mcp/template", { body: {} }),
      await postJson(setting, "/v2/sdk/mcp/template", { body: {}, credential: token }),
      await postJson(setting, "/loginV2", { body: bad }),
    ];
    setting.clock.time += 3_600_000;
    refusals.push(await postJson(setting, "/v2/token", { credential: token }));
    expect(refusals.map(({ status, json }) => [status, json.code])).toStrictEqual([
      [401, 4001],
      [401, 4005],
      [401, 4001],
      [401, 4005],
      [401, 4005],
      [401, 4010],
    ]);
    expect(refusals[0]?.headers.get("www-authenticate")).toBe("Bearer");
  }));

test("an editor starts a session with its token and learns where to connect", () =>
  withServer(async (setting) => {
    const credential = await browserToken(setting);
    const { status, json } = await postJson(setting, "/v2/sdk/mcp/session", { body: { template: {} }, credential });
    const syncUrl = `ws://127.0.0.1:${setting.port}/v2/sdk/sync`;
    expect([status, json]).toStrictEqual([200, { templateId: "tpl_0", syncUrl, expiresAt: 5_000, generation: 1 }]);
  }));

test("the public address decides where browsers connect", () =>
  withServer(
    async (setting) => {
      const credential = await browserToken(setting);
      const { json } = await postJson(setting, "/v2/sdk/mcp/session", { body: { template: {} }, credential });
      expect(json.syncUrl).toBe("wss://waggle.example.com/v2/sdk/sync");
    },
    { publicUrl: new URL("https://waggle.example.com") },
  ));

test("a backend creates a template and reads it back, with or without a body", () =>
  withServer(async (setting) => {
    const credential = setting.apiKey;
    const template = { page: { title: "Spring", "{{tag}}": [1, null, "ü"] } };
    const made = await postJson(setting, "/v2/sdk/mcp/template", { body: { template, mergeTags: [] }, credential });
    expect([made.status, made.json]).toStrictEqual([200, { templateId: "tpl_0" }]);
    const headers = { authorization: `Bearer ${credential}` };
    const read = await fetch(`${setting.origin}/v2/sdk/mcp/template/tpl_0`, { headers });
    expect(await read.json()).toStrictEqual(template);
    expect((await postJson(setting, "/v2/sdk/mcp/template", { credential })).json).toStrictEqual({
      templateId: "tpl_1",
    });
    const none = await fetch(`${setting.origin}/v2/sdk/mcp/template/tpl_9`, { headers });
    expect([none.status, (await none.json()).code]).toStrictEqual([404, 4040]);
  }));

test("what is wrong with a request is said in the one shape of errors", () =>
  withServer(async (setting) => {
    const json = { "content-type": "application/json" };
    const login = (body: string, headers: Record<string, string> = json) =>
      raw(setting, "/loginV2", { method: "POST", headers, body });
    const answers = {
      fields: await login('{"client_id":"waggle"}'),
      syntax: await login('{"client_secret":"hush'),
      prototype: await login('{"__proto__":{"x":1}}'),
      media: await login("<xml/>", { "content-type": "text/xml" }),
      nowhere: await raw(setting, "/v9/none?token=hush"),
      unnamed: await raw(setting, "/v2/sdk/mcp/template", { headers: { authorization: `Bearer ${setting.apiKey}` } }),
      inside: await raw(setting, "/breaks"),
    };
    const told = Object.entries(answers).map(([name, { status, text }]) => [name, status, JSON.parse(text).code]);
    expect(told).toStrictEqual([
      ["fields", 400, 2200],
      ["syntax", 400, 2200],
      ["prototype", 400, 2200],
      ["media", 400, 2200],
      ["nowhere", 404, 4042],
      ["unnamed", 404, 4042],
      ["inside", 500, 5001],
    ]);
    expect(JSON.parse(answers.fields.text)).toStrictEqual({
      code: 2200,
      message: expect.stringContaining("/client_secret"),
      details: {
        code: "INVALID_INPUT",
        issues: expect.arrayContaining([{ path: "/uid", message: expect.any(String) }]),
      },
    });
    expect(JSON.stringify(answers)).not.toMatch(/hush|secret of the inside/);
  }));

test("a body over the limit is 413 and names the limit", () =>
  withServer(async (setting) => {
    const credential = await browserToken(setting);
    const body = { template: "x".repeat(sizes.httpBody) };
    const { status, json } = await postJson(setting, "/v2/sdk/mcp/session", { body, credential });
    expect([status, json.code, json.details]).toStrictEqual([
      413,
      4130,
      { code: "BODY_TOO_LARGE", limit: sizes.httpBody },
    ]);
  }));

test("merge tags nested without end are refused", () =>
  withServer(async (setting) => {
    const deep = `{"mergeTags":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
    const headers = { "content-type": "application/json", authorization: `Bearer ${setting.apiKey}` };
    const response = await fetch(`${setting.origin}/v2/sdk/mcp/template`, { method: "POST", headers, body: deep });
    expect([response.status, await response.json()]).toMatchObject([400, { code: 2200 }]);
    const template = { body: { template: { page: {} }, mergeTags: { name: ["Ann"] } }, credential: setting.apiKey };
    expect((await postJson(setting, "/v2/sdk/mcp/template", template)).status).toBe(200);
  }));
