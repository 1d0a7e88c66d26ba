// npm run faults [-- --rounds 100 --seed 1 --recovery-ms 2000]: kills the server with -9 under load; nothing acknowledged may be lost.
import { parseArgs } from "node:util";
import { runCampaign } from "./campaign.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "100" },
    seed: { type: "string" },
    "recovery-ms": { type: "string", default: "2000" },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

try {
  const { rounds, kills, answered, saved, recoveryMs } = await runCampaign({
    rounds: Number(values.rounds),
    seed,
    isFromSource: process.execArgv.includes("--conditions=@waggle/source"),
    recoveryLimitMs: Number(values["recovery-ms"]),
    print,
  });
  print(
    `\n${rounds} rounds, ${kills} kills, ${answered} edits answered to agents and ${saved} saved for people, lost 0, recovery ${recoveryMs.p50} ms (at most ${recoveryMs.max} ms)`,
  );
} catch (failure) {
  print(`\nFailed. Repeat with --seed ${seed}.`);
  print(failure instanceof Error ? String(failure.stack ?? failure) : String(failure));
  process.exitCode = 1;
}
process.exit();
