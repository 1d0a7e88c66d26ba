import { rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCampaign } from "./campaign.ts";

const options = {
  isFromSource: true,
  // Other tests have the same processors; `npm run faults` holds a server that has them alone to two seconds.
  recoveryLimitMs: 20_000,
  // biome-ignore lint/suspicious/noConsole: says the seed
  print: (line: string) => console.info(line),
};

test("nothing acknowledged is lost when the server is killed under load, twenty times", {
  timeout: 240_000,
}, async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const { rounds, kills, answered, saved } = await runCampaign({ ...options, rounds: 20, seed });
  expect(rounds).toBe(20);
  expect(kills).toBeGreaterThanOrEqual(20);
  // Fewer would show little.
  expect(answered).toBeGreaterThan(60);
  expect(saved).toBeGreaterThan(200);
});

test("a server that forgets what it said is noticed", { timeout: 60_000 }, async () => {
  const forget = (dataFolder: string) => {
    truncateSync(join(dataFolder, "waggle.db-wal"));
    rmSync(join(dataFolder, "waggle.db-shm"), { force: true });
  };
  await expect(runCampaign({ ...options, rounds: 5, seed: 1, spoil: forget })).rejects.toThrow(/Round \d of seed 1: /);
});
