import { WaggleError } from "@waggle/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp, type RestApp } from "./app.ts";
import { NameGuard } from "./door-guard.ts";
import { addExchangeRoutes } from "./exchange-routes.ts";
import { FrontDoor } from "./front-door.ts";

/** Knows one key. */
const authentication = {
  requireKey: async (authorization: string | undefined) => {
    if (authorization === "Bearer wgl_key") return { keyId: "key", clientId: "client" };
    throw new WaggleError("AUTH_INVALID", { message: "This is no key of ours." });
  },
};

let app: RestApp;

beforeAll(async () => {
  const front: FrontDoor = new FrontDoor({
    guard: new NameGuard({ host: "127.0.0.1", origins: [] }),
    log: () => app.log,
  });
  app = await createApp({ front, logLevel: "silent", version: "1.2.3" });
  addExchangeRoutes(app, { authentication });
});
afterAll(() => app.close());

async function post(url: string, body: unknown, key = "wgl_key") {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const response = await app.inject({ method: "POST", url, headers, payload: JSON.stringify(body) });
  const { statusCode: status, headers: answered, payload } = response;
  return { status, headers: answered, payload, json: () => JSON.parse(payload) };
}

const paragraph = (uuid: string, html: string, extra: object = {}) => ({
  uuid,
  type: "mailup-bee-newsletter-modules-paragraph",
  descriptor: { paragraph: { html, ...extra } },
});
const row = (uuid: string, module: object, extra: object = {}) => ({
  uuid,
  columns: [{ uuid: `${uuid}-column`, "grid-columns": 12, modules: [module] }],
  ...extra,
});
const german = { translations: { de: { html: "<p>Hallo {{name}}</p>" } } };
const page = {
  page: {
    rows: [
      row("one", paragraph("hello", "<p>Hello {{name}}</p>", german), { metadata: { uid: "u1", name: "Hello" } }),
      row("two", paragraph("footer", "<p>Old footer</p>"), { synced: true, metadata: { guid: "g7" } }),
    ],
  },
};

describe("rendering", () => {
  test.each(["message", "page", "popup"])("POST /v1/%s/html answers with the HTML", async (kind) => {
    const { status, headers, payload } = await post(`/v1/${kind}/html`, page);
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(payload).toContain("Hello {{name}}");
    expect(headers["content-security-policy"]).toContain("sandbox");
  });

  test("in a language, and with line breaks", async () => {
    const { payload } = await post("/v1/message/html", { ...page, language: "de" });
    expect(payload).toContain("Hallo {{name}}");
    const lines = async (body: object): Promise<number> =>
      (await post("/v1/message/html", body)).payload.split("\n").length;
    expect(await lines({ ...page, beautifyHtmlEnabled: true })).toBeGreaterThan((await lines(page)) + 20);
  });

  test("POST /v1/message/plain-text answers with the text", async () => {
    const { headers, payload } = await post("/v1/message/plain-text", page);
    expect([headers["content-type"], payload]).toEqual(["text/plain; charset=utf-8", "Hello {{name}}\n\nOld footer\n"]);
  });

  test("scripts in a template do not come out", async () => {
    const evil = { page: { rows: [row("one", paragraph("a", "<p onclick=steal()>Hi<script>steal()</script></p>"))] } };
    expect((await post("/v1/message/html", evil)).payload).not.toContain("steal");
  });
});

describe("conversion", () => {
  const simple = {
    type: "email",
    settings: { contentAreaBackgroundColor: "#ffffff" },
    rows: [{ name: "First", columns: [{ weight: 12, modules: [{ type: "title", title: "h1", text: "Welcome" }] }] }],
  };

  test("Simple Schema becomes page JSON and comes back", async () => {
    const full = await post("/v1/conversion/simple-to-full-json", { template: simple });
    expect(full.status).toBe(200);
    const { page: converted } = full.json();
    expect(converted.rows).toHaveLength(1);
    const back = await post("/v1/conversion/full-to-simple-json?losses=true", { page: converted });
    expect(back.json().lost).toEqual([]);
    expect(JSON.stringify(back.json().template)).toContain("Welcome");
    expect(await post("/v1/conversion/full-to-simple-json", { page: converted }).then(({ json }) => json())).toEqual({
      template: back.json().template,
    });
  });

  test("what is no Simple Schema is refused with the place and what is allowed", async () => {
    const refused = await post("/v1/conversion/simple-to-full-json", {
      template: { type: "email", rows: [{ columns: [] }] },
    });
    expect(refused.status).toBe(400);
    expect(refused.json()).toMatchObject({ message: expect.stringMatching(/\/template\/rows\/0/) });
  });

  test("a page becomes an e-mail without its forms", async () => {
    const form = { uuid: "form", type: "mailup-bee-newsletter-modules-form", descriptor: { form: {} } };
    const landing = { page: { title: "News", rows: [row("one", form), row("two", paragraph("text", "<p>Hi</p>"))] } };
    const { status, payload } = await post("/v1/conversion/page-to-email", { template: landing });
    expect([status, payload.includes("modules-form")]).toEqual([200, false]);
    expect((await post("/v1/conversion/email-to-page", { template: page })).status).toBe(200);
  });
});

describe("merging", () => {
  test("a row found by its metadata is replaced, and the HTML shows it", async () => {
    const value = row("new", paragraph("bye", "<p>Good evening</p>"));
    const replace = [
      { path: "$..rows[?(@.metadata.uid=='u1')]", value },
      { path: "$.page.title", value: "Evening" },
    ];
    const { json } = await post("/v1/message/merge", { source: page, replace });
    expect(json().json.page.rows[0]).toEqual(value);
    expect(json().html).toContain("Good evening");
    expect(json().unmatched).toEqual(["$.page.title"]);
  });

  test.each([
    ["no path", "rows[", /is no JSONPath/],
    ["too many descents", "$..*..*..*", /more than 2 times/],
    ["a regular expression", "$..rows[?match(@.name, '(a+)+$')]", /is no JSONPath/],
  ])("%s is refused by the argument that holds it", async (_title, path, message) => {
    const { status, json } = await post("/v1/page/merge", { source: page, replace: [{ path, value: 1 }] });
    expect([status, json().message]).toEqual([400, expect.stringMatching(message)]);
    expect(json().message).toMatch(/^replace\/0\/path/);
  });

  test("a place named __proto__ changes no prototype", async () => {
    const source = JSON.parse('{"page":{"rows":[],"__proto__":{"polluted":"no"}}}');
    const replace = [{ path: "$.page['__proto__'].polluted", value: "yes" }];
    await post("/v1/message/merge", { source, replace });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("saved rows are brought up to date, found and listed", async () => {
    const footer = row("fresh", paragraph("new", "<p>New footer</p>"), { synced: true, metadata: { guid: "g7" } });
    const body = { template: page, rows: [footer], rowIdentifierLabel: "guid" };
    const { json } = await post("/v1/message/merge-rows", body);
    expect(JSON.stringify(json().template)).toContain("New footer");
    expect((await post("/v1/message/synced-rows", { template: page, rowIdentifierLabel: "guid" })).json()).toEqual({
      syncedRows: [{ rowIdentifier: "g7", rowIndex: 1 }],
    });
    expect((await post("/v1/page/merge/index", { source: page })).json()).toEqual([
      { uid: "u1", name: "Hello" },
      { guid: "g7" },
    ]);
  });
});

const paths = [
  "/v1/message/html",
  "/v1/message/plain-text",
  "/v1/conversion/simple-to-full-json",
  "/v1/conversion/full-to-simple-json",
  "/v1/conversion/page-to-email",
  "/v1/conversion/email-to-page",
  "/v1/message/merge",
  "/v1/message/merge-rows",
  "/v1/message/synced-rows",
  "/v1/message/merge/index",
];

test.each(paths)("%s wants a key first, and a body that it can read", async (path) => {
  expect((await post(path, "nonsense", "wrong")).status).toBe(401);
  for (const body of [
    {},
    [],
    null,
    { template: 1, page: 1, source: 1, replace: [], rows: [], rowIdentifierLabel: "id" },
  ]) {
    const { status, json } = await post(path, body);
    expect([status, json()]).toEqual([400, { code: expect.any(Number), message: says, details: expect.anything() }]);
    expect([2200, 2201]).toContain(json().code);
  }
});

const says = expect.stringMatching(/has to be|required|expected|at most/i);
