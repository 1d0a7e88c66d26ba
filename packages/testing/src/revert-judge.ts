import {
  type Cell,
  type ChangeSet,
  type ElementId,
  equalValues,
  isRichText,
  type Json,
  type LogEntry,
  type Marks,
  type NodeChange,
  type NodeData,
  type RichText,
  type Run,
  type Snapshot,
  type TextDelta,
  type TextOp,
  type Value,
} from "@waggle/template";

/** On which side of removed characters an insertion at the same place lands: both are right, so a test accepts both. */
export type Side = "left" | "right";

export interface Verdict {
  readonly start: Snapshot;
  readonly log: readonly LogEntry[];
  readonly excluded: ReadonlySet<number>;
  readonly side: Side;
}

/**
 * What a document should be without some entries of its log, found without any of the code under test: the log is played
 * twice at once, as it happened and without the excluded entries, with every character of a text known by identity.
 * Reverts in the log are not played in the second world: `excluded` says it all.
 */
export function judgeWithout({ start, log, excluded, side }: Verdict): Map<ElementId, NodeData> {
  const worlds = new Worlds(start, side);
  for (const entry of log) worlds.play(entry.change, !excluded.has(entry.revision) && !entry.excluded);
  return worlds.judged();
}

type Cells = Map<string, Value | Characters>;

class Worlds {
  readonly #real = new Map<ElementId, Cells>();
  readonly #judged = new Map<ElementId, Cells>();
  readonly #side: Side;

  constructor(start: Snapshot, side: Side) {
    this.#side = side;
    for (const [id, node] of start.nodes.entries()) {
      const cells: Cells = new Map(Object.entries(node).map(([key, value]) => [key, this.#load(value, true)]));
      this.#real.set(id, cells);
      this.#judged.set(id, new Map(cells));
    }
  }

  play(change: ChangeSet, counts: boolean): void {
    for (const [id, nodeChange] of Object.entries(change)) {
      const type = nodeChange.type;
      if (type && !("text" in type) && type.before === undefined) this.#create(id, nodeChange, counts);
      else if (type && !("text" in type) && type.after === undefined) this.#purge(id, counts);
      else for (const [key, cell] of Object.entries(nodeChange)) this.#write(id, { key, cell, counts });
    }
  }

  judged(): Map<ElementId, NodeData> {
    const plain = (cells: Cells): NodeData =>
      Object.fromEntries([...cells].map(([key, value]) => [key, value instanceof Characters ? value.judged() : value]));
    return new Map([...this.#judged].map(([id, cells]) => [id, plain(cells)]));
  }

  #load(value: Value, counts: boolean): Value | Characters {
    return isRichText(value) ? new Characters(value, { counts, side: this.#side }) : value;
  }

  #create(id: ElementId, change: NodeChange, counts: boolean): void {
    const cells: Cells = new Map();
    for (const [key, cell] of Object.entries(change)) {
      if (!("text" in cell) && cell.after !== undefined) cells.set(key, this.#load(cell.after, counts));
    }
    this.#real.set(id, cells);
    if (counts) this.#judged.set(id, new Map(cells));
  }

  #purge(id: ElementId, counts: boolean): void {
    this.#real.delete(id);
    if (counts) this.#judged.delete(id);
  }

  #write(id: ElementId, { key, cell, counts }: { key: string; cell: Cell; counts: boolean }): void {
    const real = this.#real.get(id);
    if (!real) throw new Error(`The log changes ${id}, which does not exist.`);
    const judged = this.#judged.get(id);
    if ("text" in cell) {
      const text = real.get(key);
      if (!(text instanceof Characters)) throw new Error(`The log edits ${key} of ${id}, which is no text.`);
      // Whoever edits a text makes it theirs, if only an excluded entry had put it there.
      if (counts && judged && judged.get(key) !== text) {
        text.adopt();
        judged.set(key, text);
      }
      text.edit(cell.text, counts);
      return;
    }
    const value = cell.after === undefined ? undefined : this.#load(cell.after, counts);
    for (const cells of counts ? [real, judged] : [real]) {
      if (value === undefined) cells?.delete(key);
      else cells?.set(key, value);
    }
  }
}

interface Character {
  readonly code: string;
  isRemoved: boolean;
  /** Whether it is in the judged world, and was not removed there. */
  isJudged: boolean;
  marks: Record<string, Json>;
  judgedMarks: Record<string, Json>;
}

/** A text of both worlds at once. */
class Characters {
  #list: Character[];
  readonly #side: Side;
  readonly #html: string | undefined;

  constructor(text: RichText, { counts, side }: { counts: boolean; side: Side }) {
    this.#list = text.rich.flatMap(([characters, marks]) => charactersOf(characters, marks, counts));
    this.#side = side;
    this.#html = text.html;
  }

  /** Takes everything there is over into the judged world. */
  adopt(): void {
    for (const character of this.#list) {
      character.isJudged = !character.isRemoved;
      character.judgedMarks = { ...character.marks };
    }
  }

  edit(delta: TextDelta, counts: boolean): void {
    let index = 0;
    for (const op of delta) {
      if ("insert" in op) {
        if (this.#side === "right") index = this.#skipRemoved(index);
        const inserted = charactersOf(op.insert, op.marks, counts);
        this.#list.splice(index, 0, ...inserted);
        index += inserted.length;
      } else index = this.#touch(index, op, counts);
    }
  }

  #touch(from: number, op: Exclude<TextOp, { insert: string }>, counts: boolean): number {
    let index = from;
    const length = "keep" in op ? op.keep : op.remove.length;
    for (let left = length; left > 0; left--) {
      index = this.#skipRemoved(index);
      const character = this.#list[index];
      if (!character) throw new Error("The log edits behind the end of a text.");
      index += 1;
      if ("remove" in op) {
        character.isRemoved = true;
        if (counts) character.isJudged = false;
      } else mark(character, op.marks, counts);
    }
    return index;
  }

  #skipRemoved(from: number): number {
    let index = from;
    while (this.#list[index]?.isRemoved) index += 1;
    return index;
  }

  judged(): RichText {
    const runs: Run[] = [];
    for (const { code, isJudged, judgedMarks } of this.#list) {
      if (!isJudged) continue;
      const marks = present(judgedMarks);
      const last = runs.at(-1);
      if (last && equalValues(last[1], marks))
        runs[runs.length - 1] = marks ? [last[0] + code, marks] : [last[0] + code];
      else runs.push(marks ? [code, marks] : [code]);
    }
    return this.#html === undefined ? { rich: runs } : { rich: runs, html: this.#html };
  }
}

function charactersOf(text: string, marks: Marks | undefined, counts: boolean): Character[] {
  return text.split("").map((code) => ({
    code,
    isRemoved: false,
    isJudged: counts,
    marks: { ...marks },
    judgedMarks: { ...marks },
  }));
}

function mark(character: Character, marks: Extract<TextOp, { keep: number }>["marks"], counts: boolean): void {
  for (const [name, [, after]] of Object.entries(marks ?? {})) {
    character.marks[name] = after;
    if (counts) character.judgedMarks[name] = after;
  }
}

function present(marks: Readonly<Record<string, Json>>): Marks | undefined {
  const entries = Object.entries(marks).filter(([, value]) => value !== null);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
