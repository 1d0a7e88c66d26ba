import { WaggleError } from "@waggle/contract";
import { expect, test } from "vitest";
import type { Reachability } from "../reachability/reachability.ts";
import { createApp } from "./app.ts";
import { addCheckRoutes } from "./check-routes.ts";
import { NameGuard } from "./door-guard.ts";
import { FrontDoor } from "./front-door.ts";

/** Knows one key. */
const authentication = {
  requireKey: async (authorization: string | undefined) => {
    if (authorization === "Bearer wgl_key") return { keyId: "key", clientId: "client" };
    throw new WaggleError("AUTH_INVALID", { message: "This is no key of ours." });
  },
};

async function post(path: string, body: unknown, options: { reachability?: Reachability; key?: string } = {}) {
  const front: FrontDoor = new FrontDoor({
    guard: new NameGuard({ host: "127.0.0.1", origins: [] }),
    log: () => app.log,
  });
  const app = await createApp({ front, logLevel: "silent", version: "1.2.3" });
  try {
    addCheckRoutes(app, { authentication, clock: { now: () => 0 }, reachability: options.reachability });
    const headers = { authorization: `Bearer ${options.key ?? "wgl_key"}`, "content-type": "application/json" };
    const response = await app.inject({ method: "POST", url: path, headers, payload: JSON.stringify(body) });
    return { status: response.statusCode, json: response.json() };
  } finally {
    await app.close();
  }
}

const image = {
  type: "mailup-bee-newsletter-modules-image",
  uuid: "picture",
  descriptor: {
    image: {
      src: "https://e.com/a.png",
      alt: "",
      href: "https://e.com/gone",
      translations: { de: { alt: "Ein Bild" } },
    },
  },
};
const row = { uuid: "row", locked: true, columns: [{ "grid-columns": 12, modules: [image] }] };
const template = { page: { rows: [row] } };

const aboutPicture = {
  uuid: "picture",
  widgetType: "image",
  widgetLabel: "a.png",
  locked: true,
  synced: false,
  moduleIndex: 0,
};

test("an e-mail is checked for what was asked, and the answer is the contract's", async () => {
  const checks = [
    { category: "missingAltText" },
    { category: "missingEmailDetail" },
    { category: "overageHtmlWeight", limit: 500, beautified: false },
  ];
  const { status, json } = await post("/v1/message/check", { checks, template });
  expect(status).toBe(200);
  expect(json).toEqual([
    {
      language: "default",
      status: "warning",
      checks: [
        {
          type: "missingAltText",
          targetsCount: 1,
          checkStatus: "warning",
          targets: [{ ...aboutPicture, message: expect.any(String), fix: expect.stringContaining("update_image") }],
        },
        {
          type: "missingDetailsEmail",
          targetsCount: 2,
          checkStatus: "suggestion",
          targets: ["subject", "preheader"].map((detailType) => ({
            detailType,
            message: expect.any(String),
            fix: expect.any(String),
          })),
        },
        {
          type: "overageHtmlWeight",
          targetsCount: 0,
          checkStatus: "passed",
          targets: [],
          limit: 500,
          maxWeight: expect.any(Number),
          displayConditions: false,
          processed: true,
        },
      ],
      checksFailedCount: 3,
      checksWarningCount: 1,
      checksSuggestionCount: 2,
      dateTime: "1970-01-01T00:00:00.000Z",
    },
  ]);
  expect(json[0].checks[2].maxWeight).toBeGreaterThan(1);
});

test("each language that is asked for has its answer", async () => {
  const body = { languages: ["default", "de"], checks: [{ category: "missingAltText" }], template };
  const { json } = await post("/v1/message/check", body);
  expect(json.map((each: { language: string; status: string }) => [each.language, each.status])).toEqual([
    ["default", "warning"],
    ["de", "passed"],
  ]);
});

test("without a list all checks of the medium are made", async () => {
  const typesOf = async (path: string, body: object) =>
    (await post(path, body)).json[0].checks.map(({ type }: { type: string }) => type);
  expect(await typesOf("/v1/page/check", { template })).toHaveLength(11);
  expect(await typesOf("/v1/row/check", { row })).toHaveLength(7);
  expect(await typesOf("/v1/message/check", { template })).toHaveLength(12);
});

test("a row is checked by itself", async () => {
  const { status, json } = await post("/v1/row/check", { checks: [{ category: "missingAltText" }], row });
  expect([status, json[0].checks[0].targets[0]]).toMatchObject([200, aboutPicture]);
});

test.each([
  [
    "an unknown check",
    "/v1/message/check",
    { checks: [{ category: "spelling" }], template },
    /^There is no check “spelling”. There are: missingAltText, missingCopyLink/,
  ],
  [
    "a check of another medium",
    "/v1/message/check",
    { checks: [{ category: "missingDetailsPage" }], template },
    /^missingDetailsPage is no check of a message, but of a page/,
  ],
  [
    "a limit below nothing",
    "/v1/message/check",
    { checks: [{ category: "overageImageWeight", limit: -1 }], template },
    /limit/,
  ],
  ["no template", "/v1/message/check", { checks: [] }, /\/page has to be an object/],
  ["no row", "/v1/row/check", { checks: [] }, /: \/row has to be an object/],
  [
    "a row that is none",
    "/v1/row/check",
    { row: { columns: [{ modules: 7 }] } },
    /\/row\/columns\/0\/modules has to be/,
  ],
])("%s is refused, with what would have worked", async (...[, path, body, says]) => {
  const { status, json } = await post(path, body);
  expect(status).toBe(400);
  expect(json.message).toMatch(says);
});

test("a caller without a key learns nothing else", async () => {
  const { status, json } = await post("/v1/message/check", { checks: "nonsense" }, { key: "wrong" });
  expect([status, json.code]).toEqual([401, 4005]);
});

/** Remembers what it was asked, and finds every link broken. */
function onlooker() {
  const asked = { links: [] as string[], pictures: [] as string[] };
  const reachability: Reachability = {
    links: async (addresses) => {
      asked.links.push(...addresses);
      return new Map(addresses.map((address) => [address, { state: "unreached", reason: "the server answers 404" }]));
    },
    pictures: async (addresses) => {
      asked.pictures.push(...addresses);
      return new Map(addresses.map((address) => [address, { bytes: 2_000_000 }]));
    },
    close: () => {},
  };
  return { asked, reachability };
}

test("the web is looked at only for the checks that want to know", async () => {
  const { asked, reachability } = onlooker();
  await post("/v1/message/check", { checks: [{ category: "missingAltText" }], template }, { reachability });
  await post(
    "/v1/message/check",
    { checks: [{ category: "missingDetailsPage" }, { category: "unreachableWebLink" }], template },
    { reachability },
  );
  expect(asked).toEqual({ links: [], pictures: [] });
  const { json } = await post(
    "/v1/row/check",
    { checks: [{ category: "unreachableWebLink" }, { category: "overageImageWeight" }], row },
    { reachability },
  );
  expect(asked).toEqual({ links: ["https://e.com/gone"], pictures: ["https://e.com/a.png"] });
  expect(
    json[0].checks.map(({ targetsCount, processed }: Record<string, unknown>) => [targetsCount, processed]),
  ).toEqual([
    [1, true],
    [1, true],
  ]);
});

test("a server that may not look says so", async () => {
  const { json } = await post("/v1/message/check", { checks: [{ category: "unreachableWebLink" }], template });
  expect(json[0].checks[0]).toMatchObject({
    checkStatus: "passed",
    processed: false,
    passed: [],
    ignored: [{ uuid: "picture", checkedElement: "https://e.com/gone", reasons: ["missingChecked"] }],
  });
});

/** The features of an answer that is as it should be. */
async function featuresOf(body: object) {
  const { status, json } = await post("/v1/message/client-support", body);
  expect({ status, json }).toMatchObject({
    status: 200,
    json: { lastUpdate: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) },
  });
  return json.features as { slug: string; places: number; support: Record<string, string> }[];
}

const html = (text: string, translation = text) => ({
  type: "mailup-bee-newsletter-modules-html",
  descriptor: { html: { html: text, translations: { de: { html: translation } } } },
});
const written = (module: object) => ({ page: { rows: [{ columns: [{ "grid-columns": 12, modules: [module] }] }] } });

test("what mail clients show is told of the rendered e-mail, worst first", async () => {
  const body = {
    clients: ["outlook.windows", "apple-mail"],
    template: written(html('<p style="box-shadow:0 0 1px #000">x</p>')),
  };
  const features = await featuresOf(body);
  expect(features.find(({ slug }) => slug === "css-box-shadow")).toEqual({
    slug: "css-box-shadow",
    title: "box-shadow",
    url: "https://www.caniemail.com/features/css-box-shadow/",
    support: { "apple-mail.ios": "yes", "apple-mail.macos": "yes", "outlook.windows": "no" },
    places: 1,
    notes: [],
  });
  expect(features[0]?.support["outlook.windows"]).toBe("no");
  // Of the document around it.
  expect(features.map(({ slug }) => slug)).toEqual(
    expect.arrayContaining(["html-doctype", "css-at-media", "html-table"]),
  );
});

test("mail clients are asked about the language that is asked for", async () => {
  const template = written(html("<p>x</p>", '<p style="box-shadow:0 0 1px #000">x</p>'));
  const hasShadow = async (asked: object) =>
    (await featuresOf({ template, ...asked })).some(({ slug }) => slug === "css-box-shadow");
  expect(await Promise.all([{}, { language: "default" }, { language: "de" }].map(hasShadow))).toEqual([
    false,
    false,
    true,
  ]);
});

test.each([
  [
    "a mail client that there is not",
    { clients: ["gmail", "lotus"], template },
    /^There is no mail client “lotus”. There are: aol.android, .*gmail.ios.*; or whole families: .*outlook/,
  ],
  ["clients that are no list", { clients: "gmail", template }, /clients/],
  ["no template", {}, /\/page has to be an object/],
  ["a template that is none", { template: { page: { rows: 7 } } }, /\/page\/rows has to be/],
])("of mail clients, %s is refused with what would have worked", async (...[, body, says]) => {
  const { status, json } = await post("/v1/message/client-support", body);
  expect([status, json.message]).toEqual([400, expect.stringMatching(says)]);
});

test("without a key nothing is said of mail clients", async () => {
  const { status, json } = await post("/v1/message/client-support", { clients: "nonsense" }, { key: "wrong" });
  expect([status, json.code]).toEqual([401, 4005]);
});
