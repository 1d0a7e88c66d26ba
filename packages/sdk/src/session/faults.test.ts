import { lifetimes, sizes, type WaggleError } from "@waggle/contract";
import { FakeClock } from "@waggle/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { XmlText } from "yjs";
import { BadNetwork } from "../bad-network.test-suite.ts";
import { createBee } from "../bee.ts";
import type { Bee } from "../bee-types.ts";
import { ids, smallPage } from "../page.test-suite.ts";
import { ServerProcess } from "../server-process.test-suite.ts";
import { type Guest, Stage, until } from "../stage.test-suite.ts";
import { jsonOf, linkOf, newLink, startGuest } from "./guests.test-suite.ts";

async function openStage(options: Parameters<typeof Stage.open>[0] = {}): Promise<Stage> {
  const stage = await Stage.open(options);
  onTestFinished(() => stage.close());
  return stage;
}

async function openNetwork(stage: Stage): Promise<BadNetwork> {
  const network = await BadNetwork.before(stage.address);
  onTestFinished(() => network.close());
  return network;
}

const isSaved = ({ status }: Bee) => status.saving === "saved";
const isOnline = ({ status }: Bee) => status.connection === "online";
const hasEnded = ({ heard }: Guest) => heard.at(-1)?.type === "SESSION_ENDED";

describe("a server that goes away", () => {
  test("[SES-19] after a minute without it the session ends, says what was not saved, and the template stays", async () => {
    const stage = await openStage();
    const network = await openNetwork(stage);
    const [clock, errors]: [FakeClock, WaggleError[]] = [new FakeClock(), []];
    const config = { server: network.address, clock, onError: (error: WaggleError) => errors.push(error) };
    const guest = await startGuest(stage, config);
    const { bee } = guest;
    await (await stage.agent(guest.templateId)).call("update_button", newLink("agent"));
    await until(() => linkOf(bee) === "https://example.com/agent", "the edit was seen");
    network.refuse(true);
    network.cut();
    await until(() => !isOnline(bee), "the connection is gone");
    bee.commands.deleteElement({ elementId: ids.paragraph });
    bee.commands.updateButton(newLink("mine"));
    expect(bee.status).toMatchObject({ saving: "unsaved", unsavedChanges: 2, session: { state: "reconnecting" } });

    clock.advance(lifetimes.reconnectMs - 1);
    expect(bee.status.session?.state).toBe("reconnecting");
    clock.advance(1);

    expect(guest.heard.at(-1)).toMatchObject({ type: "SESSION_ENDED", reason: "lost" });
    expect(errors.map(({ code, data }) => [code, data])).toEqual([["CONNECTION_LOST", { unsavedChanges: 2 }]]);
    expect(errors[0]?.message).toMatch(/2 of your edits .* Start a new session/);
    expect(bee.status).toEqual({ ready: true, connection: "offline", saving: "local", unsavedChanges: 0 });
    expect(bee.history.entries).toMatchObject([{ kind: "agent-session", incomplete: true }]);
    bee.commands.updateButton(newLink("local"));
    expect(linkOf(bee)).toBe("https://example.com/local");
    expect(clock.pending).toBe(0);
    network.refuse(false);
    await bee.startMcpSession();
    expect(bee.status.session?.state).toBe("active");
  });

  test("[SES-19] a connection that comes and goes has its minute each time", async () => {
    const stage = await openStage();
    const network = await openNetwork(stage);
    const clock = new FakeClock();
    const { bee } = await startGuest(stage, { server: network.address, clock });
    for (let turn = 0; turn < 2; turn++) {
      network.refuse(true);
      network.cut();
      await until(() => !isOnline(bee), "the connection is gone");
      clock.advance(lifetimes.reconnectMs - 1);
      network.refuse(false);
      await until(() => isOnline(bee), "the connection is back");
    }
    clock.advance(2);

    expect(bee.status.session?.state).toBe("active");
  });

  test("[SYN-10] killed with -9 in the middle of work it has lost nothing it acknowledged, and the session goes on", async () => {
    const server = await ServerProcess.start();
    onTestFinished(() => server.close());
    const bee = createBee({ server: server.address, token: () => server.login() });
    onTestFinished(() => bee.destroy());
    await bee.start(smallPage());
    const { templateId } = await bee.startMcpSession();
    const scout = await server.agent(templateId);
    let acknowledged = 0;
    const writing = (async () => {
      for (let edit = 1; edit <= 500; edit++) {
        await scout.call("update_button", newLink(String(edit)));
        acknowledged = edit;
      }
    })().catch(() => undefined);
    const { elementId } = bee.commands.addSection({ columns: [12] });
    await until(() => acknowledged >= 5 && isSaved(bee), "both have something on disk");

    await server.kill();
    await until(() => !isOnline(bee), "the connection is gone");
    bee.commands.deleteElement({ elementId: ids.paragraph });
    expect(bee.status).toMatchObject({ saving: "unsaved", unsavedChanges: 1 });
    await server.start();
    await until(() => isOnline(bee) && isSaved(bee), "everything is saved");
    await writing;

    // The answer to one more edit may have been on its way when the server died.
    expect([acknowledged, acknowledged + 1].map((edit) => `https://example.com/${edit}`)).toContain(linkOf(bee));
    expect(bee.template.nodes.has(elementId)).toBe(true);
    expect(bee.status.unsavedChanges).toBe(0);
    expect(await server.exported(templateId)).toEqual(await jsonOf(bee));
    expect(JSON.stringify(await jsonOf(bee))).not.toContain(ids.paragraph);
    const lumen = await server.agent(templateId, "Lumen");
    await lumen.call("add_title", { section: 1, column: 0, text: "Back again" });
    await lumen.close();
    await bee.stopMcpSession();
    expect(bee.history.entries).toHaveLength(1);
    expect(bee.history.entries[0]?.incomplete).toBeUndefined();
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(smallPage());
  });
});

describe("an edit the server does not take", () => {
  const tooLarge = sizes.socketFrame + 1;

  /** What a paste does: nothing of ours is asked before it is in the document. */
  function typeInto(bee: Bee, text: string): void {
    const fragment = bee.textFragment(ids.paragraph, "/descriptor/paragraph/html");
    const leaf = [...(fragment?.createTreeWalker((node) => node instanceof XmlText) ?? [])].at(-1);
    if (!(leaf instanceof XmlText)) throw new Error("The paragraph has no text.");
    leaf.insert(0, text);
  }

  /** Each socket that was opened for this bee. */
  function countSockets(): { readonly count: number } {
    const opened = { count: 0 };
    const RealSocket = globalThis.WebSocket;
    globalThis.WebSocket = class extends RealSocket {
      constructor(...args: ConstructorParameters<typeof RealSocket>) {
        super(...args);
        opened.count += 1;
      }
    };
    onTestFinished(() => {
      globalThis.WebSocket = RealSocket;
    });
    return opened;
  }

  test("[SES-22] ends the session once, with its code, instead of being sent for ever; the edit is kept", async () => {
    const stage = await openStage();
    const sockets = countSockets();
    const errors: WaggleError[] = [];
    const guest = await startGuest(stage, { onError: (error) => errors.push(error) });
    const { bee } = guest;

    typeInto(bee, "x".repeat(tooLarge));
    await until(() => hasEnded(guest), "the session ended");
    // As long as y-websocket waits at most before it would come back.
    await new Promise((resolve) => setTimeout(resolve, 500));

    expect(sockets.count).toBe(1);
    expect(errors.map(({ code }) => code)).toEqual(["BODY_TOO_LARGE"]);
    expect(errors[0]?.message).toMatch(/kept in this editor: .* start a new session/);
    expect(guest.heard.at(-1)).toMatchObject({ reason: "lost" });
    expect(bee.status).toEqual({ ready: true, connection: "offline", saving: "local", unsavedChanges: 0 });
    expect(JSON.stringify(await jsonOf(bee))).toContain("x".repeat(tooLarge));
  });

  test("[SES-22] one that breaks the rules of the room ends it as well", async () => {
    const stage = await openStage();
    const sockets = countSockets();
    const errors: WaggleError[] = [];
    const guest = await startGuest(stage, { onError: (error) => errors.push(error) });

    guest.bee.doc.getText("nobody-knows-this").insert(0, "x");
    await until(() => hasEnded(guest), "the session ended");
    await new Promise((resolve) => setTimeout(resolve, 500));

    expect(sockets.count).toBe(1);
    expect(errors.map(({ code }) => code)).toEqual(["INVALID_FRAME"]);
    expect(guest.heard.at(-1)).toMatchObject({ reason: "lost" });
  });
});

describe("a page that goes away", () => {
  test("[SES-20] after a reload what agents had acknowledged can be read, and a fresh session starts at once", async () => {
    const stage = await openStage();
    const network = await openNetwork(stage);
    const first = await startGuest(stage, { server: network.address, userHandle: "ann" });
    const scout = await stage.agent(first.templateId);
    await scout.call("update_button", newLink("agent"));
    // A page that is gone says nothing: its socket breaks.
    network.refuse(true);
    network.cut();

    const second = await startGuest(stage, { userHandle: "ann" });

    expect(second.templateId).not.toBe(first.templateId);
    expect(JSON.stringify(await stage.exported(first.templateId))).toContain("https://example.com/agent");
    await scout.call("update_button", newLink("still-writing"));
    expect(JSON.stringify(await stage.exported(first.templateId))).toContain("https://example.com/still-writing");
    expect(linkOf(second.bee)).toBe("https://example.com/");
  });

  test("[SES-10] it ends when its time is over by the server's clock, and its result is gone then", async () => {
    const serverClock = new FakeClock(Date.now());
    const stage = await openStage({ clock: serverClock });
    const guest = await startGuest(stage, { clock: new FakeClock() });
    guest.bee.commands.updateButton(newLink("mine"));
    await until(() => isSaved(guest.bee), "it is saved");

    serverClock.advance(lifetimes.editorActiveMs + 1000);
    await until(() => {
      serverClock.advance(1000);
      return hasEnded(guest);
    }, "the session ended");

    expect(guest.heard.at(-1)).toMatchObject({ reason: "expired" });
    expect(linkOf(guest.bee)).toBe("https://example.com/mine");
    await vi.waitFor(async () => {
      serverClock.advance(30_000);
      expect(await stage.exported(guest.templateId)).toMatchObject({ code: 4040 });
    });
  });
});

describe("a fresh start", () => {
  test("[SES-20] works at once after each ending, even when asked for in SESSION_ENDED itself", async () => {
    const stage = await openStage();
    const guest = await startGuest(stage, { sessionTimeoutMs: 3_600_000 });
    const { bee } = guest;
    const endings: (() => Promise<unknown>)[] = [
      () => bee.stopMcpSession(),
      async () => (await stage.agent(bee.status.session?.templateId ?? "")).leave(),
      () => bee.start(smallPage("Another")),
    ];
    for (const end of endings) {
      const restarted = new Promise((resolve, reject) => {
        const off = bee.on("session", ({ type }) => {
          if (type !== "SESSION_ENDED") return;
          off();
          bee.startMcpSession().then(resolve, reject);
        });
      });
      await end();
      await expect(restarted).resolves.toMatchObject({ templateId: expect.any(String) });
    }
    expect(guest.heard.filter(({ type }) => type === "SESSION_STARTED")).toHaveLength(4);
  });

  test("[SES-20] works at once after one that failed", async () => {
    const stage = await openStage();
    const network = await openNetwork(stage);
    let token: () => unknown = () => "not-a-token";
    const guest = stage.guest({ server: network.address, token: () => token() as string });
    await guest.bee.start(smallPage());
    await expect(guest.bee.startMcpSession()).rejects.toMatchObject({ error: { code: "SESSION_REFUSED" } });
    token = () => stage.login();
    network.refuse(true);
    network.cut();
    await expect(guest.bee.startMcpSession()).rejects.toMatchObject({ error: { code: "SERVER_UNREACHABLE" } });
    network.refuse(false);

    const { templateId } = await guest.bee.startMcpSession();

    expect(guest.heard).toEqual([{ type: "SESSION_STARTED", templateId }]);
  });
});

describe("tokens", () => {
  test("[TOK-6] a socket that is closed because its token is over comes back with the renewed one, and nothing is lost", async () => {
    const [serverClock, clock] = [new FakeClock(Date.now()), new FakeClock(Date.now())];
    const stage = await openStage({ clock: serverClock });
    const oldToken = await stage.login();
    for (const each of [serverClock, clock]) each.advance(lifetimes.tokenMs - 120_000);
    let asked = 0;
    const { bee, templateId } = await startGuest(stage, {
      clock,
      token: () => {
        asked += 1;
        return asked === 1 ? { ...oldToken, expires_in: 120 } : stage.login();
      },
    });
    let wasLost = false;
    const told = new Set<string | undefined>();
    bee.on("status", ({ connection, session, saving }) => {
      told.add(session?.state).add(saving);
      if (connection === "online" || wasLost) return;
      wasLost = true;
      bee.commands.deleteElement({ elementId: ids.paragraph });
    });
    let edits = 0;
    await until(() => {
      if (wasLost || !isSaved(bee)) return wasLost;
      bee.commands.updateButton(newLink(String(++edits)));
      // In steps that leave time to answer the server's pings.
      for (const each of [serverClock, clock]) each.advance(3_000);
      return false;
    }, "the server closed the socket");
    await until(() => isOnline(bee) && isSaved(bee), "it is back");

    expect(asked).toBe(2);
    expect(told).toEqual(new Set(["active", "saving", "saved"]));
    expect(linkOf(bee)).toBe(`https://example.com/${edits}`);
    expect(await stage.exported(templateId)).toEqual(await jsonOf(bee));
    expect(JSON.stringify(await jsonOf(bee))).not.toContain(ids.paragraph);
  });

  test("[TOK-5] a backend that has no token for a while is asked again, and nothing is lost", async () => {
    const serverClock = new FakeClock(Date.now());
    const stage = await openStage({ clock: serverClock });
    const network = await openNetwork(stage);
    const clock = new FakeClock(Date.now() - 24 * 3_600_000);
    let isDown = false;
    let asked = 0;
    const { bee } = await startGuest(stage, {
      server: network.address,
      clock,
      // Without its life time in the answer nothing tells when it expires.
      token: async () => {
        asked += 1;
        if (isDown) throw new Error("down for a minute");
        return (await stage.login()).access_token;
      },
    });
    isDown = true;
    serverClock.advance(lifetimes.tokenMs / 2);
    bee.commands.updateButton(newLink("early"));
    await until(() => isSaved(bee), "it is saved");
    serverClock.advance(lifetimes.tokenMs / 2 + 1000);
    network.cut();
    bee.commands.updateButton(newLink("late"));
    await until(() => asked === 2, "the backend was asked in vain");
    isDown = false;
    await until(() => {
      clock.advance(100);
      return isOnline(bee) && isSaved(bee);
    }, "it came back with a new token");

    expect(bee.status.session?.state).toBe("active");
    expect(linkOf(bee)).toBe("https://example.com/late");
  });
});
