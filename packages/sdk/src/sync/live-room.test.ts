import { DatabaseSync } from "node:sqlite";
import { lifetimes } from "@waggle/contract";
import { FakeClock } from "@waggle/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { BadNetwork } from "../bad-network.test-suite.ts";
import type { Bee, BeeConfig } from "../bee-types.ts";
import { ids, smallPage } from "../page.test-suite.ts";
import { type Guest, Stage, until } from "../stage.test-suite.ts";

interface Scene {
  readonly stage: Stage;
  readonly network: BadNetwork;
}

async function openScene(options: Parameters<typeof Stage.open>[0] = {}): Promise<Scene> {
  const stage = await Stage.open(options);
  const network = await BadNetwork.before(stage.address);
  onTestFinished(async () => {
    await network.close();
    await stage.close();
  });
  return { stage, network };
}

interface Started extends Guest {
  readonly templateId: string;
}

/** A session whose every byte passes the bad network. */
async function startedGuest({ stage, network }: Scene, config: Partial<BeeConfig> = {}): Promise<Started> {
  const guest = stage.guest({ server: network.address, ...config });
  await guest.bee.start(smallPage());
  const { templateId } = await guest.bee.startMcpSession();
  return { ...guest, templateId };
}

async function jsonOf(bee: Bee) {
  const { data } = await bee.getTemplateJson();
  return data.json;
}

const linkOf = (bee: Bee) => bee.template.nodes.get(ids.button)?.["/descriptor/button/href"];
const newLink = (path: string) => ({ elementId: ids.button, href: `https://example.com/${path}` });
const isSaved = ({ status }: Bee) => status.saving === "saved";
const isOnline = ({ status }: Bee) => status.connection === "online";

describe("saving", () => {
  test("[SYN-3] it says saving until the server said saved, and unsaved while there is no connection", async () => {
    const scene = await openScene();
    const { bee } = await startedGuest(scene);
    const states: string[] = [];
    bee.on("status", ({ saving, connection }) => states.push(`${connection} ${saving}`));

    bee.commands.updateButton(newLink("one"));
    expect(bee.status.saving).toBe("saving");
    await until(() => isSaved(bee), "it is saved");
    scene.network.refuse(true);
    scene.network.cut();
    await until(() => !isOnline(bee), "the connection is gone");
    expect(bee.status).toMatchObject({ saving: "saved", session: { state: "reconnecting" } });
    bee.commands.updateButton(newLink("two"));
    expect(bee.status.saving).toBe("unsaved");
    scene.network.refuse(false);
    await until(() => isSaved(bee), "it is saved after all");

    expect(states).toEqual([
      "online saving",
      "online saved",
      "connecting saved",
      "connecting unsaved",
      "online saving",
      "online saved",
    ]);
  });

  test("[SYN-3] an edit that changes nothing on the server does not stay unsaved", async () => {
    const scene = await openScene();
    const { bee, templateId } = await startedGuest(scene);
    const scout = await scene.stage.agent(templateId);
    scene.network.refuse(true);
    scene.network.cut();
    await until(() => !isOnline(bee), "the connection is gone");
    // Both delete the same, each without knowing of the other.
    await scout.call("delete_element", { elementId: ids.paragraph });
    bee.commands.deleteElement({ elementId: ids.paragraph });
    scene.network.refuse(false);

    await until(() => isSaved(bee), "nothing is owed");
  });
});

describe("a broken connection", () => {
  test("[SYN-2] what an agent did meanwhile is told edit by edit, as one's own work goes up", async () => {
    const scene = await openScene();
    const { bee, templateId } = await startedGuest(scene);
    const scout = await scene.stage.agent(templateId);
    await scout.call("get_content_hierarchy", {});
    await until(() => bee.people.length === 2, "the agent is here");
    const told: string[] = [];
    bee.subscribe(({ actor, operation, origin }) => told.push(`${origin} ${actor.name} ${operation}`));
    scene.network.refuse(true);
    scene.network.cut();
    await until(() => !isOnline(bee), "the connection is gone");

    await scout.call("update_button", newLink("meanwhile"));
    await scout.call("delete_element", { elementId: ids.paragraph });
    scene.network.refuse(false);
    await until(() => isOnline(bee), "the connection is back");

    expect(told).toEqual(["remote Scout update_button", "remote Scout delete_element"]);
    expect(bee.status.session).toMatchObject({ state: "active", changes: 2 });
    expect(await jsonOf(bee)).toEqual(await scene.stage.exported(templateId));
  });

  test("[SYN-4] edits on both sides while it was gone are all there afterwards", async () => {
    const scene = await openScene();
    const { bee, templateId } = await startedGuest(scene);
    const scout = await scene.stage.agent(templateId);
    await scout.call("get_content_hierarchy", {});
    scene.network.refuse(true);
    scene.network.cut();
    await until(() => !isOnline(bee), "the connection is gone");

    bee.commands.updateButton(newLink("mine"));
    const { elementId } = bee.commands.addSection({ columns: [12] });
    await scout.call("delete_element", { elementId: ids.paragraph });
    scene.network.refuse(false);
    await until(() => isOnline(bee) && isSaved(bee), "everything is saved");

    expect(linkOf(bee)).toBe("https://example.com/mine");
    expect(bee.template.nodes.has(elementId)).toBe(true);
    expect(JSON.stringify(await jsonOf(bee))).not.toContain(ids.paragraph);
    expect(await jsonOf(bee)).toEqual(await scene.stage.exported(templateId));
    while (bee.history.canUndo) bee.history.undo();
    expect(linkOf(bee)).toBe("https://example.com/");
    expect(JSON.stringify(await jsonOf(bee))).not.toContain(ids.paragraph);
  });

  test("[SYN-4] a server that restarts in a session has lost nothing it acknowledged, and the session goes on", async () => {
    const scene = await openScene();
    const guest = await startedGuest(scene);
    const { bee, heard, templateId } = guest;
    const scout = await scene.stage.agent(templateId);
    await scout.call("update_button", newLink("agent"));
    await until(() => linkOf(bee) === "https://example.com/agent", "the edit was seen");
    bee.commands.deleteElement({ elementId: ids.paragraph });
    await until(() => isSaved(bee), "it is saved");
    const before = await jsonOf(bee);

    await scene.stage.restart();
    bee.commands.updateButton(newLink("while-away"));
    await until(() => isOnline(bee) && isSaved(bee), "it is connected and saved again");

    expect(bee.status.session?.state).toBe("active");
    expect(await jsonOf(bee)).not.toEqual(before);
    expect(await jsonOf(bee)).toEqual(await scene.stage.exported(templateId));
    const lumen = await scene.stage.agent(templateId, "Lumen");
    await lumen.call("add_section", { columns: [12] });
    await lumen.leave();
    await bee.stopMcpSession();
    expect(heard.at(-1)).toMatchObject({ type: "SESSION_ENDED", reason: "stopped" });
    expect(bee.history.entries).toHaveLength(1);
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(smallPage());
  });

  test("[SES-17] agents whose server restarted have their lease to come back", async () => {
    const scene = await openScene();
    const clock = new FakeClock();
    const { bee, heard, templateId } = await startedGuest(scene, { clock, sessionTimeoutMs: 3_600_000 });
    const scout = await scene.stage.agent(templateId);
    await scout.call("update_button", newLink("agent"));
    await until(() => bee.people.length === 2, "the agent is here");

    await scene.stage.restart();
    await until(() => isOnline(bee) && bee.people.length === 1, "the connection is back, the agent not yet");
    clock.advance(lifetimes.agentLeaseMs - 1);
    expect(bee.status.session?.state).toBe("active");
    clock.advance(1);
    await until(() => heard.at(-1)?.type === "SESSION_ENDED", "the session ended");

    expect(heard.at(-1)).toMatchObject({ reason: "agents-left" });
    expect(heard.filter(({ type }) => type === "USER_LEFT")).toHaveLength(1);
  });

  test("[SYN-8] when the server holds another build of the document, that one is loaded and the session goes on", async () => {
    const scene = await openScene();
    const errors: unknown[] = [];
    const { bee, heard, templateId } = await startedGuest(scene, { onError: ({ code }) => errors.push(code) });
    await (await scene.stage.agent(templateId)).call("update_button", newLink("agent"));
    await until(() => linkOf(bee) === "https://example.com/agent", "the edit was seen");
    const documents: unknown[] = [];
    bee.on("document", (doc) => documents.push(doc));

    await scene.stage.restart({
      whileClosed: (file) => {
        const database = new DatabaseSync(file);
        database.exec("UPDATE template SET generation = generation + 1");
        database.close();
      },
    });
    await until(() => documents.length === 1 && isOnline(bee), "the document was loaded again");

    expect(errors).toEqual(["GENERATION_CHANGED"]);
    expect(bee.status.session).toMatchObject({ state: "active", templateId, changes: 1 });
    bee.commands.updateButton(newLink("mine"));
    await until(() => isSaved(bee), "it is saved");
    await bee.stopMcpSession();
    expect(heard.filter(({ type }) => type.startsWith("SESSION"))).toHaveLength(2);
    expect(await scene.stage.exported(templateId)).toEqual(await jsonOf(bee));
    bee.history.undo();
    expect(await jsonOf(bee)).toEqual(smallPage());
  });

  test("[SES-13] stopping while the connection is gone still seals when it comes back in time", async () => {
    const scene = await openScene();
    const clock = new FakeClock();
    const { bee, templateId } = await startedGuest(scene, { clock });
    scene.network.refuse(true);
    scene.network.cut();
    await until(() => !isOnline(bee), "the connection is gone");
    bee.commands.updateButton(newLink("mine"));

    const stopping = bee.stopMcpSession();
    scene.network.refuse(false);
    await stopping;

    expect(bee.history.entries[0]?.incomplete).toBeUndefined();
    expect(await scene.stage.exported(templateId)).toEqual(await jsonOf(bee));
  });
});

describe("tokens", () => {
  test("[TOK-4] a connection that comes back with an expired token gets a new one", async () => {
    const serverClock = new FakeClock(Date.now());
    const scene = await openScene({ clock: serverClock });
    let given = 0;
    const { bee } = await startedGuest(scene, {
      // Without its life time in the answer nothing tells when it expires.
      token: async () => {
        given += 1;
        const { access_token: token } = await scene.stage.login();
        return token;
      },
      clock: new FakeClock(Date.now() - 24 * 3_600_000),
    });
    expect(given).toBe(1);

    await outliveToken(scene, { bee, serverClock });
    await until(() => given === 2 && isOnline(bee) && isSaved(bee), "it came back with a new token");

    expect(bee.status.session?.state).toBe("active");
  });

  test("[TOK-4] a server that refuses the new token as well ends the session, incomplete", async () => {
    const serverClock = new FakeClock(Date.now());
    const scene = await openScene({ clock: serverClock });
    const { access_token: token } = await scene.stage.login();
    const errors: unknown[] = [];
    const { bee, heard } = await startedGuest(scene, { token: () => token, onError: ({ code }) => errors.push(code) });

    await outliveToken(scene, { bee, serverClock });
    await until(() => heard.at(-1)?.type === "SESSION_ENDED", "the session ended");

    expect(errors).toEqual(["AUTH_EXPIRED"]);
    expect(heard.at(-1)).toMatchObject({ reason: "lost" });
    expect(bee.history.entries).toMatchObject([{ kind: "agent-session", incomplete: true }]);
    expect(linkOf(bee)).toBe("https://example.com/late");
  });
});

/** Breaks the connection when the token is over and the session, kept alive by an edit, is not. */
async function outliveToken(
  { network }: Scene,
  { bee, serverClock }: { bee: Bee; serverClock: FakeClock },
): Promise<void> {
  serverClock.advance(lifetimes.tokenMs / 2);
  await until(() => isOnline(bee), "the connection is there");
  bee.commands.updateButton(newLink("early"));
  await until(() => isSaved(bee), "it is saved");
  network.refuse(true);
  serverClock.advance(lifetimes.tokenMs / 2 + 1000);
  network.cut();
  bee.commands.updateButton(newLink("late"));
  network.refuse(false);
}

describe("a room that many share", () => {
  test("[SES-18] two join, see each other's work, and leave without ending it", async () => {
    const { stage } = await openScene();
    const { templateId } = await stage.server.createTemplate({ template: smallPage() });
    const [ann, bert] = [stage.guest(), stage.guest({ username: "Bert", userHandle: "bert", userColor: "#0f6947" })];
    await Promise.all([ann.bee.join(templateId), bert.bee.join(templateId)]);
    expect(await jsonOf(ann.bee)).toEqual(smallPage());
    await until(() => ann.bee.people.length === 2, "both are here");

    const told: string[] = [];
    bert.bee.subscribe(({ actor, operation }) => told.push(`${actor.name} ${operation}`));
    ann.bee.commands.updateButton(newLink("ann"));
    await until(() => told.length === 1, "Bert saw it");
    bert.bee.commands.deleteElement({ elementId: ids.paragraph });
    await until(() => isSaved(bert.bee), "it is saved");
    await ann.bee.select(ids.button);
    await until(() => bert.bee.people.some(({ selection }) => selection === ids.button), "Bert sees where Ann is");
    await ann.bee.stopMcpSession();

    expect(told[0]).toBe("Ann edit");
    expect(ann.heard).toEqual([]);
    expect(ann.bee.status).toEqual({ ready: true, connection: "offline", saving: "local", unsavedChanges: 0 });
    expect(bert.bee.status.session).toMatchObject({ state: "active", templateId });
    expect(bert.bee.status.session?.expiresAt).toBeUndefined();
    bert.bee.history.undo();
    expect(JSON.stringify(await jsonOf(bert.bee))).toContain(ids.paragraph);
    expect(linkOf(bert.bee)).toBe("https://example.com/ann");
  });

  test("[SYN-6] a template that is not there, or not ours, is told so; the local template stays", async () => {
    const { stage } = await openScene();
    const { bee } = stage.guest();
    await bee.start(smallPage());
    const before = bee.template;

    await expect(bee.join("tpl_nobody_knows")).rejects.toMatchObject({ error: { code: "TEMPLATE_NOT_FOUND" } });

    expect(bee.template).toBe(before);
    expect(bee.status).toEqual({ ready: true, connection: "offline", saving: "local", unsavedChanges: 0 });
  });
});
