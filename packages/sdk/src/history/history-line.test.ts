import { isVisible } from "@waggle/template";
import { countingIds, forEachSeed, type Random, randomDocument } from "@waggle/testing";
import { describe, expect, test } from "vitest";
import { ann, Desk, link, linkKey, noteWriter, playEdit, scout, smallTemplate } from "./desk.test-suite.ts";

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
    expect(desk.history.undo()).toEqual({ conflicts: [], remarks: [] });

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
        noteWriter(agentWrote, { before, after: desk.snapshot, isTheirs: actor === scout });
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

function playSession(desk: Desk, random: Random, newId: () => string): number {
  desk.history.beginSession();
  for (let turn = 0; turn < 6; turn++) {
    playEdit(desk, random, { newId, actor: random.chance(0.6) ? scout : ann });
    if (random.chance(0.2)) desk.history.undo();
  }
  desk.history.endSession({ isIncomplete: false });
  return 1;
}
