import { lifetimes } from "@waggle/contract";
import { FakeClock } from "@waggle/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BadNetwork } from "../bad-network.test-suite.ts";
import { smallPage } from "../page.test-suite.ts";
import { Stage, until } from "../stage.test-suite.ts";
import { hasEnded, jsonOf, linkOf, newLink, startGuest } from "./guests.test-suite.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

describe("endings", () => {
  test("[SES-4] stopping twice emits one change", async () => {
    const { bee, heard, templateId } = await startGuest(stage);

    await Promise.all([bee.stopMcpSession(), bee.stopMcpSession()]);
    await bee.stopMcpSession();

    expect(heard.slice(1)).toEqual([{ type: "SESSION_ENDED", templateId, reason: "stopped" }]);
    expect(bee.history.entries).toEqual([]);
  });

  test("[SES-15] the end is told last; the document stays and is edited on locally", async () => {
    const guest = await startGuest(stage);
    const { bee, templateId } = guest;
    await (await stage.agent(templateId)).call("update_button", newLink("agent"));
    await until(() => linkOf(bee) === "https://example.com/agent", "the edit was seen");
    const { doc, template } = bee;
    const told: string[] = [];
    bee.on("history", ({ entries }) => told.push(`history ${entries.length}`));
    bee.on("status", ({ session, saving }) => told.push(`${session?.state ?? "none"} ${saving}`));
    bee.on("session", (event) => told.push(event.type === "SESSION_ENDED" ? `ended ${event.reason}` : event.type));

    await bee.stopMcpSession();

    expect(told).toEqual(["stopping saved", "none local", "history 1", "ended stopped"]);
    expect([bee.doc, bee.template]).toEqual([doc, template]);
    bee.commands.updateButton(newLink("local"));
    expect(bee.status.saving).toBe("local");
    expect(JSON.stringify(await stage.exported(templateId))).not.toContain("example.com/local");
    bee.history.undo();
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(smallPage());
  });

  test("[DOC-5] a host whose onMcpSessionChange throws keeps its session", async () => {
    const errors: unknown[] = [];
    const onMcpSessionChange = () => {
      throw new Error("The host is broken.");
    };
    const { bee } = await startGuest(stage, { onMcpSessionChange, onError: ({ code }) => errors.push(code) });
    await bee.stopMcpSession();

    expect(errors).toEqual(["INTERNAL", "INTERNAL"]);
    expect(bee.status.saving).toBe("local");
  });

  test("[SES-13] after the end the agent is refused, and what was acknowledged before is in", async () => {
    const { bee, templateId } = await startGuest(stage);
    const scout = await stage.agent(templateId);
    let acknowledged = 0;
    const writing = (async () => {
      for (let edit = 1; edit <= 200; edit++) {
        await scout.call("update_button", newLink(String(edit)));
        acknowledged = edit;
      }
    })();
    await until(() => acknowledged >= 5, "the agent is in full swing");
    const refused = expect(writing).rejects.toThrow(/ended/);
    await bee.stopMcpSession();
    await refused;

    expect(linkOf(bee)).toBe(`https://example.com/${acknowledged}`);
    expect(bee.history.entries).toHaveLength(1);
    expect(bee.history.entries[0]?.incomplete).toBeUndefined();
  });

  test("[SES-9] it ends when its time is up", async () => {
    const clock = new FakeClock();
    const guest = await startGuest(stage, { clock });
    expect(guest.bee.status.session?.expiresAt).toBe(clock.now() + lifetimes.editorSessionMs);

    clock.advance(lifetimes.editorSessionMs - 1);
    expect(guest.bee.status.session?.state).toBe("active");
    clock.advance(1);
    await until(() => hasEnded(guest), "the session ended");

    expect(guest.heard.at(-1)).toMatchObject({ reason: "timeout" });
    expect(clock.pending).toBe(0);
  });

  test("[SES-10] a second person ends it, and is refused", async () => {
    const first = await startGuest(stage);
    const { access_token: token } = await stage.login("bert");
    const address = stage.address.replace("http", "ws");
    const socket = new WebSocket(`${address}/v2/sdk/sync/${first.templateId}?token=${token}&waggle=1&instance=bert`);
    const refused = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    await until(() => hasEnded(first), "the session ended");

    expect(first.heard.at(-1)).toEqual({
      type: "SESSION_ENDED",
      templateId: first.templateId,
      reason: "second-person",
    });
    expect(await refused).toBe(4403);
    expect(first.bee.status.saving).toBe("local");
  });

  test("[SES-11] another template ends it first, whoever was writing", async () => {
    const { bee, heard, templateId } = await startGuest(stage);
    await (await stage.agent(templateId)).call("update_button", newLink("agent"));

    await bee.start(smallPage("Other"));

    expect(heard.at(-1)).toEqual({ type: "SESSION_ENDED", templateId, reason: "new-template" });
    expect(await jsonOf(bee)).toEqual(smallPage("Other"));
    expect(bee.history.entries).toEqual([]);
  });

  test("[DOC-1] another template that is none leaves the session running", async () => {
    const { bee } = await startGuest(stage);

    await expect(bee.start("nonsense")).rejects.toMatchObject({ code: "INVALID_TEMPLATE" });

    expect(bee.status.session?.state).toBe("active");
  });

  test("[SES-14] a server that does not answer is not waited for: the step is marked incomplete", async () => {
    const network = await BadNetwork.before(stage.address);
    const clock = new FakeClock();
    const guest = await startGuest(stage, { server: network.address, clock });
    // The token asks the server itself; only the room goes through the network.
    const scout = await stage.agent(guest.templateId);
    await scout.call("update_button", newLink("agent"));
    await until(() => linkOf(guest.bee) === "https://example.com/agent", "the edit was seen");
    network.freeze();
    const stopping = guest.bee.stopMcpSession();
    expect(guest.bee.status.session?.state).toBe("stopping");
    clock.advance(lifetimes.sealWaitMs);
    await stopping;

    expect(guest.heard.at(-1)).toMatchObject({ type: "SESSION_ENDED", reason: "stopped" });
    expect(guest.bee.history.entries).toMatchObject([{ kind: "agent-session", incomplete: true }]);
    guest.bee.history.undo();
    expect(await jsonOf(guest.bee)).toEqual(smallPage());
    expect(clock.pending).toBe(0);
    network.thaw();
    await network.close();
  });

  test("[DOC-6] destroy in a session ends it and lets everything go", async () => {
    const network = await BadNetwork.before(stage.address);
    const clock = new FakeClock();
    const guest = await startGuest(stage, { server: network.address, clock });
    guest.bee.destroy();
    guest.bee.destroy();

    expect(guest.heard.slice(1)).toEqual([{ type: "SESSION_ENDED", templateId: guest.templateId, reason: "stopped" }]);
    expect(clock.pending).toBe(0);
    await until(() => network.openWebSockets === 0, "the socket is closed");
    const scout = await stage.agent(guest.templateId).catch((error: unknown) => error);
    expect(scout).toBeInstanceOf(Error);
    await network.close();
  });
});
