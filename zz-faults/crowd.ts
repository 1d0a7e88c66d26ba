import { isDeepStrictEqual } from "node:util";
import type { Random } from "@waggle/testing";
import { Agent } from "./agent.ts";
import type { Ledger } from "./claims.ts";
import { Person } from "./person.ts";
import { pause } from "./server-process.ts";
import { exportTemplate } from "./templates.ts";

export interface CrowdPlan {
  readonly templateIds: readonly string[];
  /** Where agents go. */
  readonly serverOrigin: string;
  /** Where browsers go: the gate in front of the server. */
  readonly gateOrigin: string;
  readonly random: Random;
  readonly ledger: Ledger;
}

/** How long everyone may take to hold the same document. */
const settleWaitMs = 20_000;

/** The people and agents who write, spread over the templates. */
export class Crowd {
  readonly #plan: CrowdPlan;
  readonly #agents: readonly Agent[];
  #people: Person[] = [];
  #comers = 0;
  /** Where somebody is missing. */
  #lostTemplate: string | undefined;

  private constructor(plan: CrowdPlan) {
    const { random, templateIds, serverOrigin: origin, ledger } = plan;
    this.#plan = plan;
    this.#agents = Array.from({ length: random.between(2, 4) }, (_none, i) => {
      const templateId = random.pick(templateIds);
      const era = i % 2 === 0 ? "2025" : "2026";
      return new Agent({ name: `agent${i}`, origin, templateId, era, random, ledger, ownsSubject: i === 0 });
    });
  }

  static async gather(plan: CrowdPlan): Promise<Crowd> {
    const crowd = new Crowd(plan);
    const people = plan.random.between(3, 5);
    for (let i = 0; i < people; i += 1) await crowd.#welcome(plan.templateIds[i % plan.templateIds.length] ?? "");
    return crowd;
  }

  get size(): string {
    return `${this.#people.length} people and ${this.#agents.length} agents on ${this.#plan.templateIds.length} templates`;
  }

  /** Everyone writes until `signal`. Resolves when all are quiet; rejects when someone was told what should not be. */
  async work(signal: AbortSignal): Promise<void> {
    await Promise.all([
      ...this.#agents.map((agent) => agent.work(signal)),
      ...this.#people.map((person) => this.#type(person, signal)),
    ]);
    this.#requireNoErrors();
  }

  /** People don't notice at once that the server is gone. */
  async typeOffline(): Promise<void> {
    const edits = this.#plan.random.below(4);
    for (let i = 0; i < edits; i += 1) {
      this.#plan.random.pick(this.#people).edit();
      await pause(5);
    }
  }

  /** Somebody's browser is gone with whatever it had not saved. Another comes with `comeBack`. */
  loseSomebody(): void {
    const [lost] = this.#people.splice(this.#plan.random.below(this.#people.length), 1);
    lost?.leave();
    this.#lostTemplate = lost?.templateId;
  }

  async comeBack(): Promise<void> {
    const templateId = this.#lostTemplate;
    this.#lostTemplate = undefined;
    if (templateId !== undefined) await this.#welcome(templateId);
  }

  /** Resolves when all people have saved everything and those of one template hold the same; rejects when that takes too long. */
  async settle(): Promise<void> {
    const end = performance.now() + settleWaitMs;
    while (!this.#people.every(({ isSettled }) => isSettled) || !this.#agree()) {
      this.#requireNoErrors();
      if (performance.now() > end)
        throw new Error(`People do not come to agree: ${this.#people.map(({ state }) => state).join(", ")}.`);
      await pause(10);
    }
  }

  /** What is wrong when the server's export, everyone's editor and a newcomer's are compared; nothing when all are one. */
  async differences(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const templateId of this.#plan.templateIds) {
      const exported = await exportTemplate(this.#plan.serverOrigin, templateId);
      const newcomer = this.#newcomer(templateId);
      await newcomer.join();
      if (!isDeepStrictEqual(await newcomer.export(), exported))
        found.push(`A newcomer sees another ${templateId} than the server exports.`);
      for (const person of this.#in(templateId))
        if (person.document !== newcomer.document)
          found.push(`${person.state} sees another ${templateId} than a newcomer.`);
      found.push(...this.#plan.ledger.losses(templateId, exported));
      newcomer.leave();
    }
    return found;
  }

  leave(): void {
    for (const person of this.#people) person.leave();
  }

  async #welcome(templateId: string): Promise<void> {
    const person = this.#newcomer(templateId);
    await person.join();
    this.#people.push(person);
  }

  #newcomer(templateId: string): Person {
    const { gateOrigin: origin, random, ledger } = this.#plan;
    this.#comers += 1;
    return new Person({ name: `person${this.#comers}`, origin, templateId, random, ledger });
  }

  async #type(person: Person, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      person.edit();
      await pause(this.#plan.random.between(4, 30));
    }
  }

  #in(templateId: string): readonly Person[] {
    return this.#people.filter((person) => person.templateId === templateId);
  }

  #agree(): boolean {
    return this.#plan.templateIds.every((id) => new Set(this.#in(id).map((person) => person.document)).size <= 1);
  }

  #requireNoErrors(): void {
    const [error] = this.#people.flatMap(({ errors }) => errors);
    if (error) throw new Error("An editor reported an error.", { cause: error });
  }
}
