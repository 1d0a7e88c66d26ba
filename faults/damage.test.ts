import { randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { LoneAgent, missing } from "./lone-agent.ts";
import { onGround } from "./one-server.test-suite.ts";
import { createTemplate, exportTemplate } from "./templates.ts";

test("a write that the crash tore apart does not stand in the way of those before it", { timeout: 60_000 }, () =>
  onGround(async ({ start, dataFolder }) => {
    const first = await start();
    const templateId = await createTemplate(first.origin);
    const agent = new LoneAgent(first.origin, templateId);
    for (let i = 0; i < 10; i += 1) await agent.addTitle();
    await first.kill();
    appendFileSync(join(dataFolder, "waggle.db-wal"), randomBytes(5000));
    const second = await start();
    expect(missing(agent.acknowledged, await exportTemplate(second.origin, templateId))).toStrictEqual([]);
    expect(agent.acknowledged).toHaveLength(10);
  }),
);

test(
  "a damaged snapshot gives way to the one before it and the log, and the operator is told",
  { timeout: 60_000 },
  () =>
    onGround(async ({ start, dataFolder }) => {
      const first = await start();
      const templateId = await createTemplate(first.origin);
      const agent = new LoneAgent(first.origin, templateId);
      for (let i = 0; i < 10; i += 1) await agent.addTitle();
      await first.stop();
      expect(damageNewest(join(dataFolder, "waggle.db"), templateId)).toBe(true);
      const second = await start();
      expect(missing(agent.acknowledged, await exportTemplate(second.origin, templateId))).toStrictEqual([]);
      expect(second.complaints.join("\n")).toContain("A snapshot was damaged; the one before it and the log are used.");
      expect(await new LoneAgent(second.origin, templateId).addTitle()).toStrictEqual({ isError: false });
    }),
);

/** Changes one bit of the newest snapshot, if there is one before it. */
function damageNewest(file: string, templateId: string): boolean {
  const db = new DatabaseSync(file);
  const rows = db
    .prepare("SELECT rowid AS id, state FROM snapshot WHERE template_id = ? ORDER BY revision DESC")
    .all(templateId);
  const [newest] = rows;
  if (!newest || rows.length < 2 || !(newest.state instanceof Uint8Array)) return false;
  const state = Uint8Array.from(newest.state);
  state[Math.floor(state.length / 2)] = (state[Math.floor(state.length / 2)] ?? 0) ^ 1;
  db.prepare("UPDATE snapshot SET state = ? WHERE rowid = ?").run(state, newest.id ?? 0);
  db.close();
  return true;
}
