import type { ElementId } from "../document/node.ts";
import { compose, isTextCell } from "./algebra.ts";
import type { LogEntry } from "./revert.ts";
import type { ChangeSet, TextDelta } from "./types.ts";

/** An entry that may stand for several. */
export interface CompactedEntry extends LogEntry {
  /** The first of the revisions it stands for; `revision` is the last. */
  readonly from: number;
}

/** An entry of a log that may have been compacted before. */
export type CompactableEntry = LogEntry & Partial<Pick<CompactedEntry, "from">>;

export interface CompactOptions {
  /** Typing with longer pauses stays apart. Milliseconds. */
  readonly longestPauseMs: number;
  /** What reverts leave out that are in other parts of the log, when only a part is given. */
  readonly excluded?: readonly (readonly number[])[];
}

/**
 * The log with each run of typing made one entry: neighbouring entries of one actor in one place of one text, nobody
 * else's between them. What a later revert of an actor, of an element or of a stretch of time gives, stays the same, and the log of a
 * long text becomes some twenty times smaller. Nothing else is composed: a value set and set back says that somebody
 * wanted it so, and a composed entry would say nothing.
 */
export function compactLog(
  log: readonly CompactableEntry[],
  { longestPauseMs, excluded = [] }: CompactOptions,
): readonly CompactedEntry[] {
  const borders = [...excludedSets(log), ...excluded.map((revisions) => new Set(revisions))];
  const compacted: CompactedEntry[] = [];
  for (const entry of log) {
    const run = compacted.at(-1);
    const isMember = run !== undefined && goesOn(run, entry, longestPauseMs) && isTreatedAlike(borders, run, entry);
    const joined = isMember ? join(run, entry) : undefined;
    if (joined) compacted[compacted.length - 1] = joined;
    else compacted.push({ ...entry, from: firstOf(entry) });
  }
  return compacted;
}

function join(run: CompactedEntry, entry: LogEntry): CompactedEntry | undefined {
  const change = compose(run.change, entry.change);
  const text = onlyText(change);
  return text && isAtOnePlace(text.delta) ? { ...entry, change, from: run.from } : undefined;
}

/**
 * Whether a delta only types, or only deletes, in one place. What types over others' words, or in several places, is kept
 * apart: where texts meet, a revert puts characters in the order of the single entries.
 */
function isAtOnePlace(delta: TextDelta): boolean {
  const [first, ...rest] = delta;
  const edits = first && "keep" in first && !first.marks ? rest : delta;
  return edits.every((op) => "insert" in op) || edits.every((op) => "remove" in op);
}

function firstOf({ from, revision }: CompactableEntry): number {
  return from ?? revision;
}

function goesOn(run: CompactedEntry, entry: CompactableEntry, longestPauseMs: number): boolean {
  if (run.actor.id !== entry.actor.id || run.operation !== entry.operation) return false;
  if (firstOf(entry) !== run.revision + 1 || entry.at - run.at > longestPauseMs) return false;
  if (run.excluded || entry.excluded) return false;
  const [before, text] = [onlyText(run.change), onlyText(entry.change)];
  return text !== undefined && text.elementId === before?.elementId && text.key === before.key;
}

interface EditedText {
  readonly elementId: ElementId;
  readonly key: string;
  readonly delta: TextDelta;
}

/** The one text a change edits, when that is all it does. */
function onlyText(change: ChangeSet): EditedText | undefined {
  const [first, ...otherNodes] = Object.entries(change);
  if (!first || otherNodes.length > 0) return undefined;
  const [cell, ...otherCells] = Object.entries(first[1]);
  if (!cell || otherCells.length > 0 || !isTextCell(cell[1])) return undefined;
  return { elementId: first[0], key: cell[0], delta: cell[1].text };
}

function excludedSets(log: readonly LogEntry[]): readonly ReadonlySet<number>[] {
  return log.flatMap(({ excluded }) => (excluded ? [new Set(excluded)] : []));
}

/** A revert that left out one of them and not the other needs them apart. */
function isTreatedAlike(sets: readonly ReadonlySet<number>[], run: CompactedEntry, entry: LogEntry): boolean {
  return sets.every((excluded) => excluded.has(run.revision) === excluded.has(entry.revision));
}
