import type { Actor } from "@waggle/contract";
import {
  agents,
  forEachSeed,
  History,
  people,
  type Random,
  randomDocument,
  randomHistory,
  runsBetween,
} from "@waggle/testing";
import { expect, test } from "vitest";
import { applyChange, canonicalJson, walk } from "../document/snapshot.ts";
import { blockEnd, isRichText, type RichText } from "../document/value.ts";
import { compactLog } from "./compact.ts";
import { type LogEntry, revert } from "./revert.ts";
import type { TextOp } from "./types.ts";

const always = { longestPauseMs: Number.POSITIVE_INFINITY };

/** A history in which people type in runs, between and amid the work of everyone else. */
function historyWithTyping(random: Random): History {
  const history = randomHistory(random, { modules: 6, entries: 8, lag: 0 });
  for (let runs = 0; runs < 6; runs += 1) {
    type(random, history, random.pick([...people, ...agents]));
    const others = randomHistory(random, { modules: 1, entries: 1, lag: 0 });
    expect(others.log).toHaveLength(1);
  }
  return history;
}

/** Letters one behind the other, now and then a backspace; or a stretch that is deleted letter by letter. */
function type(random: Random, history: History, actor: Actor): void {
  const texts = [...walk(history.now)].flatMap(({ id, node }) =>
    Object.entries(node).flatMap(([key, value]) => (isRichText(value) ? [{ id, key, text: value }] : [])),
  );
  const { id, key, text } = random.pick(texts);
  const length = text.rich.reduce((sum, [characters]) => sum + characters.length, 0);
  const backspaces = random.chance(0.3) ? 1 : 0.15;
  let at = length < 2 ? 0 : random.between(1, length - 1);
  for (let strokes = random.between(2, 12); strokes > 0 && at > 0; strokes -= 1) {
    const op = random.chance(backspaces)
      ? backspaceAt(textAt(history, id, key), at)
      : { insert: random.pick([..."waggle"]) };
    if (!op) return;
    const place = "remove" in op ? at - 1 : at;
    history.append(actor, { [id]: { [key]: { text: place > 0 ? [{ keep: place }, op] : [op] } } });
    at = "remove" in op ? at - 1 : at + 1;
  }
}

/** Nothing where the end of a block stands. */
function backspaceAt(text: RichText, at: number): TextOp | undefined {
  const [[letter, marks] = []] = runsBetween(text, at - 1, at);
  if (letter === undefined || letter === blockEnd) return undefined;
  return { remove: letter, ...(marks ? { marks } : {}) };
}

function textAt(history: History, id: string, key: string): RichText {
  const text = history.now.nodes.get(id)?.[key];
  return isRichText(text) ? text : { rich: [] };
}

test("a revert gives the same from the compacted log", () => {
  const atLeast = { "a run": 0.9, "something to take back": 0.7 };
  forEachSeed({ count: 300, atLeast }, (random, tally) => {
    const history = historyWithTyping(random);
    const compacted = compactLog(history.log, always);
    if (compacted.length < history.log.length) tally.count("a run");
    for (const actor of [...agents, ...people]) {
      const pick = (entry: LogEntry): boolean => entry.actor.id === actor.id;
      const [long, short] = [history.log, compacted].map((log) => revert(log, history.now, { pick }).change);
      if (Object.keys(long ?? {}).length > 0) tally.count("something to take back");
      expect(canonicalJson(applyChange(history.now, short ?? {}))).toBe(
        canonicalJson(applyChange(history.now, long ?? {})),
      );
    }
  });
});

test("a revert of a revert gives the same from a log that was compacted after it", () => {
  forEachSeed({ count: 150, atLeast: { "a run": 0.9 } }, (random, tally) => {
    const history = historyWithTyping(random);
    const first = revert(history.log, history.now, { pick: ({ actor }) => actor.id === "A" });
    const entry = history.append(people[0] as Actor, first.change, first.excluded);
    type(random, history, random.pick(people));
    const compacted = compactLog(history.log, always);
    if (compacted.length < history.log.length) tally.count("a run");
    const pick = ({ revision }: LogEntry): boolean => revision === entry.revision;
    const [long, short] = [history.log, compacted].map((log) => revert(log, history.now, { pick }).change);
    expect(canonicalJson(applyChange(history.now, short ?? {}))).toBe(
      canonicalJson(applyChange(history.now, long ?? {})),
    );
  });
});

test("playing the compacted log gives the document, and its entries stand for all revisions in order", () => {
  forEachSeed({ count: 100, atLeast: { "a run": 0.9 } }, (random, tally) => {
    const history = historyWithTyping(random);
    const compacted = compactLog(history.log, always);
    if (compacted.length < history.log.length) tally.count("a run");
    let [snapshot, revision] = [history.start, 0];
    for (const entry of compacted) {
      expect(entry.from).toBe(revision + 1);
      revision = entry.revision;
      snapshot = applyChange(snapshot, entry.change);
    }
    expect(revision).toBe(history.log.length);
    expect(canonicalJson(snapshot)).toBe(canonicalJson(history.now));
  });
});

test("pauses, other actors, other texts and values part a run", () => {
  const letter = (at: number, revision: number, actor = "p"): LogEntry => ({
    revision,
    actor: { kind: "person", id: actor, name: actor },
    operation: "edit",
    at,
    change: { text: { "/html": { text: [{ keep: revision - 1 }, { insert: "a" }] } } },
  });
  const spans = (log: LogEntry[]): number[][] =>
    compactLog(log, { longestPauseMs: 1000 }).map(({ from, revision }) => [from, revision]);
  expect(spans([letter(0, 1), letter(900, 2), letter(2000, 3)])).toEqual([
    [1, 2],
    [3, 3],
  ]);
  expect(spans([letter(0, 1), letter(1, 2, "q"), letter(2, 3)])).toHaveLength(3);
  expect(spans([letter(0, 1), { ...letter(1, 2), change: { text: { "/locked": { after: true } } } }])).toHaveLength(2);
  expect(spans([letter(0, 1), { ...letter(1, 2), operation: "update_title" }])).toHaveLength(2);
  const revertOfOne: LogEntry = { ...letter(3, 3), change: {}, excluded: [1] };
  expect(spans([letter(0, 1), letter(1, 2), revertOfOne])).toHaveLength(3);
});

test("six hundred letters become a log a twentieth as large", () => {
  forEachSeed({ count: 1, atLeast: {} }, (seeded) => {
    const history = new History(randomDocument(seeded, { modules: 3 }));
    const [found] = [...walk(history.now)].filter(({ node }) => Object.values(node).some(isRichText));
    const key = Object.keys(found?.node ?? {}).find((each) => isRichText(found?.node[each])) ?? "";
    for (let letter = 0; letter < 600; letter += 1)
      history.append(people[0] as Actor, {
        [found?.id ?? ""]: { [key]: { text: [{ keep: letter }, { insert: "a" }] } },
      });
    const bytes = (log: readonly unknown[]): number => JSON.stringify(log).length;
    expect(bytes(compactLog(history.log, always)) * 20).toBeLessThan(bytes(history.log));
  });
});
