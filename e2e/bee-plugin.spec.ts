// A host's page on another origin, with nothing but the plain script.
import { createServer, type Server } from "node:http";
import { expect, test } from "@playwright/test";
import { origin } from "./server-under-test.ts";

const template = {
  page: {
    title: "Trains",
    body: { container: { style: {} }, content: { style: {}, computedStyle: { messageWidth: "600px" } } },
    rows: [],
  },
};

interface HostPage {
  readonly address: string;
  close(): Promise<void>;
}

/** Serves one page on an origin of its own; its backend gets the token, as hosts do. */
async function hostPage(config: string): Promise<HostPage> {
  const page = `<!doctype html><div id="bee" style="height:600px"></div>
    <script src="${origin}/plugin/v2/BeePlugin.js"></script>
    <script>
      window.events = [];
      fetch("/token").then((answer) => answer.json()).then((token) =>
        BeePlugin.create(token, { uid: "maya", container: "bee", ${config} }, (bee) => {
          window.bee = bee;
          bee.start(${JSON.stringify(template)});
        }));
    </script>`;
  const server = createServer(async (request, response) => {
    if (request.url === "/token") {
      const token = await fetch(`${origin}/host/token`, { method: "POST" });
      response.setHeader("content-type", "application/json").end(await token.text());
    } else response.setHeader("content-type", "text/html").end(page);
  });
  const port = await listening(server);
  return {
    address: `http://localhost:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The page is not served.");
  return address.port;
}

test("a plain script on another origin gives an editor that finds its server and opens a session", async ({ page }) => {
  const host = await hostPage("onMcpSessionChange: ({ type }) => window.events.push(type)");
  await page.goto(host.address);
  await expect(page.getByRole("button", { name: "Work with agent" }).first()).toBeEnabled();
  // The page has one new name, and that is the one it asked for.
  expect(await page.evaluate(() => "BeePlugin" in window && !("e" in window))).toBe(true);

  await page.getByRole("button", { name: "Work with agent" }).first().click();

  await expect(page.getByRole("dialog", { name: "Connect an agent" })).toContainText(`${origin}/v2/sdk/mcp`);
  expect(await page.evaluate(() => Reflect.get(window, "events"))).toEqual(["SESSION_STARTED"]);
  await host.close();
});

test("a token the server does not know is told to onError with the contract's code", async ({ page }) => {
  const host = await hostPage("onError: ({ code }) => window.events.push(code)");
  await page.route("**/token", (route) => route.fulfill({ json: { access_token: "unknown", v2: true } }), { times: 1 });
  await page.goto(host.address);
  await expect(page.getByRole("button", { name: "Work with agent" }).first()).toBeEnabled();

  const failure = await page.evaluate(() =>
    Reflect.get(window, "bee")
      .startMcpSession()
      .catch((error: { error: { code: string } }) => error.error.code),
  );

  expect(failure).toBe("SESSION_REFUSED");
  expect(await page.evaluate(() => Reflect.get(window, "events"))).toEqual([5100]);
  await host.close();
});
