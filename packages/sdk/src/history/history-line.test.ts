import type { Actor } from "@waggle/contract";
import {
  applyChange,
  applyDelta,
  type ChangeSet,
  Draft,
  describeChange,
  diff,
  diffText,
  emptySnapshot,
  exportPage,
  isEmpty,
  isRichText,
  isVisible,
  type Json,
  rootId,
  type Snapshot,
  type TextCodec,
  toHtml,
} from "@waggle/template";
import {
  countingIds,
  FakeClock,
  forEachSeed,
  type Random,
  randomDocument,
  randomStep,
  randomTyping,
} from "@waggle/testing";
import { describe, expect, test } from "vitest";
import { HistoryLine } from "./history-line.ts";

const ann: Actor = { kind: "person", id: "p1", name: "Ann" };
const scout: Actor = { kind: "agent", id: "a1", name: "Scout" };

/** A template with a history, without Yjs: every change is applied to the snapshot as it comes. */
class Desk {
  readonly clock = new FakeClock();
  readonly history: HistoryLine;
  snapshot: Snapshot;

  constructor(start: Snapshot) {
    this.snapshot = start;
    const desk = this;
    this.history = new HistoryLine({
      get snapshot() {
        return desk.snapshot;
      },
      self: ann,
      now: () => this.clock.now(),
      newId: countingIds("step"),
      write: (change) => {
        this.snapshot = applyChange(this.snapshot, change);
      },
      hold: (run) => run(),
      changed: () => undefined,
    });
  }

  /** An edit of the person, or of an agent. */
  edit(change: ChangeSet, actor = ann, isTyping = false): void {
    if (isEmpty(change)) return;
    const before = this.snapshot;
    this.snapshot = applyChange(before, change);
    const made = { change, before, after: this.snapshot, actor, operation: "edit", at: this.clock.now() };
    if (actor === ann) this.history.recordOwn(made, { isTyping });
    else this.history.recordOther(made, describeChange(change, before, this.snapshot));
  }

  set(cell: readonly [id: string, key: string], value: Json, actor = ann): void {
    this.edit(
      this.draft((draft) => draft.set(...cell, value)),
      actor,
    );
  }

  type(text: string, actor = ann): void {
    const value = this.snapshot.nodes.get("title")?.[titleKey];
    if (!isRichText(value)) throw new Error("The title is a rich text.");
    const [[first = "", marks] = [], ...others] = value.rich;
    const after = { rich: [[first + text, marks ?? {}] as const, ...others] };
    this.edit({ title: { [titleKey]: { text: diffText(value, after) } } }, actor, true);
  }

  draft(work: (draft: Draft) => void): ChangeSet {
    const draft = new Draft(this.snapshot);
    work(draft);
    draft.validate();
    return draft.changeSet();
  }

  /** What a person can see of it. */
  get visible(): string {
    return JSON.stringify(sorted(exportPage(this.snapshot, { codec: plainCodec })));
  }
}

const titleKey = "/descriptor/heading/text";
const linkKey = "/descriptor/button/href";
const link = ["button", linkKey] as const;
/** Texts here have no source to keep. */
const plainCodec: TextCodec = { parse: () => undefined, serialise: toHtml, sanitise: (html) => html };

/** Two equal templates may have got their properties in another order. */
function sorted(json: Json): Json {
  if (typeof json !== "object" || json === null) return json;
  if (isList(json)) return json.map(sorted);
  const keys = Object.keys(json).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(json[key] ?? null)]));
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

/** One row with a title and a button. */
function smallTemplate(): Snapshot {
  const draft = new Draft(emptySnapshot);
  draft.create("row", { kind: "row", parent: rootId, index: 0, properties: {} });
  draft.create("column", { kind: "column", parent: "row", index: 0, properties: { "/grid-columns": 12 } });
  draft.create("title", {
    kind: "module",
    parent: "column",
    index: 0,
    properties: {
      "/type": "mailup-bee-newsletter-modules-heading",
      [titleKey]: { rich: [["Hello"], ["\u2029", { block: { kind: "paragraph", tag: "p", style: "", rest: [] } }]] },
    },
  });
  draft.create("button", {
    kind: "module",
    parent: "column",
    index: 1,
    properties: { "/type": "mailup-bee-newsletter-modules-button", [linkKey]: "https://example.com/a" },
  });
  return applyChange(emptySnapshot, draft.changeSet());
}

const linkOf = (desk: Desk) => desk.snapshot.nodes.get("button")?.[linkKey];

describe("own edits", () => {
  test("[HIS-1] undo takes back the newest step, redo brings it again", () => {
    const desk = new Desk(smallTemplate());
    const start = desk.visible;
    desk.set(link, "https://example.com/b");
    desk.edit(desk.draft((draft) => draft.remove("title")));
    const end = desk.visible;

    expect(desk.history.canRedo).toBe(false);
    const result = desk.history.undo();
    expect(result.entry).toMatchObject({ kind: "own", undone: true, label: "Title deleted" });
    desk.history.undo();
    expect(desk.visible).toBe(start);
    expect(desk.history.canUndo).toBe(false);
    expect(desk.history.undo()).toEqual({ conflicts: [] });

    desk.history.redo();
    desk.history.redo();
    expect(desk.visible).toBe(end);
    expect(desk.history.canRedo).toBe(false);
  });

  test("[HIS-2] what others did since stays, and what could not be taken back is reported", () => {
    const desk = new Desk(smallTemplate());
    desk.set(link, "https://example.com/mine");
    desk.set(["title", "/descriptor/heading/title"], "h2");
    desk.set(["title", "/descriptor/heading/title"], "h3", scout);
    desk.set(["button", "/locked"], true, scout);

    const kept = desk.history.undo();
    const taken = desk.history.undo();

    expect(kept.conflicts).toMatchObject([{ kind: "superseded", elementId: "title" }]);
    expect(taken.conflicts).toEqual([]);
    expect(desk.snapshot.nodes.get("title")?.["/descriptor/heading/title"]).toBe("h3");
    expect(linkOf(desk)).toBe("https://example.com/a");
    expect(desk.snapshot.nodes.get("button")?.["/locked"]).toBe(true);
  });

  test("[HIS-3] typing with short pauses is one step, a longer pause begins another", () => {
    const desk = new Desk(smallTemplate());
    const start = desk.visible;
    for (const letter of " you") {
      desk.type(letter);
      desk.clock.advance(900);
    }
    desk.clock.advance(101);
    desk.type("!");

    expect(desk.history.entries.map(({ label }) => label)).toHaveLength(2);
    desk.history.undo();
    desk.history.undo();
    expect(desk.visible).toBe(start);
  });

  test("[HIS-3] a run of typing goes on while an agent edits elsewhere, and ends when it edits the same text", () => {
    const desk = new Desk(smallTemplate());
    desk.type(" a");
    desk.set(link, "https://example.com/b", scout);
    desk.type("b");
    expect(desk.history.entries).toHaveLength(1);

    desk.type("X", scout);
    desk.type("c");
    expect(desk.history.entries).toHaveLength(2);
    desk.history.undo();
    desk.history.undo();
    expect(desk.visible).toContain("HelloX");
    expect(linkOf(desk)).toBe("https://example.com/b");
  });

  test("[HIS-4] a new edit drops what could have been redone", () => {
    const desk = new Desk(smallTemplate());
    desk.set(link, "https://example.com/b");
    desk.set(link, "https://example.com/c");
    desk.history.undo();
    desk.set(link, "https://example.com/d");

    expect(desk.history.canRedo).toBe(false);
    expect(desk.history.entries).toHaveLength(2);
    desk.history.undo();
    expect(linkOf(desk)).toBe("https://example.com/b");
  });

  test("[HIS-5] the oldest steps go first when there are too many", () => {
    const desk = new Desk(smallTemplate());
    for (let step = 1; step <= 130; step++) desk.set(link, `https://example.com/${step}`);

    expect(desk.history.entries).toHaveLength(100);
    while (desk.history.canUndo) desk.history.undo();
    expect(linkOf(desk)).toBe("https://example.com/30");
    while (desk.history.canRedo) desk.history.redo();
    expect(linkOf(desk)).toBe("https://example.com/130");
  });
});

describe("sessions", () => {
  test("[HIS-6] a session is one step that leads exactly back and forth", () => {
    const desk = new Desk(smallTemplate());
    const before = desk.visible;
    desk.history.beginSession();
    desk.set(link, "https://example.com/scout", scout);
    desk.edit(
      desk.draft((draft) => draft.remove("title")),
      scout,
    );
    desk.history.endSession({ isIncomplete: false });
    const after = desk.visible;

    expect(desk.history.entries).toMatchObject([
      { kind: "agent-session", label: "Scout: 2 changes", agents: [scout], undone: false },
    ]);
    expect(desk.history.entries[0]?.changes.map(({ sentence, actor }) => [actor.name, sentence])).toEqual([
      ["Scout", expect.stringContaining("Button")],
      ["Scout", "Title deleted"],
    ]);
    desk.history.undo();
    expect(desk.visible).toBe(before);
    desk.history.redo();
    expect(desk.visible).toBe(after);
  });

  test("[HIS-7] during a session older steps can't be undone, its own can", () => {
    const desk = new Desk(smallTemplate());
    desk.set(link, "https://example.com/older");
    desk.history.beginSession();
    expect(desk.history.canUndo).toBe(false);

    desk.set(link, "https://example.com/newer");
    desk.set(["title", "/locked"], true, scout);
    desk.history.undo();

    expect(linkOf(desk)).toBe("https://example.com/older");
    expect(desk.history.canUndo).toBe(false);
    expect(desk.history.canRedo).toBe(true);
    expect(desk.snapshot.nodes.get("title")?.["/locked"]).toBe(true);
  });

  test("[HIS-8] own edits made in a session go into its step, and undo then reaches older steps", () => {
    const desk = new Desk(smallTemplate());
    const start = desk.visible;
    desk.set(link, "https://example.com/older");
    desk.history.beginSession();
    desk.set(["title", "/locked"], true, scout);
    desk.set(link, "https://example.com/mine");
    desk.history.endSession({ isIncomplete: true });

    expect(desk.history.entries.map(({ kind, incomplete }) => [kind, incomplete])).toEqual([
      ["own", undefined],
      ["agent-session", true],
    ]);
    expect(desk.history.entries[1]?.changes.map(({ actor }) => actor.name)).toEqual(["Scout", "Ann"]);
    desk.history.undo();
    expect(linkOf(desk)).toBe("https://example.com/older");
    desk.history.undo();
    expect(desk.visible).toBe(start);
  });

  test("[HIS-9] a session in which nothing happened leaves no step and no trace", () => {
    const desk = new Desk(smallTemplate());
    desk.set(link, "https://example.com/b");
    desk.history.undo();
    desk.history.beginSession();
    desk.history.endSession({ isIncomplete: false });

    expect(desk.history.entries).toHaveLength(1);
    expect(desk.history.canRedo).toBe(true);
    desk.history.redo();
    expect(linkOf(desk)).toBe("https://example.com/b");
  });

  test("[HIS-10] another template clears everything", () => {
    const desk = new Desk(smallTemplate());
    desk.set(link, "https://example.com/b");
    desk.history.clear();

    expect(desk.history.entries).toEqual([]);
    expect(desk.history.canUndo).toBe(false);
  });
});

describe("random histories", () => {
  test("[HIS-1] own edits, sessions and typing in any order: undo all is the start, redo all the end", () => {
    forEachSeed({ count: 60, atLeast: { edits: 8, sessions: 1 } }, (random, tally) => {
      const desk = new Desk(randomDocument(random, { modules: 12 }));
      const start = desk.visible;
      const newId = countingIds("new");
      for (let turn = 0; turn < 30; turn++) {
        if (random.chance(0.1)) tally.count("sessions", playSession(desk, random, newId));
        else tally.count("edits", playEdit(desk, random, { newId, actor: ann }));
        if (random.chance(0.15)) desk.history.undo();
        if (random.chance(0.1)) desk.history.redo();
      }
      while (desk.history.canRedo) desk.history.redo();
      const end = desk.visible;

      while (desk.history.canUndo) desk.history.undo();
      expect(desk.visible).toBe(start);
      while (desk.history.canRedo) desk.history.redo();
      expect(desk.visible).toBe(end);
    });
  });

  test("[HIS-2] with agents in between, undo of all own edits loses nothing an agent wrote last", () => {
    forEachSeed({ count: 60, atLeast: { kept: 4 } }, (random, tally) => {
      const desk = new Desk(randomDocument(random, { modules: 12 }));
      desk.history.beginSession();
      const newId = countingIds("new");
      const agentWrote = new Map<string, string>();
      for (let turn = 0; turn < 40; turn++) {
        const actor = random.chance(0.5) ? ann : scout;
        const before = desk.snapshot;
        playEdit(desk, random, { newId, actor });
        noteWriter(agentWrote, { before, after: desk.snapshot, isAgent: actor === scout });
      }
      while (desk.history.canUndo) desk.history.undo();
      for (const [cell, value] of agentWrote) {
        const [id = "", key = ""] = cell.split("\0");
        if (!isVisible(desk.snapshot, id)) continue;
        expect([cell, JSON.stringify(desk.snapshot.nodes.get(id)?.[key])]).toEqual([cell, value]);
        tally.count("kept");
      }
    });
  });
});

interface Player {
  readonly newId: () => string;
  readonly actor: Actor;
}

/** One random edit; returns how many changed something. */
function playEdit(desk: Desk, random: Random, { newId, actor }: Player): number {
  const draft = new Draft(desk.snapshot);
  randomStep(draft, { random, newId, editText: (source, text) => applyDelta(text, randomTyping(source, text)) });
  try {
    draft.validate();
  } catch {
    return 0;
  }
  const change = draft.changeSet();
  desk.edit(change, actor, random.chance(0.5));
  desk.clock.advance(random.pick([200, 5000]));
  return isEmpty(change) ? 0 : 1;
}

function playSession(desk: Desk, random: Random, newId: () => string): number {
  desk.history.beginSession();
  for (let turn = 0; turn < 6; turn++) {
    playEdit(desk, random, { newId, actor: random.chance(0.6) ? scout : ann });
    if (random.chance(0.2)) desk.history.undo();
  }
  desk.history.endSession({ isIncomplete: false });
  return 1;
}

interface Step {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly isAgent: boolean;
}

/** Plain values by who wrote them last; texts and places may rightly hold the work of both. */
function noteWriter(agentWrote: Map<string, string>, { before, after, isAgent }: Step): void {
  for (const [id, cells] of Object.entries(diff(before, after))) {
    for (const key of Object.keys(cells)) {
      const value = after.nodes.get(id)?.[key];
      if (!key.startsWith("/") || key === "/grid-columns" || isRichText(value)) continue;
      if (isAgent) agentWrote.set(`${id}\0${key}`, JSON.stringify(value));
      else agentWrote.delete(`${id}\0${key}`);
    }
  }
}
