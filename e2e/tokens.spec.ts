// Browser tokens live for seconds here, so that a session outlives many of them.
import { expect, type Page } from "@playwright/test";
import { type AgentPlace, connectAgent, readTemplate } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { oldHeadline } from "./newsletter.ts";
import { NewsletterPage } from "./newsletter-page.ts";
import { type OwnServer, test } from "./own-server.ts";

const tripsTitle = "Three slow ways out of town";

test.use({ variables: { WAGGLE_TOKEN_SECONDS: "6" } });

/** Notes all that the page says to its person or host about the connection, however shortly. */
async function watchWhatIsSaid(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const said = new Set<string>();
    Reflect.set(window, "said", said);
    const worrying = /You are offline|Back online|server is not answering|Something broke|Offline, /;
    const root = document.querySelector("waggle-editor")?.shadowRoot;
    if (!root) throw new Error("There is no editor.");
    const look = (node: Node) => {
      const [found] = worrying.exec(node.textContent ?? "") ?? [];
      if (found) said.add(found);
    };
    const readNew = ({ type, target, addedNodes }: MutationRecord) =>
      type === "characterData" ? look(target) : addedNodes.forEach(look);
    new MutationObserver((records) => records.forEach(readNew)).observe(root, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    window.bee.on("error", ({ code }) => said.add(code));
    window.bee.on("session", (event) => said.add(event.type));
    window.bee.on("status", ({ session, saving }) => {
      if (session?.state === "reconnecting") said.add("reconnecting");
      if (saving === "unsaved") said.add("unsaved");
    });
  });
  return () => page.evaluate(() => [...Reflect.get(window, "said")]);
}

/** Counts the sockets that the page opens, and resolves when it has opened so many. */
function watchSockets(page: Page): (count: number) => Promise<void> {
  let opened = 0;
  page.on("websocket", () => {
    opened += 1;
  });
  return (count) => expect.poll(() => opened, { timeout: 40_000 }).toBeGreaterThanOrEqual(count);
}

interface Running {
  readonly newsletter: NewsletterPage;
  readonly place: AgentPlace;
}

async function sessionOn(page: Page, server: OwnServer): Promise<Running> {
  const newsletter = new NewsletterPage(page);
  await newsletter.open(server);
  const templateId = await newsletter.startSession();
  return { newsletter, place: { templateId, name: "scout", at: server.origin } };
}

test("a session lives over several tokens while a person types and an agent edits: nothing lost, nothing said", async ({
  page,
  server,
}) => {
  const sockets = watchSockets(page);
  const { newsletter, place } = await sessionOn(page, server);
  const said = await watchWhatIsSaid(page);
  const agent = await connectAgent(place);
  const elementId = findElement(await newsletter.exportedJson(), oldHeadline);

  // Typed and written without a pause until two tokens are over, so that some of it meets each change of tokens.
  let isOver = false;
  const twoTokens = sockets(3).finally(() => {
    isOver = true;
  });
  await newsletter.typeAtEndOf(newsletter.headline(tripsTitle), ":");
  const person = (async () => {
    let typed = "";
    for (let letter = 0; !isOver; letter += 1) {
      const next = String.fromCharCode(97 + (letter % 26));
      await page.keyboard.type(next, { delay: 40 });
      typed += next;
    }
    return typed;
  })();
  const writer = (async () => {
    let edits = 0;
    while (!isOver) {
      edits += 1;
      await agent.call("update_title", { elementId, text: `Edit ${edits} of the agent` });
    }
    return edits;
  })();
  await twoTokens;
  const [typed, edits] = await Promise.all([person, writer]);

  await expect(newsletter.headline(`${tripsTitle}:${typed}`)).toBeVisible();
  await expect(newsletter.headline(`Edit ${edits} of the agent`)).toBeVisible();
  await expect.poll(() => page.evaluate(() => window.bee.status.saving)).toBe("saved");
  expect(await readTemplate(place.templateId, server.origin)).toEqual(await newsletter.exportedJson());
  expect(typed.length).toBeGreaterThan(10);
  expect(edits).toBeGreaterThan(5);
  expect((await said()).filter((text) => !text.startsWith("USER_"))).toEqual([]);
});

test("a host that has no token for a while is asked again: what was edited meanwhile is kept and then saved", async ({
  page,
  server,
}) => {
  const sockets = watchSockets(page);
  const { newsletter, place } = await sessionOn(page, server);
  let refused = 0;
  await page.route("**/host/token", async (route) => {
    refused += 1;
    await route.fulfill({ status: 503, json: { code: 5033, message: "Down for a moment." } });
  });
  await expect(page.getByText("You are offline.").first()).toBeVisible();
  const elementId = findElement(await newsletter.exportedJson(), "Click here");
  await page.evaluate(
    (id) => window.bee.commands.updateButton({ elementId: id, text: "Made without a token" }),
    elementId,
  );
  await expect(page.getByText("1 change is waiting.")).toBeVisible();
  expect(refused).toBeGreaterThan(1);

  await page.unroute("**/host/token");

  await expect(page.getByText("Back online. 1 change saved.").first()).toBeVisible();
  await expect
    .poll(async () => JSON.stringify(await readTemplate(place.templateId, server.origin)))
    .toContain("Made without a token");
  // From here on tokens are renewed in time again: another one is over, and nobody is told.
  const said = await watchWhatIsSaid(page);
  await sockets(3);
  await expect.poll(() => page.evaluate(() => window.bee.status.connection)).toBe("online");
  expect(await said()).toEqual([]);
});

test("a token of another client opens nothing: the page keeps the template, and the session goes on for agents", async ({
  page,
  server,
}) => {
  const { newsletter, place } = await sessionOn(page, server);
  // The same server, once under the other client's name, to have a token of theirs that is signed as it should be.
  await server.interrupt();
  await server.start({ WAGGLE_CLIENT_ID: "somebody-else", WAGGLE_TOKEN_SECONDS: "3600" });
  const foreign = await (await fetch(`${server.origin}/host/token`, { method: "POST" })).text();
  await server.interrupt();
  await page.route("**/host/token", (route) => route.fulfill({ body: foreign, contentType: "application/json" }));
  await server.start();

  await expect(page.getByText("You can look, not edit.").first()).toBeVisible({ timeout: 30_000 });
  await newsletter.sessionHasEnded();
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
  const agent = await connectAgent(place);
  const elementId = findElement(await newsletter.exportedJson(), oldHeadline);
  await agent.call("update_title", { elementId, text: "Still open to its own agents" });
  expect(JSON.stringify(await readTemplate(place.templateId, server.origin))).toContain("Still open to its own");
  await expect(newsletter.headline(oldHeadline)).toBeVisible();
});
