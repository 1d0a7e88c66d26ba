import { connect } from "node:net";
import { expect, test } from "vitest";
import { raw, withServer } from "./http-server.test.support.ts";

test("MCP requests reach their endpoints unparsed, and version 1 says what to do", () =>
  withServer(async (setting) => {
    const broken = { method: "POST", headers: { "content-type": "application/json" }, body: "{not json" };
    expect((await raw(setting, "/v2/sdk/mcp", broken)).text).toBe("mcp POST");
    expect((await raw(setting, "/v2/sdk/mcp/?x=1")).text).toBe("mcp GET");
    expect((await raw(setting, "/v2/sdk/mcp/codemode", broken)).text).toBe("code mode POST");
    const gone = await raw(setting, "/v1/sdk/mcp", broken);
    expect([gone.status, JSON.parse(gone.text).code]).toStrictEqual([410, 4101]);
  }));

const doorsToGuard = ["/health", "/v2/sdk/mcp", "/v2/sdk/mcp/template", "/plugin/v2/editor.js", "/nowhere"];

test.each(doorsToGuard)("%s is shut to foreign host names and foreign pages", (path) =>
  withServer(async (setting) => {
    const foreign: Record<string, string>[] = [
      { host: "evil.example" },
      { host: "localhost.evil.example" },
      { host: "evil.example@localhost" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "https://localhost.evil.example" },
    ];
    for (const headers of foreign) {
      const { status, text, headers: answered } = await raw(setting, path, { headers });
      expect([headers, status, JSON.parse(text).code]).toStrictEqual([headers, 403, 4031]);
      expect(answered["access-control-allow-origin"]).toBeUndefined();
    }
  }),
);

test("the server's own names pass: this machine, its public address, and the one it listens on", () =>
  withServer(
    async (setting) => {
      for (const host of ["localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:8787", "waggle.example.com", "127.0.0.2"]) {
        expect([host, (await raw(setting, "/health", { headers: { host } })).status]).toStrictEqual([host, 200]);
      }
    },
    { host: "127.0.0.2", publicUrl: new URL("https://waggle.example.com") },
  ));

test("pages of this machine, the public address and the configured origins pass", () =>
  withServer(
    async (setting) => {
      const allowed = ["http://localhost:3000", "https://waggle.example.com", "https://app.example.com"];
      for (const origin of allowed) {
        const { status, headers } = await raw(setting, "/health", { headers: { origin } });
        expect([status, headers["access-control-allow-origin"]]).toStrictEqual([200, origin]);
        expect(headers["access-control-expose-headers"]).toContain("Mcp-Session-Id");
      }
      const { status } = await raw(setting, "/health", { headers: { origin: "http://app.example.com" } });
      expect(status).toBe(403);
    },
    { publicUrl: new URL("https://waggle.example.com"), origins: ["https://app.example.com"] },
  ));

test("with any origin allowed, foreign pages pass and foreign host names still don't", () =>
  withServer(
    async (setting) => {
      expect((await raw(setting, "/health", { headers: { origin: "null" } })).status).toBe(200);
      expect((await raw(setting, "/health", { headers: { host: "evil.example" } })).status).toBe(403);
    },
    { origins: "any" },
  ));

test.each(["/v2/sdk/mcp", "/v2/sdk/mcp/session"])("a preflight to %s names the headers that may be sent", (path) =>
  withServer(async (setting) => {
    const asked = "authorization, content-type, mcp-protocol-version, Mcp-Param-City, x-bee-template-id, x-evil";
    const { status, headers } = await raw(setting, path, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:3000",
        "access-control-request-method": "POST",
        "access-control-request-headers": asked,
      },
    });
    expect(status).toBe(204);
    expect(headers["access-control-allow-headers"]).toBe(
      "authorization, content-type, mcp-protocol-version, mcp-param-city, x-bee-template-id",
    );
    expect(headers["access-control-allow-methods"]).toContain("DELETE");
    expect(headers.vary).toBe("Origin");
  }),
);

test("every answer carries the security headers", () =>
  withServer(async (setting) => {
    for (const path of ["/health", "/v2/sdk/mcp", "/nowhere"]) {
      expect((await raw(setting, path)).headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
      });
    }
  }));

const upgrade = { connection: "Upgrade", upgrade: "websocket" };

test("a socket for a template reaches the rooms; any other, and any foreign one, does not", () =>
  withServer(async (setting) => {
    const taken = await raw(setting, "/v2/sdk/sync/tpl_a?waggle=1", { headers: upgrade });
    expect([taken.status, taken.headers["x-reached"]]).toStrictEqual([101, "/v2/sdk/sync/tpl_a?waggle=1"]);
    const elsewhere = await raw(setting, "/elsewhere", { headers: upgrade });
    expect([elsewhere.status, JSON.parse(elsewhere.text).code]).toStrictEqual([404, 4042]);
    const headers = { ...upgrade, origin: "https://evil.example" };
    expect((await raw(setting, "/v2/sdk/sync/tpl_a", { headers })).status).toBe(403);
  }));

test("while the server closes, requests and sockets are told to come back", () =>
  withServer(async (setting) => {
    setting.front.startClosing();
    const { status, headers, text } = await raw(setting, "/health");
    expect([status, JSON.parse(text).code, headers["retry-after"], headers.connection]).toStrictEqual([
      503,
      5032,
      "1",
      "close",
    ]);
    expect((await raw(setting, "/v2/sdk/sync/tpl_a", { headers: upgrade })).status).toBe(503);
  }));

test("what Node or the framework would refuse by itself is refused in the shape of every error", () =>
  withServer(async ({ port }) => {
    const host = "host: localhost";
    const cases = [
      [["GET /% HTTP/1.1", host], 404],
      [[`GET /v2/sdk/mcp/template/${"a".repeat(5000)} HTTP/1.1`, host], 404],
      [["GET /health HTTP/1.1"], 403],
      [["GET /health HTTP/1.1", host, `x-long: ${"a".repeat(40_000)}`], 400],
      [["POST /loginV2 HTTP/1.1", host, "expect: bananas", "content-length: 0"], 400],
      [["no http at all"], 400],
      [["POST /loginV2 HTTP/1.1", host, "content-type: text/plain", "content-length: 2"], 400],
    ] as const;
    for (const [head, status] of cases) {
      const answer = await exchange(port, `${head.join("\r\n")}\r\nconnection: close\r\n\r\n{}`);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer).toMatch(/\{"code":\d{4},"message":"[^"]+","details":\{"code":"[A-Z_]+"/);
    }
  }));

test("whoever sends a body that is too large hears of it", () =>
  withServer(async ({ origin, apiKey }) => {
    for (const path of ["/loginV2", "/v2/sdk/mcp/template"]) {
      const body = JSON.stringify({ x: "a".repeat(10_000_000) });
      const response = await fetch(origin + path, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
        body,
      });
      expect([response.status, await response.json()]).toMatchObject([413, { code: 4130 }]);
    }
  }));

test("a request that comes in drops is refused after a while, and others are served meanwhile", () =>
  withServer(
    async (setting) => {
      const head = "POST /loginV2 HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
      const started = performance.now();
      const late = [
        exchange(setting.port, "GET /health HTTP/1.1\r\nhost: loc"),
        exchange(setting.port, `${head}content-length: 100\r\n\r\n{`),
        exchange(setting.port, `${head}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`),
      ];
      expect((await raw(setting, "/health")).status).toBe(200);
      for (const answer of await Promise.all(late)) {
        expect(answer).toMatch(/^HTTP\/1\.1 400 /);
        expect(answer).toMatch(/\{"code":2203,"message":"The request took too long to arrive\. Send it again\."/);
      }
      expect(performance.now() - started).toBeLessThan(5_000);
    },
    { patience: { headersMs: 200, requestMs: 400, lookMs: 50 } },
  ));

function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
    socket.write(text);
  });
}
