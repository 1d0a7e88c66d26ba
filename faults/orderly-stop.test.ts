import { Random } from "@waggle/testing";
import { expect, test } from "vitest";
import { Ledger } from "./claims.ts";
import { Crowd } from "./crowd.ts";
import { onGround, watch } from "./one-server.test-suite.ts";
import { pause } from "./server-process.ts";
import { createTemplate, exportTemplate } from "./templates.ts";

test(
  "a server asked to end under load ends in order: everything acknowledged is there, and sockets come back",
  {
    timeout: 120_000,
  },
  () =>
    onGround(async ({ start }) => {
      const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
      // biome-ignore lint/suspicious/noConsole: says the seed
      console.info(`seed ${seed}`);
      const first = await start();
      const { origin } = first;
      const templateIds = [await createTemplate(origin), await createTemplate(origin)];
      const [templateId = ""] = templateIds;
      const ledger = new Ledger();
      const random = new Random(seed);
      const crowd = await Crowd.gather({ templateIds, serverOrigin: origin, gateOrigin: origin, random, ledger });
      const watcher = await watch(origin, templateId);
      const quiet = new AbortController();
      const working = crowd.work(quiet.signal);
      working.catch(() => undefined);
      const latest = performance.now() + 30_000;
      while (ledger.answered < 20 && performance.now() < latest) await pause(5);
      const exitCode = await first.stop();
      quiet.abort();
      await working;
      expect(exitCode).toBe(0);
      expect(first.complaints).toStrictEqual([]);
      expect(await watcher.closed).toStrictEqual({
        code: 1012,
        reason: expect.stringMatching(/^SHUTTING_DOWN: .*Connect again/),
      });
      expect(ledger.answered).toBeGreaterThanOrEqual(20);

      const second = await start();
      for (const id of templateIds)
        expect(ledger.losses(id, await exportTemplate(second.origin, id))).toStrictEqual([]);
      await crowd.settle();
      expect(await crowd.differences()).toStrictEqual([]);
      crowd.leave();
    }),
);
