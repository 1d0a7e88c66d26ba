import { canonicalJson, type Json, walk } from "@waggle/template";
import { Random } from "@waggle/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import * as Y from "yjs";
import { BadNetwork } from "../bad-network.test-suite.ts";
import type { Bee } from "../bee-types.ts";
import { smallPage } from "../page.test-suite.ts";
import { type Agent, Stage, until } from "../stage.test-suite.ts";

// The order in which packets arrive is not repeatable; what everyone does and what the networks do to them is.
const seeds = process.env.WAGGLE_SEED === undefined ? [1, 2, 3] : [Number(process.env.WAGGLE_SEED)];
const turns = 150;
const textKeys = ["/descriptor/heading/text", "/descriptor/paragraph/html", "/descriptor/button/label"];

interface Editor {
  readonly bee: Bee;
  readonly network: BadNetwork;
}

/** Three who work on one template, each over a network of its own, and what they did. */
class Play {
  readonly counts = { commands: 0, typing: 0, history: 0, agent: 0, unanswered: 0, breaks: 0 };
  readonly #random: Random;
  readonly #calls: Promise<void>[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  async run(editors: readonly Editor[], agent: Agent, agentNetwork: BadNetwork): Promise<void> {
    const networks = [...editors.map(({ network }) => network), agentNetwork];
    for (let turn = 0; turn < turns; turn++) {
      const { bee } = this.#random.pick(editors);
      this.#act(bee, agent);
      if (this.#random.chance(0.12)) this.#disturb(this.#random.pick(networks));
      await new Promise((resolve) => setTimeout(resolve, this.#random.below(12)));
    }
    for (const network of networks) network.delayBy(() => 0);
    await Promise.all(this.#calls);
  }

  #act(bee: Bee, agent: Agent): void {
    const act = this.#random.weighted({ command: 4, typing: 4, history: 2, agent: 4 });
    if (act === "command") this.counts.commands += this.#command(bee);
    if (act === "typing") this.counts.typing += this.#type(bee);
    if (act === "history") this.counts.history += this.#turnHistory(bee);
    if (act === "agent") this.#calls.push(this.#call(agent, bee));
  }

  #command(bee: Bee): number {
    const { commands } = bee;
    const { rows, modules } = elementsOf(bee);
    const section = this.#random.below(Math.max(1, rows));
    const kind = this.#random.pick(["section", "title", "button", "remove", "link"]);
    try {
      if (kind === "section") commands.addSection({ columns: [6, 6], position: section });
      if (kind === "title") commands.addTitle({ section, column: 0, text: this.#word() });
      if (kind === "button") commands.addButton({ section, column: 0, text: this.#word() });
      if (kind === "remove" && modules.length > 3) commands.deleteElement({ elementId: this.#random.pick(modules) });
      if (kind === "link") {
        commands.updateButton({ elementId: this.#random.pick(modules), href: `https://example.com/${this.#word()}` });
      }
      return 1;
    } catch {
      // A title has no link, and a place may be gone: refused as a whole.
      return 0;
    }
  }

  #type(bee: Bee): number {
    const texts = elementsOf(bee).modules.flatMap((id) =>
      textKeys.flatMap((key) => bee.textFragment(id, key)?.toArray() ?? []),
    );
    const block = texts.length > 0 ? this.#random.pick(texts) : undefined;
    const text = block instanceof Y.XmlElement ? block.get(0) : undefined;
    if (!(text instanceof Y.XmlText)) return 0;
    bee.doc.transact(() => {
      if (text.length > 4 && this.#random.chance(0.3)) text.delete(this.#random.below(text.length - 2), 2);
      else text.insert(this.#random.below(text.length + 1), this.#word());
    }, "text editor");
    return 1;
  }

  #turnHistory({ history }: Bee): number {
    const { entry } = this.#random.chance(0.6) ? history.undo() : history.redo();
    return entry ? 1 : 0;
  }

  async #call(agent: Agent, bee: Bee): Promise<void> {
    const elementId = this.#random.pick(elementsOf(bee).modules);
    const [name, args] = this.#random.pick<[string, Record<string, unknown>]>([
      ["add_section", { columns: [12] }],
      ["add_paragraph", { section: 0, column: 0, html: `<p>${this.#word()} ${this.#word()}</p>` }],
      ["update_button", { elementId, text: this.#word() }],
      ["update_title", { elementId, text: this.#word() }],
      ["delete_element", { elementId }],
    ]);
    try {
      await agent.call("get_content_hierarchy", {});
      await agent.call(name, args);
      this.counts.agent += 1;
    } catch {
      this.counts.unanswered += 1;
    }
  }

  #disturb(network: BadNetwork): void {
    this.counts.breaks += 1;
    const kind = this.#random.weighted({ cut: 3, cutHalf: 2, away: 3, slow: 3, fast: 2 });
    const [least, most] = [this.#random.below(20), this.#random.between(20, 60)];
    if (kind === "cut") network.cut();
    if (kind === "cutHalf") network.cutHalf();
    if (kind === "away") this.#goAway(network, this.#random.between(20, 120));
    if (kind === "slow") network.delayBy(() => this.#random.between(least, most));
    if (kind === "fast") network.delayBy(() => 0);
  }

  #goAway(network: BadNetwork, forMs: number): void {
    network.refuse(true);
    network.cut();
    setTimeout(() => network.refuse(false), forMs);
  }

  #word(): string {
    return this.#random.pick(["bread", "Größe", "Sunday ", "café", "🥐", "42", "order now"]);
  }
}

function elementsOf({ template }: Bee): { readonly rows: number; readonly modules: readonly string[] } {
  const steps = [...walk(template)];
  return {
    rows: steps.filter(({ kind }) => kind === "row").length,
    modules: steps.filter(({ kind }) => kind === "module").map(({ id }) => id),
  };
}

async function jsonOf(bee: Bee): Promise<Json> {
  const { data } = await bee.getTemplateJson();
  return data.json;
}

describe("over bad networks", () => {
  test.each(seeds)("[SYN-5] two editors and an agent end with equal templates (WAGGLE_SEED=%i)", async (seed) => {
    const stage = await Stage.open();
    const networks = await Promise.all([1, 2, 3].map(() => BadNetwork.before(stage.address)));
    onTestFinished(async () => {
      await stage.close();
      await Promise.all(networks.map((network) => network.close()));
    });
    const [annsNetwork, bertsNetwork, agentNetwork] = networks;
    if (!annsNetwork || !bertsNetwork || !agentNetwork) throw new Error("There are three networks.");
    const { templateId } = await stage.server.createTemplate({ template: smallPage() });
    const token = () => stage.login();
    const errors: unknown[] = [];
    const config = { token, onError: (error: unknown) => errors.push(error) };
    const { bee: ann } = stage.guest({ ...config, server: annsNetwork.address });
    const { bee: bert } = stage.guest({ ...config, server: bertsNetwork.address, username: "Bert" });
    const { bee: witness } = stage.guest({ token });
    await Promise.all([ann.join(templateId), bert.join(templateId)]);
    const agent = await stage.agent(templateId, "Scout", agentNetwork.address);

    const play = new Play(new Random(seed));
    await play.run(
      [
        { bee: ann, network: annsNetwork },
        { bee: bert, network: bertsNetwork },
      ],
      agent,
      agentNetwork,
    );
    for (const bee of [ann, bert])
      await until(() => isSettled(bee), `everything is saved, ${JSON.stringify(bee.status)}`);
    await witness.join(templateId);
    await until(
      () => [ann, bert].every(({ template }) => canonicalJson(template) === canonicalJson(witness.template)),
      "all hold the same",
    );

    expect(await jsonOf(ann)).toEqual(await stage.exported(templateId));
    const { commands, typing, history, agent: answered, breaks } = play.counts;
    expect([commands, typing, history, answered, breaks].every((count) => count > 0)).toBe(true);
    expect(errors).toEqual([]);
  });
});

function isSettled({ status }: Bee): boolean {
  return status.connection === "online" && status.saving === "saved";
}
