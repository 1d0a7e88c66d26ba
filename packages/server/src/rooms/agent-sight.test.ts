import type { Actor, AnyOperation } from "@waggle/contract";
import type { OperationContext } from "@waggle/operations";
import {
  applyChange,
  applyDelta,
  blockEnd,
  type ChangeSet,
  Draft,
  emptySnapshot,
  importPage,
  isRichText,
  newElementId,
  plainText,
  type RichText,
  type Snapshot,
  type TextDelta,
  trashId,
} from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { forEachSeed, type Random, randomRewrite } from "@waggle/testing";
import { expect, test } from "vitest";
import { AgentDesk } from "./agent-desk.ts";
import {
  buttonId,
  columnId,
  hrefKey,
  lumen,
  operation,
  page,
  paragraphId,
  paragraphKey,
  rowId,
  scout,
  titleId,
  titleKey,
} from "./fixtures.test-suite.ts";
import { RecentLog } from "./recent-log.ts";
import { typingIn } from "./typing.test-suite.ts";

const maya: Actor = { kind: "person", id: "person-maya", name: "Maya" };

/** A room without document, sockets and disk. */
class Desk {
  snapshot: Snapshot = applyChange(emptySnapshot, importPage(page(), { newId: newElementId, codec: htmlCodec }));
  readonly log = new RecentLog(0);
  now = 0;
  readonly #desk = new AgentDesk({ now: () => this.now });

  arrive(agent: Actor): void {
    this.#desk.arrived(agent.id, this.log);
  }

  run(actor: Actor, name: string, input: object) {
    return this.runOperation(actor, operation(name), input);
  }

  runOperation(actor: Actor, each: AnyOperation<OperationContext>, input: object) {
    const planned = this.#desk.plan({ actor, operation: each, input }, this);
    if (Object.keys(planned.change).length === 0) return planned;
    this.snapshot = applyChange(this.snapshot, planned.change);
    const revision = this.log.revision + 1;
    this.log.add({ revision, actor, operation: each.name, change: planned.change, at: revision });
    this.#desk.wrote(actor, planned.texts, revision);
    return planned;
  }

  /** Somebody edits directly. */
  edit(actor: Actor, change: (draft: Draft) => void): void {
    const draft = new Draft(this.snapshot);
    change(draft);
    this.#add(actor, draft.changeSet());
  }

  /** Somebody types, told letter by letter. */
  type(id: string, key: string, text: TextDelta): void {
    if (text.length > 0) this.#add(maya, { [id]: { [key]: { text } } });
  }

  #add(actor: Actor, change: ChangeSet): void {
    this.snapshot = applyChange(this.snapshot, change);
    const revision = this.log.revision + 1;
    this.log.add({ revision, actor, operation: "edit", change, at: revision });
  }

  text(id: string, key: string): RichText {
    const value = this.snapshot.nodes.get(id)?.[key];
    if (!isRichText(value)) throw new Error(`${key} is no rich text.`);
    return value;
  }

  words(id: string, key: string): string {
    return plainText(this.text(id, key)).replaceAll(blockEnd, "");
  }
}

function failureOf(run: () => unknown): { code?: unknown; data?: unknown } {
  try {
    run();
  } catch (failure) {
    return failure as { code?: unknown; data?: unknown };
  }
  return {};
}

test("[SEEN-1] a property someone else changed since is not overwritten, and told", () => {
  const desk = new Desk();
  desk.run(scout, "get_element_details", { elementId: buttonId });
  desk.edit(maya, (draft) => draft.set(buttonId, hrefKey, "https://maya.example"));
  const overwrite = () => desk.run(scout, "update_button", { elementId: buttonId, href: "https://scout.example" });

  const refusal = failureOf(overwrite);
  expect(refusal.code).toBe("STALE_WRITE");
  expect(refusal.data).toStrictEqual({
    elements: [{ elementId: buttonId, content: { [hrefKey]: "https://maya.example" } }],
  });
  expect(desk.snapshot.nodes.get(buttonId)?.[hrefKey]).toBe("https://maya.example");

  overwrite();
  expect(desk.snapshot.nodes.get(buttonId)?.[hrefKey]).toBe("https://scout.example");
});

test("[SEEN-1] other properties of the element are merged silently", () => {
  const desk = new Desk();
  desk.run(scout, "get_element_details", { elementId: buttonId });
  desk.edit(maya, (draft) => draft.set(buttonId, "/descriptor/button/style/color", "#00ff00"));
  desk.run(scout, "update_button", { elementId: buttonId, href: "https://scout.example" });
  const button = desk.snapshot.nodes.get(buttonId);
  expect([button?.[hrefKey], button?.["/descriptor/button/style/color"]]).toStrictEqual([
    "https://scout.example",
    "#00ff00",
  ]);
});

test("[SEEN-1] another agent is somebody else too", () => {
  const desk = new Desk();
  desk.arrive(scout);
  desk.run(lumen, "update_button", { elementId: buttonId, href: "https://lumen.example" });
  const overwrite = () => desk.run(scout, "update_button", { elementId: buttonId, href: "https://scout.example" });
  expect(failureOf(overwrite).code).toBe("STALE_WRITE");
});

test("[SEEN-6] what agents did before it came, a newcomer replaces as it is", () => {
  const desk = new Desk();
  desk.run(lumen, "update_title", { elementId: titleId, text: "Written by another agent" });
  desk.run(scout, "update_title", { elementId: titleId, text: "Something else entirely" });
  expect(desk.words(titleId, titleKey)).toBe("Something else entirely");
});

test("[SEEN-6] what people typed shortly before it came, a newcomer's rewrite keeps", () => {
  const desk = new Desk();
  desk.type(titleId, titleKey, [{ insert: "Maya: " }]);
  desk.run(scout, "update_title", { elementId: titleId, text: "Something else entirely" });
  expect(desk.words(titleId, titleKey)).toContain("Maya: ");
});

test("[SEEN-6] what people typed long before it came counts as known", () => {
  const desk = new Desk();
  desk.type(titleId, titleKey, [{ insert: "Maya: " }]);
  desk.now = 121_000;
  desk.run(scout, "update_title", { elementId: titleId, text: "Something else entirely" });
  expect(desk.words(titleId, titleKey)).toBe("Something else entirely");
});

test("[SEEN-2] an agent's own write hides nothing another did before", () => {
  const desk = new Desk();
  desk.run(scout, "get_content_hierarchy", {});
  desk.edit(maya, (draft) => draft.set(buttonId, "/descriptor/button/style/color", "#00ff00"));
  desk.run(scout, "update_button", { elementId: buttonId, href: "https://scout.example" });
  expect(failureOf(() => desk.run(scout, "delete_element", { elementId: buttonId })).code).toBe("STALE_WRITE");
});

test("[SEEN-2] an agent may overwrite and delete what it wrote itself", () => {
  const desk = new Desk();
  for (const href of ["https://one.example", "https://two.example"]) {
    desk.run(scout, "update_button", { elementId: buttonId, href });
  }
  desk.run(scout, "update_title", { elementId: titleId, text: "One" });
  desk.run(scout, "update_title", { elementId: titleId, text: "Two" });
  desk.run(scout, "delete_element", { elementId: titleId });
  expect(desk.snapshot.nodes.get(titleId)?.pos).toStrictEqual([trashId, expect.any(String)]);
});

test("[SEEN-3] deleting a section counts for everything inside", () => {
  const desk = new Desk();
  desk.run(scout, "get_content_hierarchy", {});
  desk.type(titleId, titleKey, [{ insert: "Yes: " }]);
  const refusal = failureOf(() => desk.run(scout, "delete_element", { elementId: rowId }));
  expect(refusal.code).toBe("STALE_WRITE");
  expect(refusal.data).toMatchObject({
    elements: [{ elementId: titleId, content: { [titleKey]: expect.stringContaining("Yes: Spring is here") } }],
  });
  desk.run(scout, "delete_element", { elementId: rowId });
  expect(desk.snapshot.nodes.get(rowId)?.pos).toStrictEqual([trashId, expect.any(String)]);
});

test("[SEEN-1] a check names elements and shows none: what others set there is still refused", () => {
  const desk = new Desk();
  desk.run(scout, "get_content_hierarchy", {});
  desk.run(lumen, "update_button", { elementId: buttonId, color: "#777777", backgroundColor: "#888888" });
  const { output } = desk.run(scout, "check_template", {});
  expect(JSON.stringify(output)).toContain(buttonId);
  const overwrite = () => desk.run(scout, "update_button", { elementId: buttonId, color: "#000000" });
  expect(failureOf(overwrite).code).toBe("STALE_WRITE");
});

test("[SEEN-4] typing survives an agent's rewrite, and the agent's words are whole, time after time", () => {
  forEachSeed({ count: 400, atLeast: { merged: 1 } }, (random, tally) => {
    const desk = new Desk();
    desk.run(scout, "get_element_details", { elementId: titleId });
    const tokens: string[] = [];
    for (let turn = random.between(1, 4); turn > 0; turn--) {
      for (let typing = random.below(4); typing > 0; typing--) tokens.push(typeToken(desk, random, tokens.length));
      const text = agentWords(random);
      const { texts } = desk.run(scout, "update_title", { elementId: titleId, text });
      const after = desk.words(titleId, titleKey);
      expect(after.replaceAll(typedTokens, "")).toBe(text);
      for (const token of tokens) expect(after).toContain(token);
      tally.count("merged", texts.filter(({ unread }) => unread.length > 0).length);
    }
  });
});

test("[SEEN-4] what an agent has read it may drop", () => {
  const desk = new Desk();
  desk.type(titleId, titleKey, [{ insert: "Yes: " }]);
  desk.run(scout, "get_element_details", { elementId: titleId });
  desk.run(scout, "update_title", { elementId: titleId, text: "Only this" });
  expect(desk.words(titleId, titleKey)).toBe("Only this");
});

test("[SEEN-4] an operation that edits the text adds its edit once", () => {
  forEachSeed({ count: 200, atLeast: { typed: 1 } }, (random, tally) => {
    const desk = new Desk();
    desk.run(scout, "get_element_details", { elementId: titleId });
    const tokens = Array.from({ length: random.between(1, 4) }, (_, at) => typeToken(desk, random, at));
    tally.count("typed", tokens.length);
    desk.runOperation(scout, exclaim, { elementId: titleId });
    const after = desk.words(titleId, titleKey);
    expect(after.replaceAll(typedTokens, "")).toBe("Spring is here!");
    for (const token of tokens) expect(after.split(token)).toHaveLength(2);
  });
});

test("[SEEN-4] any typing and any rewrites lead to a text that can be read back", () => {
  forEachSeed({ count: 300, atLeast: { mixed: 0.3 } }, (random, tally) => {
    const desk = new Desk();
    const inMind = desk.text(paragraphId, paragraphKey);
    desk.run(scout, "get_element_details", { elementId: paragraphId });
    for (let turn = 0; turn < 4; turn++) {
      for (let typing = random.below(3); typing > 0; typing--) {
        const now = desk.text(paragraphId, paragraphKey);
        desk.type(paragraphId, paragraphKey, typingIn(random, now));
      }
      const rewrite = randomRewrite(random, inMind);
      const { texts } = desk.runOperation(scout, setParagraph(rewrite), { elementId: paragraphId });
      tally.count("mixed", texts.filter(({ isMixed }) => isMixed).length);
    }
    const after = desk.text(paragraphId, paragraphKey);
    expect(typeof htmlCodec.serialise(after)).toBe("string");
  });
});

test("[SEEN-4] a text that was replaced as a whole is no text to merge into", () => {
  const desk = new Desk();
  desk.run(scout, "get_element_details", { elementId: titleId });
  desk.edit(maya, (draft) => draft.set(titleId, titleKey, "<b>opaque</b>"));
  desk.edit(maya, (draft) => draft.set(titleId, titleKey, { rich: [["New"], [blockEnd]], html: "New" }));
  const rewrite = () => desk.run(scout, "update_title", { elementId: titleId, text: "Mine" });
  expect(failureOf(rewrite).code).toBe("STALE_WRITE");
  rewrite();
  expect(desk.words(titleId, titleKey)).toBe("Mine");
});

test("[SEEN-5] reading one element says nothing of its neighbours", () => {
  const desk = new Desk();
  desk.edit(maya, (draft) => draft.set(buttonId, hrefKey, "https://maya.example"));
  desk.run(scout, "get_element_details", { elementId: columnId });
  const overwrite = () => desk.run(scout, "update_button", { elementId: buttonId, href: "https://scout.example" });
  expect(failureOf(overwrite).code).toBe("STALE_WRITE");
});

test("[SEEN-5] the hierarchy says something of all it names", () => {
  const desk = new Desk();
  desk.edit(maya, (draft) => draft.set(buttonId, hrefKey, "https://maya.example"));
  desk.run(scout, "get_content_hierarchy", { blockTypes: ["title"] });
  const overwrite = () => desk.run(scout, "update_button", { elementId: buttonId, href: "https://scout.example" });
  expect(failureOf(overwrite).code).toBe("STALE_WRITE");

  const other = new Desk();
  other.edit(maya, (draft) => draft.set(buttonId, hrefKey, "https://maya.example"));
  other.run(scout, "get_content_hierarchy", {});
  other.run(scout, "update_button", { elementId: buttonId, href: "https://scout.example" });
  expect(other.snapshot.nodes.get(buttonId)?.[hrefKey]).toBe("https://scout.example");
});

/** Puts an exclamation mark behind whatever the text is. */
const exclaim: AnyOperation<OperationContext> = {
  ...operation("update_title"),
  apply: ({ draft }: OperationContext, { elementId }: { elementId: string }) => {
    const text = draft.get(elementId, titleKey);
    if (!isRichText(text)) throw new Error("No text.");
    draft.set(elementId, titleKey, applyDelta(text, [{ keep: plainText(text).length - 1 }, { insert: "!" }]));
    return { elementId, changed: ["text"] };
  },
};

function setParagraph(text: RichText): AnyOperation<OperationContext> {
  return {
    ...operation("update_paragraph"),
    apply: ({ draft }: OperationContext, { elementId }: { elementId: string }) => {
      draft.set(elementId, paragraphKey, text);
      return { elementId, changed: ["html"] };
    },
  };
}

/** Circled numbers: one character each, so that none can be typed into another. */
const typedTokens = /[\u2460-\u24ff]/g;

/** Types something that nothing else looks like, somewhere before the end of the title. */
function typeToken(desk: Desk, random: Random, count: number): string {
  const token = String.fromCharCode(0x2460 + count);
  const text = desk.text(titleId, titleKey);
  const at = random.below(plainText(text).length);
  desk.type(titleId, titleKey, at > 0 ? [{ keep: at }, { insert: token }] : [{ insert: token }]);
  return token;
}

function agentWords(random: Random): string {
  const vocabulary = ["Spring", "is", "here", "Summer", "sale", "now", "on", "all", "shoes"];
  return Array.from({ length: random.between(1, 6) }, () => random.pick(vocabulary)).join(" ");
}
