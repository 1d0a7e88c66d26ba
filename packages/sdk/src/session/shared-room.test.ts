import { describe, expect, onTestFinished, test } from "vitest";
import type { Bee, BeeConfig } from "../bee-types.ts";
import { ids, smallPage } from "../page.test-suite.ts";
import { Stage, until } from "../stage.test-suite.ts";

interface Room {
  readonly stage: Stage;
  readonly templateId: string;
}

/** What a host hears of a shared room. */
interface HostEar {
  readonly heard: string[];
  readonly config: Partial<BeeConfig>;
}

async function openRoom(): Promise<Room> {
  const stage = await Stage.open();
  onTestFinished(() => stage.close());
  const { templateId } = await stage.server.createTemplate({ template: smallPage() });
  return { stage, templateId };
}

function hostEar(): HostEar {
  const heard: string[] = [];
  return {
    heard,
    config: {
      onSessionStarted: ({ sessionId }) => heard.push(`started ${sessionId}`),
      onSessionChange: ({ change, sessionData }) => {
        const { type, value } = change;
        const names = Object.values(sessionData.users).map(({ username }) => username);
        heard.push(`${type} ${value.username}${value.isMcpUser ? " (agent)" : ""}: ${names.join(", ")}`);
      },
    },
  };
}

const linkOf = (bee: Bee) => bee.template.nodes.get(ids.button)?.["/descriptor/button/href"];
const newLink = (path: string) => ({ elementId: ids.button, href: `https://example.com/${path}` });
const isSaved = ({ status }: Bee) => status.saving === "saved";
const hasText = (bee: Bee, text: string) => JSON.stringify([...bee.template.nodes.entries()]).includes(text);

describe("a room that can't be entered", () => {
  test("[SES-11] leaves the running session as it is; one that can be entered ends it", async () => {
    const { stage, templateId } = await openRoom();
    const { bee, heard } = stage.guest();
    await bee.start(smallPage());
    const own = await bee.startMcpSession();

    await expect(bee.join("tpl_nobody_knows")).rejects.toMatchObject({ error: { code: "TEMPLATE_NOT_FOUND" } });

    expect(bee.status.session).toMatchObject({ state: "active", templateId: own.templateId });
    bee.commands.updateButton(newLink("goes-on"));
    await until(() => isSaved(bee), "it is saved");
    await bee.join(templateId);
    expect(heard.at(-1)).toMatchObject({ type: "SESSION_ENDED", reason: "new-template" });
    expect(bee.status.session).toMatchObject({ state: "active", templateId });
    await bee.join(templateId);
    expect(bee.status.session).toMatchObject({ state: "active", templateId, userHandle: "ann" });
  });

  test("[DOC-13] a join that waits for its host's token does not hold up a newer load, nor stopping", async () => {
    const { stage, templateId } = await openRoom();
    const { bee } = stage.guest({ token: () => new Promise<string>(() => undefined) });
    const refused = { error: { code: "SESSION_ENDED" } };
    const first = bee.join(templateId);
    const second = bee.start(smallPage());
    await expect(first).rejects.toMatchObject(refused);
    await second;
    const third = bee.join(templateId);
    await until(() => bee.status.session?.state === "starting", "it waits");
    await bee.stopMcpSession();

    await expect(third).rejects.toMatchObject(refused);
    expect(bee.status).toEqual({ ready: true, connection: "offline", saving: "local", unsavedChanges: 0 });
  });
});

describe("a room that many share", () => {
  test("[SES-21] a host hears that it was entered, and of everyone who is there, comes and goes, once each", async () => {
    const { stage, templateId } = await openRoom();
    const ear = hostEar();
    const told: string[] = [];
    const bert = stage.guest({ username: "Bert", userHandle: "bert" });
    await bert.bee.join(templateId);
    const { bee, heard } = stage.guest({ ...ear.config, userHandle: "ann" });
    bee.on("session-started", ({ sessionId }) => told.push(sessionId));

    await bee.join(templateId);
    const scout = await stage.agent(templateId);
    await scout.call("get_content_hierarchy", {});
    await until(() => bee.people.length === 3, "all are here");
    await scout.leave();
    await bert.bee.leave();
    await until(() => bee.people.length === 1, "they left", 8_000);

    expect(ear.heard).toEqual([
      `started ${templateId}`,
      "USER_JOINED Bert: Bert, Ann",
      "USER_JOINED Scout (agent): Bert, Ann, Scout",
      "USER_LEFT Scout (agent): Bert, Ann",
      "USER_LEFT Bert: Ann",
    ]);
    expect(told).toEqual([templateId]);
    expect(heard).toEqual([]);
    expect(bee.status.session).toEqual({
      state: "active",
      userHandle: "ann",
      templateId,
      startedAt: expect.any(Number),
      changes: 0,
    });
  });

  test("[SES-18] two browsers and an agent, live both ways; leaving keeps the template, the server has the result", async () => {
    const { stage, templateId } = await openRoom();
    const [ann, bert] = [stage.guest({ userHandle: "ann" }), stage.guest({ username: "Bert", userHandle: "bert" })];
    await Promise.all([ann.bee.join(templateId), bert.bee.join(templateId)]);
    const scout = await stage.agent(templateId);

    await scout.call("add_section", { columns: [12] });
    await scout.call("add_title", { section: 1, column: 0, text: "Fresh bread" });
    ann.bee.commands.updateButton(newLink("ann"));
    bert.bee.commands.deleteElement({ elementId: ids.paragraph });
    const isEqual = () => linkOf(bert.bee) === "https://example.com/ann" && hasText(ann.bee, "Fresh bread");
    await until(() => isEqual() && isSaved(ann.bee) && isSaved(bert.bee), "both have all of it");
    await ann.bee.leave();
    await ann.bee.leave();
    ann.bee.commands.updateButton(newLink("local"));

    const { data } = await bert.bee.getTemplateJson();
    expect(await stage.exported(templateId)).toEqual(data.json);
    expect(linkOf(bert.bee)).toBe("https://example.com/ann");
    expect(ann.bee.status).toMatchObject({ saving: "local", connection: "offline" });
    // Whoever left can come back, or open the template to agents.
    await ann.bee.startMcpSession();
    await ann.bee.join(templateId);
    expect(linkOf(ann.bee)).toBe("https://example.com/ann");
  });

  test("[HIS-15] one person takes back what agents did, while others go on; undo brings it back", async () => {
    const { stage, templateId } = await openRoom();
    const [ann, bert] = [stage.guest({ userHandle: "ann" }), stage.guest({ username: "Bert", userHandle: "bert" })];
    await Promise.all([ann.bee.join(templateId), bert.bee.join(templateId)]);
    const [scout, lumen] = [await stage.agent(templateId), await stage.agent(templateId, "Lumen")];
    await scout.call("update_button", newLink("scout"));
    bert.bee.commands.updateTitle({ elementId: ids.title, headingLevel: "h3" });
    await until(() => isSaved(bert.bee), "Bert's edit is saved");
    await lumen.call("delete_element", { elementId: ids.paragraph });
    await until(() => ann.bee.status.session?.changes === 2, "Ann has seen both");

    const { entry, remarks } = ann.bee.history.undo({ scope: "agents" });
    bert.bee.commands.addSection({ columns: [12] });
    await until(() => linkOf(bert.bee) === "https://example.com/", "Bert sees it");

    expect(entry).toMatchObject({ kind: "revert", label: "Took back 2 changes by Scout and Lumen" });
    expect(remarks).toEqual([]);
    const seen = bert.bee.template.nodes.get(ids.title)?.["/descriptor/heading/title"];
    expect(seen).toBe("h3");
    await until(() => isSaved(ann.bee) && isSaved(bert.bee), "all is saved");
    ann.bee.history.undo();
    await until(() => linkOf(bert.bee) === "https://example.com/scout" && isSaved(ann.bee), "it is back");
    const { data } = await ann.bee.getTemplateJson();
    expect(await stage.exported(templateId)).toEqual(data.json);
    expect(JSON.stringify(data.json)).not.toContain(ids.paragraph);
  });

  test("[SES-21] destroy leaves: the others see it, and nothing is ended", async () => {
    const { stage, templateId } = await openRoom();
    const ear = hostEar();
    const [ann, bert] = [stage.guest({ userHandle: "ann", username: "Ann" }), stage.guest(ear.config)];
    await Promise.all([ann.bee.join(templateId), bert.bee.join(templateId)]);
    await until(() => bert.bee.people.length === 2, "both are here");

    ann.bee.destroy();
    await until(() => bert.bee.people.length === 1, "Ann left", 8_000);

    expect(ear.heard.at(-1)).toMatch(/^USER_LEFT Ann/);
    expect(bert.bee.status.session?.state).toBe("active");
  });
});
