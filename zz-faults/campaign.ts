import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@waggle/testing";
import { Ledger } from "./claims.ts";
import { Crowd } from "./crowd.ts";
import { damageOf } from "./database.ts";
import { Gate } from "./gate.ts";
import { freePort, pause, type ServerPlan, ServerProcess } from "./server-process.ts";
import { createTemplate, exportTemplate } from "./templates.ts";

export interface CampaignOptions {
  readonly rounds: number;
  readonly seed: number;
  /** From TypeScript sources instead of what was built. */
  readonly isFromSource: boolean;
  /** How long after its start a killed server has to serve again. */
  readonly recoveryLimitMs: number;
  readonly print: (line: string) => void;
  /** Does something to the data of a dead server, to show that a loss is noticed. */
  readonly spoil?: (dataFolder: string) => void;
}

export interface Summary {
  readonly rounds: number;
  readonly kills: number;
  /** Edits whose reply an agent saw. */
  readonly answered: number;
  /** Edits of people that their editor called saved. */
  readonly saved: number;
  /** From the start of a process until it exports a template that was written before the kill. */
  readonly recoveryMs: { readonly p50: number; readonly max: number };
}

const templates = 3;
/** The server is killed at the latest after this long under load. */
const longestLoadMs = 1500;

/** Kills the server under load, again and again. Rejects at the first round that lost something or came back too late. */
export async function runCampaign(options: CampaignOptions): Promise<Summary> {
  const folder = mkdtempSync(join(tmpdir(), "waggle-faults-"));
  const port = await freePort();
  const plan = { port, dataFolder: join(folder, "data"), isFromSource: options.isFromSource };
  const gate = await Gate.build(port);
  const campaign = new Campaign(options, { plan, gate });
  try {
    return await campaign.run();
  } finally {
    await campaign.close();
    await gate.close();
    console.log("kept", folder);
  }
}

interface Ground {
  readonly plan: ServerPlan;
  readonly gate: Gate;
}

class Campaign {
  readonly #options: CampaignOptions;
  readonly #ground: Ground;
  readonly #random: Random;
  readonly #ledger = new Ledger();
  readonly #recoveries: number[] = [];
  #templateIds: readonly string[] = [];
  #server: ServerProcess;
  #crowd: Crowd | undefined;
  #kills = 0;

  constructor(options: CampaignOptions, ground: Ground) {
    this.#options = options;
    this.#ground = ground;
    this.#random = new Random(options.seed);
    this.#server = new ServerProcess(ground.plan);
  }

  async run(): Promise<Summary> {
    const { rounds, print } = this.#options;
    await this.#server.answers();
    const crowd = await this.#gather();
    print(`seed ${this.#options.seed}: ${crowd.size}, ${rounds} rounds`);
    for (let round = 1; round <= rounds; round += 1) {
      await this.#round(crowd).catch((failure: unknown) => {
        throw new Error(`Round ${round} of seed ${this.#options.seed}: ${messageOf(failure)}`, { cause: failure });
      });
      if (round % 5 === 0 || round === rounds) print(this.#progress(round));
    }
    return this.#summary();
  }

  async close(): Promise<void> {
    this.#crowd?.leave();
    await this.#server.kill();
  }

  async #gather(): Promise<Crowd> {
    const { origin } = this.#server;
    const made = Array.from({ length: templates }, () => createTemplate(origin));
    this.#templateIds = await Promise.all(made);
    this.#crowd = await Crowd.gather({
      templateIds: this.#templateIds,
      serverOrigin: origin,
      gateOrigin: `http://127.0.0.1:${this.#ground.gate.port}`,
      random: this.#random,
      ledger: this.#ledger,
    });
    return this.#crowd;
  }

  async #round(crowd: Crowd): Promise<void> {
    const { gate, plan } = this.#ground;
    await this.#killUnderLoad(crowd);
    if (this.#random.chance(0.3)) crowd.loseSomebody();
    await crowd.typeOffline();
    requireNothing("The database is damaged", damageOf(plan.dataFolder));
    this.#options.spoil?.(plan.dataFolder);
    await this.#restart();
    // Nobody's browser has been let in yet: this is what was on the disk.
    for (const templateId of this.#templateIds)
      requireNothing("Lost", this.#ledger.losses(templateId, await exportTemplate(this.#server.origin, templateId)));
    gate.open();
    await crowd.comeBack();
    await crowd.settle();
    requireNothing("Not the same for everyone", await crowd.differences());
  }

  async #killUnderLoad(crowd: Crowd): Promise<void> {
    const quiet = new AbortController();
    const working = crowd.work(quiet.signal);
    // A failure while we wait is told by the `await` below.
    working.catch(() => undefined);
    await this.#untilTheMoment();
    this.#ground.gate.shut(this.#random.chance(0.8) ? "held" : "refused");
    await this.#kill();
    quiet.abort();
    await working;
  }

  /** Counted in edits, so that a slow machine has as much under way as a fast one; now and then right at the start. */
  async #untilTheMoment(): Promise<void> {
    const enough = this.#ledger.answered + (this.#random.chance(0.2) ? 0 : this.#random.between(3, 30));
    const latest = performance.now() + longestLoadMs;
    while (this.#ledger.answered < enough && performance.now() < latest) await pause(5);
    await pause(this.#random.between(0, 100));
  }

  /** Now and then the next server is killed as well, while it starts. */
  async #restart(): Promise<void> {
    if (this.#random.chance(0.15)) {
      this.#server = new ServerProcess(this.#ground.plan);
      await pause(this.#random.between(100, 900));
      await this.#kill();
    }
    this.#server = new ServerProcess(this.#ground.plan);
    await this.#server.answers();
    await exportTemplate(this.#server.origin, this.#templateIds[0] ?? "");
    const recovery = this.#server.age;
    this.#recoveries.push(recovery);
    if (recovery > this.#options.recoveryLimitMs)
      throw new Error(`It took ${Math.round(recovery)} ms until the server served again.`);
  }

  async #kill(): Promise<void> {
    requireNothing("The server complained", this.#server.complaints);
    this.#kills += 1;
    await this.#server.kill();
  }

  #progress(round: number): string {
    const { answered, saved } = this.#ledger;
    const { p50, max } = this.#summary().recoveryMs;
    return `round ${round}: ${this.#kills} kills, ${answered} edits answered to agents, ${saved} saved for people, 0 lost, recovery ${p50} ms, at most ${max} ms`;
  }

  #summary(): Summary {
    const sorted = this.#recoveries.map(Math.round).sort((a, b) => a - b);
    const { answered, saved } = this.#ledger;
    const recoveryMs = { p50: sorted[Math.floor(sorted.length / 2)] ?? 0, max: sorted.at(-1) ?? 0 };
    return { rounds: this.#options.rounds, kills: this.#kills, answered, saved, recoveryMs };
  }
}

function requireNothing(what: string, found: readonly string[]): void {
  if (found.length === 0) return;
  const more = found.length > 5 ? `\n… and ${found.length - 5} more` : "";
  throw new Error(`${what}:\n${found.slice(0, 5).join("\n")}${more}`);
}

const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));
