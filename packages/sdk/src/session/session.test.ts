import { FakeClock } from "@waggle/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BadNetwork } from "../bad-network.test-suite.ts";
import type { BeeConfig } from "../bee-types.ts";
import { ids, smallPage } from "../page.test-suite.ts";
import { Stage, until } from "../stage.test-suite.ts";
import { hasEnded, jsonOf, linkOf, newLink, startGuest } from "./guests.test-suite.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

describe("a session from start to end", () => {
  test("[HIS-6] an agent's whole visit is one step: undo gives back every byte, redo brings every edit", async () => {
    const { bee, heard } = stage.guest();
    await bee.start(smallPage());
    const before = await jsonOf(bee);
    const { templateId } = await bee.startMcpSession();

    const scout = await stage.agent(templateId);
    await scout.call("update_button", { ...newLink("order"), text: "Order now" });
    await scout.call("add_section", { columns: [12] });
    await scout.call("add_title", { section: 1, column: 0, text: "Fresh bread" });
    await scout.leave();
    await until(() => heard.at(-1)?.type === "SESSION_ENDED", "the session ended");

    expect(bee.status).toEqual({ ready: true, connection: "offline", saving: "local", unsavedChanges: 0 });
    expect(bee.people).toEqual([]);
    expect(bee.history.entries).toMatchObject([
      { kind: "agent-session", label: "Scout: 4 changes", agents: [{ name: "Scout" }], undone: false },
    ]);
    const after = await jsonOf(bee);
    expect(after).toEqual(await stage.exported(templateId));
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(before);
    bee.history.redo();
    expect(await jsonOf(bee)).toEqual(after);
  });

  test("[POL-7] agents may do what the session's policy allows, and a policy that names nothing is refused", async () => {
    const { bee } = stage.guest();
    await bee.start(smallPage());
    const unknown = { policy: { protectedElements: ["nobody"] } };
    await expect(bee.startMcpSession(unknown)).rejects.toMatchObject({ code: "SESSION_REFUSED" });
    const { templateId } = await bee.startMcpSession({ policy: { access: "text-only" } });
    const scout = await stage.agent(templateId);
    await scout.call("update_button", { elementId: ids.button, text: "Order now" });
    await expect(scout.call("add_section", { columns: [12] })).rejects.toThrow(/POLICY_REFUSED/);
  });

  test("[SYN-1] each agent edit is one change event with its author, and counted", async () => {
    const { bee, templateId } = await startGuest(stage);
    const told: string[] = [];
    bee.subscribe(({ actor, operation, origin, after }) => {
      told.push(`${origin}: ${actor.name} ${operation}`);
      expect(after).toBe(bee.template);
    });
    const scout = await stage.agent(templateId);

    await scout.call("update_button", newLink("one"));
    await scout.call("delete_element", { elementId: ids.paragraph });
    await until(() => told.length === 2, "both edits were seen");

    expect(told).toEqual(["remote: Scout update_button", "remote: Scout delete_element"]);
    expect(linkOf(bee)).toBe("https://example.com/one");
    expect(bee.status.session).toMatchObject({ state: "active", templateId, changes: 2 });
  });

  test("[CHG-1] onRemoteChange tells of each agent edit with its patch", async () => {
    const told: string[] = [];
    const { bee, templateId } = await startGuest(stage, {
      onRemoteChange: (_json, { patches, actor }, version) =>
        told.push(`${version} ${actor.name} ${patches.map(({ op, path }) => `${op} ${path}`).join(", ")}`),
      onChange: () => told.push("own"),
    });
    const scout = await stage.agent(templateId);
    await scout.call("update_button", newLink("one"));
    await scout.call("delete_element", { elementId: ids.paragraph });
    await until(() => told.length === 2, "both edits were told");

    const modules = "/rows/0/columns/0/modules";
    const first = (await bee.save()).data.version - 1;
    expect(told).toEqual([
      `${first} Scout replace ${modules}/2/descriptor/button/href`,
      `${first + 1} Scout remove ${modules}/1`,
    ]);
  });

  test("[HIS-11] after the session the person takes back only what the agent did, and brings it back", async () => {
    const guest = await startGuest(stage);
    const { bee } = guest;
    const scout = await stage.agent(guest.templateId);
    await scout.call("update_button", { ...newLink("agent"), text: "Order now" });
    bee.commands.updateTitle({ elementId: ids.title, headingLevel: "h2" });
    await scout.call("delete_element", { elementId: ids.paragraph });
    await scout.leave();
    await until(() => hasEnded(guest), "the session ended");
    bee.commands.addSection({ columns: [12] });
    const worked = await jsonOf(bee);

    const { entry, remarks } = bee.history.undo({ scope: "agents" });

    expect([entry?.label, remarks]).toEqual(["Took back 3 changes by Scout", []]);
    expect(linkOf(bee)).toBe("https://example.com/");
    expect(JSON.stringify(await jsonOf(bee))).toContain(ids.paragraph);
    expect(bee.template.nodes.get(ids.title)?.["/descriptor/heading/title"]).toBe("h2");
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(worked);
    // The next session builds another document; the agent's part of this one is still known in it.
    await bee.startMcpSession();
    await bee.stopMcpSession();
    bee.history.undo({ scope: "agents" });
    expect(linkOf(bee)).toBe("https://example.com/");
    const modules = JSON.stringify(await jsonOf(bee));
    expect(modules).toMatch(/title-1.*paragraph-1.*button-1/s);
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(worked);
  });

  test("[SES-3] starting resolves when the room is live, after SESSION_STARTED", async () => {
    const { bee, heard } = stage.guest();
    await bee.start(smallPage());
    const states: unknown[] = [];
    bee.on("status", ({ session }) => states.push(session?.state));
    const documents: unknown[] = [];
    bee.on("document", (doc) => documents.push(doc));

    const { templateId } = await bee.startMcpSession();

    expect(heard).toEqual([{ type: "SESSION_STARTED", templateId }]);
    expect(documents).toEqual([bee.doc]);
    expect(states).toEqual(["starting", "active"]);
    expect(bee.status).toMatchObject({
      connection: "online",
      saving: "saved",
      session: { state: "active", templateId },
    });
    expect(bee.people).toMatchObject([{ actor: { kind: "person", name: "Ann" }, color: "#7747ff", isSelf: true }]);
    expect(await jsonOf(bee)).toEqual(smallPage());
  });

  test("[PRE-1] agents come and go once each, with everyone then present", async () => {
    const guest = await startGuest(stage);
    const scout = await stage.agent(guest.templateId);
    await scout.call("get_content_hierarchy", {});
    await scout.call("get_content_hierarchy", {});
    await until(() => guest.bee.people.length === 2, "the agent is shown");
    const [self, agent] = guest.bee.people;
    await scout.leave();
    await until(() => hasEnded(guest), "the session ended");

    const ann = { isMcpUser: false, userColor: "#7747ff", userId: self?.actor.id, username: "Ann" };
    const visitor = { isMcpUser: true, userColor: agent?.color, userId: agent?.actor.id, username: "Scout" };
    expect(guest.heard).toEqual([
      { type: "SESSION_STARTED", templateId: guest.templateId },
      {
        type: "USER_JOINED",
        change: { type: "USER_JOINED", value: visitor },
        sessionData: { users: { [ann.userId ?? ""]: ann, [visitor.userId ?? ""]: visitor } },
      },
      {
        type: "USER_LEFT",
        change: { type: "USER_LEFT", value: visitor },
        sessionData: { users: { [ann.userId ?? ""]: ann } },
      },
      { type: "SESSION_ENDED", templateId: guest.templateId, reason: "agents-left" },
    ]);
  });

  test("[SES-8] one agent of two leaving ends nothing", async () => {
    const guest = await startGuest(stage);
    const [scout, lumen] = [await stage.agent(guest.templateId), await stage.agent(guest.templateId, "Lumen")];
    await scout.call("update_button", newLink("scout"));
    await lumen.call("delete_element", { elementId: ids.paragraph });

    await scout.leave();
    await until(() => guest.bee.people.length === 2, "one agent is left");
    expect(guest.bee.status.session?.state).toBe("active");
    await lumen.leave();
    await until(() => hasEnded(guest), "the session ended");

    expect(guest.bee.history.entries[0]?.label).toBe("Scout and Lumen: 2 changes");
  });

  test("[HIS-8] own edits during the session can be undone there, and go into its step at the end", async () => {
    const guest = await startGuest(stage);
    const { bee } = guest;
    const scout = await stage.agent(guest.templateId);
    await scout.call("delete_element", { elementId: ids.paragraph });
    bee.commands.updateButton(newLink("mine"));
    await until(() => bee.status.saving === "saved", "the edit is on disk");
    bee.history.undo();
    expect(linkOf(bee)).toBe("https://example.com/");
    expect(bee.history.canUndo).toBe(false);
    bee.history.redo();
    await until(() => bee.status.saving === "saved", "the redo is on disk");
    await scout.leave();
    await until(() => hasEnded(guest), "the session ended");

    expect(bee.history.entries).toHaveLength(1);
    expect(bee.history.entries[0]?.changes.map(({ actor }) => actor.name)).toEqual(["Scout", "Ann"]);
    expect(await jsonOf(bee)).toEqual(await stage.exported(guest.templateId));
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(smallPage());
  });

  test("[SES-16] after one session another has its own id and step, and older steps can be undone again", async () => {
    const { bee, heard } = stage.guest();
    await bee.start(smallPage());
    bee.commands.updateButton(newLink("older"));
    const { templateId: first } = await bee.startMcpSession();
    expect(bee.history.canUndo).toBe(false);
    await (await stage.agent(first)).call("update_button", newLink("first"));
    await bee.stopMcpSession();
    const { templateId: second } = await bee.startMcpSession();
    await (await stage.agent(second)).call("update_button", newLink("second"));
    await bee.stopMcpSession();

    expect(first).not.toBe(second);
    expect(heard.filter(({ type }) => type.startsWith("SESSION")).map(({ type }) => type)).toEqual([
      "SESSION_STARTED",
      "SESSION_ENDED",
      "SESSION_STARTED",
      "SESSION_ENDED",
    ]);
    const links: unknown[] = [];
    while (bee.history.canUndo) {
      bee.history.undo();
      links.push(linkOf(bee));
    }
    expect(links).toEqual(["first", "older", ""].map((path) => `https://example.com/${path}`));
    expect(await jsonOf(bee)).toEqual(smallPage());
    while (bee.history.canRedo) bee.history.redo();
    expect(linkOf(bee)).toBe("https://example.com/second");
  });
});

describe("starting", () => {
  test("[SES-6] a second start is refused while one runs or begins", async () => {
    const { bee } = stage.guest();
    await bee.start(smallPage());
    const first = bee.startMcpSession();

    await expect(bee.startMcpSession()).rejects.toMatchObject({ error: { code: "SESSION_RUNNING" } });
    await first;
    await expect(bee.startMcpSession()).rejects.toMatchObject({ error: { code: "SESSION_RUNNING" } });
  });

  test("[SES-5] without a template it is NOT_READY", async () => {
    const { bee } = stage.guest();

    await expect(bee.startMcpSession()).rejects.toMatchObject({ error: { code: "NOT_READY" } });
  });

  const badConfigs: readonly (readonly [string, Partial<BeeConfig>, string])[] = [
    ["the server is not there", { server: "http://localhost:1", token: "any" }, "SERVER_UNREACHABLE"],
    ["the token is bad", { token: "not-a-token" }, "SESSION_REFUSED"],
    ["the host gives no token", { token: () => Promise.reject(new Error("backend down")) }, "SESSION_REFUSED"],
  ];
  test.each(badConfigs)("[SES-5] when %s everything is as it was", async (_why, config, code) => {
    const { bee, heard } = stage.guest(config);
    await bee.start(smallPage());
    bee.commands.updateButton(newLink("mine"));
    const [template, doc, entries, status] = [bee.template, bee.doc, bee.history.entries, bee.status];

    await expect(bee.startMcpSession()).rejects.toMatchObject({ error: { code } });

    expect([bee.template, bee.doc, bee.history.entries]).toEqual([template, doc, entries]);
    expect(bee.status).toEqual(status);
    expect(heard).toEqual([]);
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(smallPage());
  });

  test("[SES-7] what changes while it starts is in the room, older than the session", async () => {
    const { bee } = stage.guest();
    await bee.start(smallPage());
    const starting = bee.startMcpSession();
    bee.commands.updateButton(newLink("meanwhile"));
    bee.commands.deleteElement({ elementId: ids.paragraph });
    const { templateId } = await starting;

    expect(linkOf(bee)).toBe("https://example.com/meanwhile");
    await until(() => bee.status.saving === "saved", "it is on the server's disk");
    expect(await stage.exported(templateId)).toEqual(await jsonOf(bee));
    expect(bee.history.canUndo).toBe(false);
    const scout = await stage.agent(templateId);
    await scout.call("get_element_details", { elementId: ids.button });
    await scout.call("update_button", newLink("agent"));
    await bee.stopMcpSession();
    bee.history.undo();
    expect(linkOf(bee)).toBe("https://example.com/meanwhile");
    bee.history.undo();
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(smallPage());
  });

  test("[SES-12] stopping while it starts gives up, and another start works", async () => {
    const { bee, heard } = stage.guest();
    await bee.start(smallPage());
    const starting = bee.startMcpSession();
    const failure = expect(starting).rejects.toMatchObject({ error: { code: "SESSION_ENDED" } });
    await bee.stopMcpSession();
    await failure;
    expect(bee.status).toEqual({ ready: true, connection: "offline", saving: "local", unsavedChanges: 0 });

    const { templateId } = await bee.startMcpSession();

    expect(heard).toEqual([{ type: "SESSION_STARTED", templateId }]);
  });

  test("[SYN-6] a room that does not open in time is SERVER_UNREACHABLE", async () => {
    const network = await BadNetwork.before(stage.address);
    const clock = new FakeClock();
    const { bee } = stage.guest({ server: network.address, clock });
    await bee.start(smallPage());
    const starting = bee.startMcpSession();
    const failure = expect(starting).rejects.toMatchObject({ error: { code: "SERVER_UNREACHABLE" } });
    await until(() => network.open > 0, "the call is on its way");
    network.freeze();
    clock.advance(60_000);

    await failure;
    expect(bee.status.connection).toBe("offline");
    expect(clock.pending).toBe(0);
    await network.close();
  });
});
