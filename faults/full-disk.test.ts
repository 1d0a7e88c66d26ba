import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { LoneAgent, missing } from "./lone-agent.ts";
import { onGround, watch } from "./one-server.test-suite.ts";
import { createTemplate, exportTemplate } from "./templates.ts";

const limit = 600;

test(
  "on a full disk nothing is called saved that is not, people start over, and work goes on when there is space",
  {
    timeout: 120_000,
  },
  () =>
    onGround(async ({ start }) => {
      const server = await start({ fileLimitKilobytes: limit });
      const { origin } = server;
      const templateId = await createTemplate(origin);
      const agent = new LoneAgent(origin, templateId);
      const watcher = await watch(origin, templateId);
      let reply = await agent.addTitle(5000);
      for (let i = 0; i < 500 && !reply.isError; i += 1) reply = await agent.addTitle(5000);
      expect(reply).toMatchObject({
        code: "NOT_SAVED",
        message: expect.stringMatching(/was not saved.*repeat the call/),
      });
      expect(agent.acknowledged.length).toBeGreaterThan(5);
      expect(await watcher.closed).toStrictEqual({
        code: 4409,
        reason: expect.stringMatching(/^GENERATION_CHANGED: .*Load it again/),
      });
      expect(missing(agent.acknowledged, await exportTemplate(origin, templateId))).toStrictEqual([]);
      expect(missing(agent.refused, await exportTemplate(origin, templateId))).toStrictEqual(agent.refused);

      execFileSync("prlimit", ["--pid", String(server.pid), "--fsize=unlimited"]);
      expect(await agent.addTitle()).toStrictEqual({ isError: false });
      expect((await fetch(`${origin}/health`)).status).toBe(200);
      expect(server.complaints.join("\n")).toContain("The database takes no writes");

      await server.kill();
      const next = await start();
      const exported = await exportTemplate(next.origin, templateId);
      expect(missing(agent.acknowledged, exported)).toStrictEqual([]);
      expect(missing(agent.refused, exported)).toStrictEqual(agent.refused);
    }),
);

test("a server that can't write from the start says so and ends", { timeout: 60_000 }, () =>
  onGround(async ({ start }) => {
    await expect(start({ fileLimitKilobytes: 0 })).rejects.toThrow(
      /can't be opened for writing\. .*has space left|takes no writes/,
    );
  }),
);
