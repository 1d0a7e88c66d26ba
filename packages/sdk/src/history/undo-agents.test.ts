import { isVisible } from "@waggle/template";
import { countingIds, forEachSeed, type Random, randomDocument } from "@waggle/testing";
import { describe, expect, test } from "vitest";
import {
  ann,
  bert,
  Desk,
  link,
  linkKey,
  lumen,
  noteWriter,
  playEdit,
  scout,
  smallTemplate,
  titleKey,
} from "./desk.test-suite.ts";

const linkOf = (desk: Desk) => desk.snapshot.nodes.get("button")?.[linkKey];
const isLocked = (desk: Desk) => desk.snapshot.nodes.get("title")?.["/locked"];
const agents = { scope: "agents" } as const;
const kinds = ({ history }: Desk) => history.entries.map(({ kind }) => kind);

/** An agent and the person have worked in a session; the person went on afterwards. */
function workedDesk(): Desk {
  const desk = new Desk(smallTemplate());
  desk.history.beginSession();
  desk.set(link, "https://example.com/scout", scout);
  desk.edit(
    desk.draft((draft) => draft.remove("title")),
    lumen,
  );
  desk.set(["button", "/locked"], true);
  desk.history.endSession({ isIncomplete: false });
  desk.set(["column", "/style/padding-top"], "8px");
  return desk;
}

describe("after a session", () => {
  test("[HIS-11] only what agents wrote is taken back, as a new step", () => {
    const desk = workedDesk();

    const result = desk.history.undo(agents);

    expect(result).toMatchObject({ conflicts: [], remarks: [] });
    expect(result.entry).toMatchObject({
      kind: "revert",
      label: "Took back 2 changes by Scout and Lumen",
      agents: [scout, lumen],
      undone: false,
    });
    expect(result.entry?.changes.map(({ sentence, actor }) => [actor.name, sentence])).toEqual([
      ["Ann", expect.stringContaining("Button link")],
      ["Ann", "Title restored"],
    ]);
    expect(linkOf(desk)).toBe("https://example.com/a");
    expect(isVisible(desk.snapshot, "title")).toBe(true);
    expect(desk.snapshot.nodes.get("button")?.["/locked"]).toBe(true);
    expect(desk.snapshot.nodes.get("column")?.["/style/padding-top"]).toBe("8px");
    expect(kinds(desk)).toEqual(["agent-session", "own", "revert"]);
  });

  test("[HIS-12] undo of that brings the agents' work back exactly, redo takes it back again", () => {
    const desk = workedDesk();
    const before = desk.visible;
    desk.history.undo(agents);
    const after = desk.visible;

    expect(desk.history.undo().entry).toMatchObject({ kind: "revert", undone: true });
    expect(desk.visible).toBe(before);
    expect(desk.history.canUndoAgents).toBe(true);
    desk.history.redo();
    expect(desk.visible).toBe(after);
    expect(desk.history.canUndoAgents).toBe(false);
  });

  test("[HIS-12] what the person edits in between stays, too", () => {
    const desk = workedDesk();
    desk.history.undo(agents);
    desk.set(["button", "/descriptor/button/style/color"], "#112233");
    desk.history.undo();
    desk.history.undo();

    expect(linkOf(desk)).toBe("https://example.com/scout");
    desk.history.redo();
    desk.history.redo();
    expect(linkOf(desk)).toBe("https://example.com/a");
    expect(desk.snapshot.nodes.get("button")?.["/descriptor/button/style/color"]).toBe("#112233");
  });

  test("[HIS-11] it is taken back once; a session that is undone is left alone", () => {
    const desk = workedDesk();
    desk.history.undo(agents);
    expect(desk.history.canUndoAgents).toBe(false);
    expect(desk.history.undo(agents)).toEqual({ conflicts: [], remarks: [] });
    expect(desk.history.entries).toHaveLength(3);
    desk.history.undo();
    desk.history.undo();
    desk.history.undo();

    expect(desk.history.canUndoAgents).toBe(false);
    expect(desk.history.undo(agents)).toEqual({ conflicts: [], remarks: [] });
  });

  test("[HIS-11] a session that was undone and brought back can lose its agents' part", () => {
    const desk = workedDesk();
    desk.history.undo();
    desk.history.undo();
    desk.history.redo();

    desk.history.undo(agents);

    expect(linkOf(desk)).toBe("https://example.com/a");
    expect(desk.snapshot.nodes.get("button")?.["/locked"]).toBe(true);
    expect(isVisible(desk.snapshot, "title")).toBe(true);
  });

  test("[HIS-13] what could not be taken back is said, in words", () => {
    const desk = new Desk(smallTemplate());
    desk.history.beginSession();
    desk.set(link, "https://example.com/scout", scout);
    desk.type(" there", scout);
    desk.history.endSession({ isIncomplete: false });
    desk.set(link, "https://example.com/mine");

    const { conflicts, remarks } = desk.history.undo(agents);

    expect(conflicts).toMatchObject([{ kind: "superseded", elementId: "button" }]);
    expect(remarks).toEqual([{ elementId: "button", sentence: "Button link was changed since. It stays as it is." }]);
    expect(linkOf(desk)).toBe("https://example.com/mine");
    expect(desk.visible).not.toContain("there");
  });

  test("[HIS-13] a row of an agent that the person filled stays, and that is said", () => {
    const desk = new Desk(smallTemplate());
    desk.history.beginSession();
    const properties = { "/grid-columns": 12 };
    desk.edit(
      desk.draft((draft) => {
        draft.create("row-2", { kind: "row", parent: "root", index: 1, properties: {} });
        draft.create("column-2", { kind: "column", parent: "row-2", index: 0, properties });
      }),
      scout,
    );
    desk.history.endSession({ isIncomplete: false });
    desk.edit(desk.draft((draft) => draft.move("button", { parent: "column-2", index: 0 })));

    const { remarks, entry } = desk.history.undo(agents);

    expect(entry).toBeUndefined();
    expect(remarks.map(({ sentence }) => sentence)).toContain("Row holds newer work. It stays.");
    expect(isVisible(desk.snapshot, "button")).toBe(true);
    expect(kinds(desk)).toEqual(["agent-session", "own"]);
  });
});

describe("during a session", () => {
  test("[HIS-11] what agents wrote so far is taken back; what they write afterwards is theirs again", () => {
    const desk = new Desk(smallTemplate());
    desk.history.beginSession();
    desk.set(link, "https://example.com/one", scout);
    desk.set(["button", "/locked"], true);
    desk.history.undo(agents);
    expect(linkOf(desk)).toBe("https://example.com/a");
    desk.set(["title", "/locked"], true, scout);
    desk.history.endSession({ isIncomplete: false });
    expect(kinds(desk)).toEqual(["agent-session"]);

    desk.history.undo(agents);

    expect(isLocked(desk)).toBeUndefined();
    expect(desk.snapshot.nodes.get("button")?.["/locked"]).toBe(true);
    desk.history.undo();
    desk.history.undo();
    expect(desk.visible).toBe(new Desk(smallTemplate()).visible);
  });
});

describe("across documents", () => {
  test("[HIS-14] the session before can lose its agents' part after another one was undone", () => {
    const desk = workedDesk();
    desk.history.beginSession(desk.moveToNewDocument());
    desk.set(link, "https://example.com/second", scout);
    desk.history.endSession({ isIncomplete: false });
    desk.history.undo();

    const { entry } = desk.history.undo(agents);

    expect(entry?.label).toBe("Took back 2 changes by Scout and Lumen");
    expect(linkOf(desk)).toBe("https://example.com/a");
    expect(isVisible(desk.snapshot, "title")).toBe(true);
    expect(desk.snapshot.nodes.get("button")?.["/locked"]).toBe(true);
    expect(desk.snapshot.nodes.get("column")?.["/style/padding-top"]).toBe("8px");
  });

  test("[HIS-14] taking back twice reaches the session before; text is told apart in the new document as well", () => {
    const desk = new Desk(smallTemplate());
    desk.history.beginSession(desk.moveToNewDocument());
    desk.type(" one", scout);
    desk.type(" mine");
    desk.history.endSession({ isIncomplete: false });
    desk.history.beginSession(desk.moveToNewDocument());
    desk.type(" two", lumen);
    desk.history.endSession({ isIncomplete: false });
    expect(desk.visible).toContain("Hello one mine two");

    desk.history.undo(agents);
    expect(desk.visible).toContain("Hello one mine<");
    desk.history.undo(agents);
    expect(desk.visible).toContain("Hello mine<");
    desk.history.undo();
    desk.history.undo();
    expect(desk.visible).toContain("Hello one mine two");
    expect(desk.snapshot.nodes.get("title")?.[titleKey]).toBeDefined();
  });

  test("[HIS-14] a revert from before another session can be undone after it, and done again", () => {
    const desk = workedDesk();
    const worked = desk.visible;
    desk.history.undo(agents);
    const reverted = desk.visible;
    desk.history.beginSession(desk.moveToNewDocument());
    desk.set(link, "https://example.com/second", scout);
    desk.history.endSession({ isIncomplete: false });
    desk.history.undo();
    expect(desk.visible).toBe(reverted);

    desk.history.undo();
    expect(desk.visible).toBe(worked);
    desk.history.undo(agents);
    expect(desk.visible).toBe(reverted);
    desk.history.undo();
    expect(desk.visible).toBe(worked);
  });

  test("[HIS-14] a document that the server had to load anew keeps apart what agents wrote", () => {
    const desk = new Desk(smallTemplate());
    desk.history.beginSession();
    desk.set(link, "https://example.com/scout", scout);
    desk.set(["button", "/locked"], true);
    desk.history.restartLog(desk.moveToNewDocument());
    desk.set(["title", "/locked"], true, scout);
    desk.history.endSession({ isIncomplete: false });

    desk.history.undo(agents);

    expect(linkOf(desk)).toBe("https://example.com/a");
    expect(isLocked(desk)).toBeUndefined();
    expect(desk.snapshot.nodes.get("button")?.["/locked"]).toBe(true);
  });
});

describe("in a room that many share", () => {
  test("[HIS-15] all that agents wrote since joining is taken back, what other people do stays", () => {
    const desk = new Desk(smallTemplate());
    desk.history.clear();
    desk.set(link, "https://example.com/one", scout);
    desk.set(["button", "/locked"], true, bert);
    desk.set(["title", "/locked"], true, lumen);

    const { entry } = desk.history.undo(agents);
    expect(entry?.label).toBe("Took back 2 changes by Scout and Lumen");
    expect([linkOf(desk), isLocked(desk)]).toEqual(["https://example.com/a", undefined]);
    desk.set(["column", "/style/padding-top"], "8px", bert);
    desk.set(link, "https://example.com/two", scout);
    desk.history.undo();

    expect([linkOf(desk), isLocked(desk)]).toEqual(["https://example.com/two", true]);
    desk.history.undo(agents);
    expect([linkOf(desk), isLocked(desk)]).toEqual(["https://example.com/a", undefined]);
    expect(desk.snapshot.nodes.get("button")?.["/locked"]).toBe(true);
    expect(desk.snapshot.nodes.get("column")?.["/style/padding-top"]).toBe("8px");
  });

  test("[HIS-15] what lies too far back can't be told apart any more, and nothing breaks", () => {
    const desk = new Desk(smallTemplate());
    desk.set(["title", "/locked"], true, scout);
    for (let turn = 0; turn < 2200; turn++) {
      desk.set(link, `https://example.com/${turn}`, turn % 2 === 0 ? bert : scout);
      desk.set(["button", "/locked"], turn, turn % 2 === 0 ? scout : bert);
    }
    desk.history.undo(agents);

    expect(isLocked(desk)).toBe(true);
    expect(linkOf(desk)).toMatch(/[02468]$/);
  });
});

describe("random histories", () => {
  test("[HIS-11] agents' work is taken back without a loss for the person, and comes back exactly", () => {
    forEachSeed({ count: 60, atLeast: { reverts: 2, kept: 4 } }, (random, tally) => {
      const table: Table = {
        desk: new Desk(randomDocument(random, { modules: 12 })),
        random,
        newId: countingIds("new"),
      };
      for (let session = 0; session < 3; session++) {
        const wrote = playSession(table);
        const worked = table.desk.visible;
        if (!table.desk.history.undo(agents).entry) continue;
        tally.count("reverts");
        tally.count("kept", expectKept(table.desk, wrote));
        const reverted = table.desk.visible;
        table.desk.history.undo();
        expect(table.desk.visible).toBe(worked);
        table.desk.history.redo();
        expect(table.desk.visible).toBe(reverted);
        if (random.chance(0.5)) table.desk.history.undo();
      }
    });
  });

  test("[HIS-12] with reverts among them, undo all is the start and redo all the end", () => {
    forEachSeed({ count: 40, atLeast: { reverts: 1 } }, (random, tally) => {
      const desk = new Desk(randomDocument(random, { modules: 12 }));
      const start = desk.visible;
      const newId = countingIds("new");
      for (let session = 0; session < 4; session++) {
        playSession({ desk, random, newId });
        if (random.chance(0.6) && desk.history.undo(agents).entry) tally.count("reverts");
        if (random.chance(0.4)) desk.history.undo();
      }
      const end = redoAll(desk);
      while (desk.history.canUndo) desk.history.undo();
      expect(desk.visible).toBe(start);
      expect(redoAll(desk)).toBe(end);
    });
  });
});

interface Table {
  readonly desk: Desk;
  readonly random: Random;
  readonly newId: () => string;
}

/** A session of an agent and the person, who goes on alone. Returns the plain values the person wrote last. */
function playSession({ desk, random, newId }: Table): ReadonlyMap<string, string> {
  const wrote = new Map<string, string>();
  desk.history.beginSession(random.chance(0.7) ? desk.moveToNewDocument() : undefined);
  for (let turn = 0; turn < 16; turn++) {
    if (turn === 12) desk.history.endSession({ isIncomplete: false });
    const actor = turn < 12 ? random.pick([scout, lumen, ann, ann]) : ann;
    const before = desk.snapshot;
    playEdit(desk, random, { newId, actor });
    noteWriter(wrote, { before, after: desk.snapshot, isTheirs: actor === ann });
  }
  return wrote;
}

function expectKept({ snapshot }: Desk, wrote: ReadonlyMap<string, string>): number {
  let kept = 0;
  for (const [cell, value] of wrote) {
    const [id = "", key = ""] = cell.split("\0");
    if (!isVisible(snapshot, id)) continue;
    expect([cell, JSON.stringify(snapshot.nodes.get(id)?.[key])]).toEqual([cell, value]);
    kept += 1;
  }
  return kept;
}

function redoAll(desk: Desk): string {
  while (desk.history.canRedo) desk.history.redo();
  return desk.visible;
}
