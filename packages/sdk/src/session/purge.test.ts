import { type ChangeSet, purgeOperation } from "@waggle/template";
import { expect, onTestFinished, test } from "vitest";
import { ids, smallPage } from "../page.test-suite.ts";
import { Stage, until } from "../stage.test-suite.ts";

const hour = 3_600_000;
/** How often a server looks after its rooms. */
const beatMs = 15_000;

/** The server's time, which can be put forward; its rooms are looked after five times a second. */
function hastyClock() {
  let ahead = 0;
  return {
    skip: (ms: number) => {
      ahead += ms;
    },
    now: () => Date.now() + ahead,
    after: (delayMs: number, callback: () => void) => {
      const timer = setTimeout(callback, delayMs === beatMs ? 200 : Math.min(delayMs, 2 ** 31 - 1));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

test("[HIS-15] what agents deleted in a shared room a day ago, and the server purged, comes back by undo in every browser", async () => {
  const clock = hastyClock();
  const stage = await Stage.open({ clock });
  onTestFinished(() => stage.close());
  const { templateId } = await stage.server.createTemplate({ template: smallPage() });
  const [ann, bert] = [stage.guest({ userHandle: "ann" }), stage.guest({ username: "Bert", userHandle: "bert" })];
  await Promise.all([ann.bee.join(templateId), bert.bee.join(templateId)]);
  const before = (await ann.bee.getTemplateJson()).data.json;
  const told: string[] = [];
  ann.bee.subscribe(({ actor, operation }) => told.push(`${actor.kind} ${operation}`));
  const scout = await stage.agent(templateId);
  await scout.call("update_paragraph", { elementId: ids.paragraph, html: "<p>Rewritten.</p>" });
  await scout.call("delete_element", { elementId: ids.paragraph });
  clock.skip(25 * hour);
  await until(() => [ann, bert].every(({ bee }) => !bee.template.nodes.has(ids.paragraph)), "it is purged");
  expect(told).toEqual(["agent update_paragraph", "agent delete_element", `server ${purgeOperation}`]);
  expect(ann.bee.status.session?.changes).toBe(2);

  const changes: ChangeSet[] = [];
  bert.bee.subscribe(({ change }) => changes.push(change));
  expect(ann.bee.history.undo({ scope: "agents" })).toMatchObject({ conflicts: [], remarks: [] });
  await until(() => bert.bee.template.nodes.has(ids.paragraph), "it is back for the other as well");
  for (const { bee } of [ann, bert]) expect((await bee.getTemplateJson()).data.json).toEqual(before);
  await until(() => ann.bee.status.saving === "saved", "it is saved");
  expect(await stage.exported(templateId)).toEqual(before);
  expect(changes).toHaveLength(1);
});
