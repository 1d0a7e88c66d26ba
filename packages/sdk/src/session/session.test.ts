import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Bee } from "../bee-types.ts";
import { ids, smallPage } from "../page.test-suite.ts";
import { Stage, until } from "../stage.test-suite.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

async function jsonOf(bee: Bee) {
  const { data } = await bee.getTemplateJson();
  return data.json;
}

const linkOf = (bee: Bee) => bee.template.nodes.get(ids.button)?.["/descriptor/button/href"];

describe("a session from start to end", () => {
  test("[HIS-6] an agent's whole visit is one step: undo gives back every byte, redo brings every edit", async () => {
    const { bee, heard } = stage.guest();
    await bee.start(smallPage());
    const before = await jsonOf(bee);
    const { templateId } = await bee.startMcpSession();
    const told: string[] = [];
    bee.subscribe(({ actor, operation, origin }) => told.push(`${origin}: ${actor.name} ${operation}`));

    const scout = await stage.agent(templateId);
    await scout.call("update_button", { elementId: ids.button, text: "Order now", href: "https://example.com/order" });
    await scout.call("add_section", { columns: [12] });
    await scout.call("add_title", { section: 1, column: 0, text: "Fresh bread" });
    await until(() => told.length === 3, "three edits were seen");
    expect(linkOf(bee)).toBe("https://example.com/order");
    expect(bee.status.session).toMatchObject({ state: "active", templateId, changes: 3 });
    await scout.leave();
    await until(() => heard.at(-1)?.type === "SESSION_ENDED", "the session ended");

    expect(told).toEqual(["remote: Scout update_button", "remote: Scout add_section", "remote: Scout add_title"]);
    expect(bee.status).toEqual({ ready: true, connection: "offline", saving: "local" });
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
});
