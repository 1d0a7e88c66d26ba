import { serverActor } from "@waggle/contract";
import { applyChange, describeChange, diff, purgeOperation, walk } from "@waggle/template";
import { countingIds, forEachSeed, randomDocument } from "@waggle/testing";
import { describe, expect, test } from "vitest";
import { ann, Desk, link, playEdit, scout, smallTemplate } from "./desk.test-suite.ts";

/** The server empties the trash. Returns how many elements that were. */
function purge(desk: Desk): number {
  const before = desk.snapshot;
  const visible = new Set([...walk(before)].map(({ id }) => id));
  const gone = [...before.nodes.entries()].filter(([id]) => id !== "settings" && !visible.has(id));
  const nodes = before.nodes.with(new Map(gone.map(([id]) => [id, undefined])));
  const change = diff(before, { ...before, nodes });
  if (gone.length === 0) return 0;
  desk.snapshot = applyChange(before, change);
  const made = {
    change,
    before,
    after: desk.snapshot,
    actor: serverActor,
    operation: purgeOperation,
    at: desk.clock.now(),
  };
  desk.history.recordOther(made, describeChange(change, before, desk.snapshot));
  return gone.length;
}

function turnAll(desk: Desk, turn: "undo" | "redo"): void {
  const can = turn === "undo" ? "canUndo" : "canRedo";
  while (desk.history[can]) desk.history[turn]();
}

describe("what was deleted and then purged by the server", () => {
  test("[HIS-6] a session in which it happened leads exactly back and forth, and says nothing of it", () => {
    const desk = new Desk(smallTemplate());
    const before = desk.visible;
    desk.history.beginSession();
    desk.set(link, "https://example.com/scout", scout);
    desk.edit(
      desk.draft((draft) => draft.remove("row")),
      scout,
    );
    expect(purge(desk)).toBe(4);
    desk.history.endSession({ isIncomplete: false });
    const after = desk.visible;

    expect(desk.history.entries).toMatchObject([{ kind: "agent-session", label: "Scout: 2 changes", agents: [scout] }]);
    for (let round = 0; round < 2; round++) {
      desk.history.undo();
      expect(desk.visible).toBe(before);
      desk.history.redo();
      expect(desk.visible).toBe(after);
      purge(desk);
    }
  });

  test("[HIS-2] comes back by undoing one's own deletion, with what others did to it, and goes by redoing it", () => {
    const desk = new Desk(smallTemplate());
    desk.edit(desk.draft((draft) => draft.remove("title")));
    const deleted = desk.visible;
    desk.set(link, "https://example.com/scout", scout);
    purge(desk);
    const result = desk.history.undo();
    expect(result).toMatchObject({ conflicts: [], remarks: [], entry: { label: "Title deleted", undone: true } });
    expect(desk.visible).toContain("Hello");
    expect(desk.visible).toContain("https://example.com/scout");
    desk.history.redo();
    purge(desk);
    expect(desk.visible).toBe(deleted.replace("https://example.com/a", "https://example.com/scout"));
    desk.history.undo();
    expect(desk.visible).toContain("Hello");
  });

  test("[HIS-11] comes back when what agents did is taken back, and goes again when that is undone", () => {
    const desk = new Desk(smallTemplate());
    const before = desk.visible;
    desk.history.beginSession();
    desk.edit(
      desk.draft((draft) => draft.remove("title")),
      scout,
    );
    purge(desk);
    const without = desk.visible;
    expect(desk.history.undo({ scope: "agents" })).toMatchObject({ conflicts: [], remarks: [] });
    expect(desk.visible).toBe(before);
    desk.history.undo();
    purge(desk);
    expect(desk.visible).toBe(without);
    desk.history.redo();
    expect(desk.visible).toBe(before);
  });

  test("[HIS-1] own edits with purges between: undo all is the start, redo all the end", () => {
    forEachSeed({ count: 80, atLeast: { edits: 8, purged: 1 } }, (random, tally) => {
      const desk = new Desk(randomDocument(random, { modules: 12 }));
      const start = desk.visible;
      const newId = countingIds("new");
      for (let turn = 0; turn < 30; turn++) {
        tally.count("edits", playEdit(desk, random, { newId, actor: ann }));
        if (random.chance(0.2)) tally.count("purged", purge(desk));
        if (random.chance(0.15)) desk.history.undo();
        if (random.chance(0.1)) desk.history.redo();
      }
      turnAll(desk, "redo");
      const end = desk.visible;
      tally.count("purged", purge(desk));
      turnAll(desk, "undo");
      expect(desk.visible).toBe(start);
      tally.count("purged", purge(desk));
      turnAll(desk, "redo");
      expect(desk.visible).toBe(end);
    });
  });
});
