import type { IncomingMessage, ServerResponse } from "node:http";
import type { LinkState } from "@waggle/checks";
import { expect, test } from "vitest";
import { WebReachability } from "./reachability.ts";
import { redirect, status, type TestSite, testGuard, withSite } from "./web-server.test.support.ts";

const quick = { requestMs: 300, totalMs: 3000 };

async function stateOf(address: string, guard = testGuard()): Promise<LinkState | undefined> {
  const web = new WebReachability({ ...quick, guard });
  return (await web.links([address])).get(address);
}

const noHost = { state: "unreached", reason: "its host has no public address" };

test("a link that answers is reached, with one question and one look at the name", () =>
  withSite({ "/": status(200) }, async (site) => {
    const guard = testGuard();
    expect(await stateOf(site.url("/"), guard)).toEqual({ state: "reached" });
    expect([site.asked, guard.looked]).toEqual([["HEAD /"], ["site.test"]]);
  }));

test("a server that answers HEAD wrongly is asked with GET", () =>
  withSite(
    {
      "/": (request, response) => {
        if (request.method === "HEAD") response.socket?.destroy();
        else response.writeHead(200).end("x");
      },
      "/405": (request, response) => void response.writeHead(request.method === "HEAD" ? 405 : 206).end(),
    },
    async (site) => {
      expect([await stateOf(site.url("/")), await stateOf(site.url("/405"))]).toEqual([
        { state: "reached" },
        { state: "reached" },
      ]);
      expect(site.asked).toEqual(["HEAD /", "GET /", "HEAD /405", "GET /405"]);
    },
  ));

test.each([
  [404, { state: "unreached", reason: "the server answers 404" }],
  [500, { state: "unreached", reason: "the server answers 500" }],
  [403, { state: "unknown", reason: "the site does not answer programs (403)" }],
  [429, { state: "unknown", reason: "the site does not answer programs (429)" }],
])("an answer of %d says what it says", (code, expected) =>
  withSite({ "/": status(code) }, async (site) => {
    expect(await stateOf(site.url("/"))).toEqual(expected);
  }),
);

/** To the same port under another name, without a scheme. */
const redirectAside = (request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(307, { location: `//other.test:${request.socket.localPort}/c` }).end();
};

test("redirects are followed, relative ones too, and told of", () =>
  withSite({ "/a": redirect("/b?x=1"), "/b?x=1": redirectAside, "/c": status(200) }, async (site) => {
    expect(await stateOf(site.url("/a"))).toEqual({ state: "reached", redirectedTo: site.url("/c", "other.test") });
    expect(site.asked).toEqual(["HEAD /a", "HEAD /b?x=1", "HEAD /c"]);
  }));

test("five redirects are followed and six are not", () => {
  const chain = (length: number) =>
    Object.fromEntries(Array.from({ length }, (_, at) => [`/${at}`, redirect(`/${at + 1}`)]));
  return withSite({ ...chain(6), "/6": status(200) }, async (site) => {
    expect(await stateOf(site.url("/1"))).toEqual({ state: "reached", redirectedTo: site.url("/6") });
    expect(await stateOf(site.url("/0"))).toEqual({ state: "unreached", reason: "it redirects more than 5 times" });
  });
});

test.each([
  "http://127.0.0.1:PORT/inside",
  "http://localhost:PORT/inside",
  "http://[::1]:PORT/inside",
  "http://[::ffff:127.0.0.1]:PORT/inside",
  "http://2130706433:PORT/inside",
  "http://0x7f000001:PORT/inside",
  "http://127.1:PORT/inside",
  "http://0:PORT/inside",
  "http://169.254.169.254/latest/meta-data/",
  "http://user:secret@127.0.0.1:PORT/inside",
])("neither %s nor a redirect to it is gone to", (address) =>
  withSite({ "/inside": status(200) }, async (site) => {
    const inside = address.replace("PORT", String(site.port));
    expect(await stateOf(inside)).toEqual(noHost);
    await withSite({ "/": redirect(inside) }, async (front) => {
      expect(await stateOf(front.url("/"))).toEqual(noHost);
      expect(front.asked).toEqual(["HEAD /"]);
    });
    expect(site.asked).toEqual([]);
  }),
);

test("a name that leads inside is not gone to, nor one that leads both inside and outside", () =>
  withSite({ "/": status(200) }, async (site) => {
    const names = {
      "intranet.example": ["127.0.0.1"],
      "both.example": ["93.184.216.34", "127.0.0.1"],
      "nat64.example": ["64:ff9b::7f00:1"],
    };
    for (const host of Object.keys(names))
      expect([host, await stateOf(site.url("/", host), testGuard(names))]).toEqual([host, noHost]);
    expect(site.asked).toEqual([]);
  }));

test("a name that leads elsewhere the second time gains nothing: each connection goes where its own look-up was checked", () =>
  withSite({ "/": redirect("/again"), "/again": status(200) }, async (site) => {
    const guard = testGuard();
    const answers = [["127.0.0.1"], ["10.0.0.1"], ["127.0.0.1"]];
    const rebinding = { ...guard, resolve: async () => answers.shift() ?? [] };
    expect(await stateOf(site.url("/"), rebinding)).toEqual(noHost);
    expect([site.asked, answers.length]).toEqual([["HEAD /"], 1]);
  }));

test.each([
  "ftp://site.test/x",
  "file:///etc/passwd",
  "gopher://site.test",
  "javascript:alert(1)",
  "data:text/html,x",
  "http://",
])("a redirect to %s is not followed", (location) =>
  withSite({ "/": redirect(location) }, async (site) => {
    expect(await stateOf(site.url("/"))).toEqual({
      state: "unreached",
      reason: "it redirects to something that is no web address",
    });
  }),
);

test("a slow server is given up on after the time for one request", () =>
  withSite({ "/": () => {} }, async (site) => {
    const started = performance.now();
    expect(await stateOf(site.url("/"))).toEqual({ state: "unreached", reason: "it did not answer within 0.3 s" });
    expect(performance.now() - started).toBeLessThan(1500);
  }));

test("endless bodies and endless headers are not waited for", () => {
  const pour = (response: ServerResponse): void => {
    if (response.socket === null || response.socket.destroyed) return;
    response.write("x".repeat(65_536), () => setImmediate(pour, response));
  };
  const answers = {
    "/body": (request: IncomingMessage, response: ServerResponse) => {
      if (request.method === "HEAD") response.writeHead(405).end();
      else pour(response.writeHead(200));
    },
    "/head": (_request: IncomingMessage, response: ServerResponse) => {
      response.socket?.write(`HTTP/1.1 200 OK\r\n${"x-filler: y\r\n".repeat(5000)}`);
    },
  };
  return withSite(answers, async (site) => {
    const started = performance.now();
    expect(await stateOf(site.url("/body"))).toEqual({ state: "reached" });
    expect((await stateOf(site.url("/head")))?.state).toBe("unreached");
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

test("no more than six are asked at once, and what there is no time for stays unknown", () => {
  let [open, most] = [0, 0];
  const slow: Parameters<typeof withSite>[0][string] = (_request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.socket?.once("close", () => {
      open -= 1;
    });
  };
  const paths = Array.from({ length: 20 }, (_, at) => `/${at}`);
  return withSite(Object.fromEntries(paths.map((path) => [path, slow])), async (site) => {
    const web = new WebReachability({ guard: testGuard(), requestMs: 200, totalMs: 500 });
    const states = [...(await web.links(paths.map((path) => site.url(path)))).values()];
    expect([states.length, most]).toEqual([20, 6]);
    const unknown = states.filter(({ state }) => state === "unknown");
    expect(unknown.length).toBeGreaterThanOrEqual(2);
    expect(unknown[0]).toEqual({ state: "unknown", reason: "there was no time left to look" });
  });
});

test("closing gives up on everything under way", () =>
  withSite({ "/": () => {} }, async (site) => {
    const web = new WebReachability({ guard: testGuard() });
    const states = web.links([site.url("/")]);
    web.close();
    expect([...(await states).values()]).toEqual([{ state: "unknown", reason: "there was no time left to look" }]);
  }));

test("a name that there is not, and a port that nobody listens on, are broken links", async () => {
  const unknownName = {
    ...testGuard(),
    resolve: () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" })),
  };
  expect(await stateOf("http://nowhere.test/", unknownName)).toEqual(noHost);
  const deafResolver = {
    ...testGuard(),
    resolve: () => Promise.reject(Object.assign(new Error("no"), { code: "ESERVFAIL" })),
  };
  expect(await stateOf("http://site.test/", deafResolver)).toEqual({
    state: "unknown",
    reason: "it could not be looked up (ESERVFAIL)",
  });
  let closed: TestSite | undefined;
  await withSite({}, async (site) => {
    closed = site;
  });
  expect(await stateOf(closed?.url("/") ?? "")).toEqual({
    state: "unreached",
    reason: "the connection failed (ECONNREFUSED)",
  });
});

test("pictures are weighed by what the server says, of a part too", () =>
  withSite(
    {
      "/plain.png": status(200, { "content-length": "123456" }),
      "/part.png": (request, response) => {
        if (request.method === "HEAD") response.writeHead(200).end();
        else response.writeHead(206, { "content-range": "bytes 0-0/777", "content-length": "1" }).end("x");
      },
      "/silent.png": (_request, response) => void response.writeHead(200, { "transfer-encoding": "chunked" }).end("x"),
      "/moved.png": redirect("/plain.png"),
    },
    async (site) => {
      const web = new WebReachability({ ...quick, guard: testGuard() });
      const names = ["plain", "part", "silent", "moved", "gone"].map((name) => site.url(`/${name}.png`));
      expect([...(await web.pictures(names)).values()]).toEqual([
        { bytes: 123_456 },
        { bytes: 777 },
        { failed: "the server does not say how large it is" },
        { bytes: 123_456 },
        { failed: "the server answers 404" },
      ]);
    },
  ));
