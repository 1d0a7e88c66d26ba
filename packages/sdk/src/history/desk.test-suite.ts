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
  type Json,
  type NodeData,
  parentOf,
  rootId,
  type Snapshot,
  settingsId,
  type TextCodec,
  toHtml,
  walk,
} from "@waggle/template";
import { countingIds, FakeClock, type Random, randomStep, randomTyping } from "@waggle/testing";
import { HistoryLine } from "./history-line.ts";
import { undoing } from "./undoing.ts";

export const ann: Actor = { kind: "person", id: "p1", name: "Ann" };
export const scout: Actor = { kind: "agent", id: "a1", name: "Scout" };

export const lumen: Actor = { kind: "agent", id: "a2", name: "Lumen" };
export const bert: Actor = { kind: "person", id: "p2", name: "Bert" };

/** A template with a history, without Yjs: every change is applied to the snapshot as it comes. */
export class Desk {
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
      undoing,
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

  /** The same template in another document: other order keys, no trash, texts from another source. */
  moveToNewDocument(): Snapshot {
    const previous = this.snapshot;
    const draft = new Draft(applyChange(emptySnapshot, settingsOf(previous)));
    for (const { id, kind, node } of walk(previous)) {
      const parent = parentOf(node) ?? rootId;
      draft.create(id, { kind, parent, index: Number.MAX_SAFE_INTEGER, properties: fromOtherSource(node) });
    }
    this.snapshot = applyChange(draft.base, draft.changeSet());
    return previous;
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

export const titleKey = "/descriptor/heading/text";
export const linkKey = "/descriptor/button/href";
export const link = ["button", linkKey] as const;
/** Texts here have no source to keep. */
const plainCodec: TextCodec = {
  parse: () => undefined,
  explain: () => "not read",
  serialise: toHtml,
  sanitise: (html) => html,
};

function settingsOf({ nodes }: Snapshot): ChangeSet {
  const cells = Object.entries(nodes.get(settingsId) ?? {}).filter(([key]) => key.startsWith("/"));
  return { [settingsId]: Object.fromEntries(cells.map(([key, after]) => [key, { after }])) };
}

function fromOtherSource(node: NodeData): NodeData {
  const cells = Object.entries(node).filter(([key]) => key.startsWith("/"));
  return Object.fromEntries(
    cells.map(([key, value]) => [key, isRichText(value) ? { ...value, html: "another source" } : value]),
  );
}

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
export function smallTemplate(): Snapshot {
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

export interface Player {
  readonly newId: () => string;
  readonly actor: Actor;
}

/** One random edit; returns how many changed something. */
export function playEdit(desk: Desk, random: Random, { newId, actor }: Player): number {
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

export interface WrittenStep {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly isTheirs: boolean;
}

/** Plain values that somebody wrote last; texts and places may rightly hold the work of both. */
export function noteWriter(wrote: Map<string, string>, { before, after, isTheirs }: WrittenStep): void {
  for (const [id, cells] of Object.entries(diff(before, after))) {
    for (const key of Object.keys(cells)) {
      const value = after.nodes.get(id)?.[key];
      if (!key.startsWith("/") || key === "/grid-columns" || isRichText(value)) continue;
      if (isTheirs) wrote.set(`${id}\0${key}`, JSON.stringify(value));
      else wrote.delete(`${id}\0${key}`);
    }
  }
}
