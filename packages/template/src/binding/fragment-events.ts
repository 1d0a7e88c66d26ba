import * as Y from "yjs";
import { DeltaBuilder } from "../change-set/delta-builder.ts";
import { insertOf, keepOf, marksBetween, RunReader, removeOf } from "../change-set/text-op.ts";
import type { TextDelta } from "../change-set/types.ts";
import type { Marks, RichText } from "../document/value.ts";
import { completeMarks } from "../rich-text/marks.ts";
import { plainCharacters } from "./fragment-read.ts";
import { spansOf } from "./fragment-texts.ts";

/** The events of one transaction. */
export type FragmentEvent = Y.YEvent<Y.AbstractType<unknown>>;

/** What events say that happened to the text, not yet proven. Undefined when they are about more than characters and marks. */
export function readEvents(
  fragment: Y.XmlFragment,
  events: readonly FragmentEvent[],
  before: RichText,
): TextDelta | undefined {
  const changes = changesByText(events);
  if (!changes) return undefined;
  const builder = new EventDelta(before);
  let offset = 0;
  for (const { text, start, end } of spansOf(fragment).spans) {
    builder.keep(start - offset);
    const change = changes.get(text) ?? [];
    for (const op of change) builder.add(op);
    builder.keep(end - start - lengthAfter(change));
    changes.delete(text);
    offset = end;
  }
  return changes.size === 0 ? builder.build() : undefined;
}

type EventOp = Y.YTextEvent["delta"][number];

function changesByText(events: readonly FragmentEvent[]): Map<unknown, readonly EventOp[]> | undefined {
  const changes = new Map<unknown, readonly EventOp[]>();
  for (const event of events) {
    const target: unknown = event.target;
    if (!(event instanceof Y.YTextEvent) || !(target instanceof Y.XmlText) || changes.has(target)) return undefined;
    changes.set(target, event.delta);
  }
  return changes;
}

/** Characters of the text that a change speaks of; those behind stayed. */
function lengthAfter(change: readonly EventOp[]): number {
  return change.reduce((sum, op) => sum + (op.retain ?? charactersOf(op).length), 0);
}

function charactersOf({ insert }: EventOp): string {
  if (insert === undefined) return "";
  return typeof insert === "string" ? plainCharacters(insert) : "\ufffd";
}

/** Fills in what the events leave out: the characters removed, and the marks there were before. */
class EventDelta {
  readonly #before: RunReader;
  readonly #builder = new DeltaBuilder();

  constructor(before: RichText) {
    this.#before = new RunReader(before.rich);
  }

  keep(length: number): void {
    this.#before.take(length);
    this.#builder.push(keepOf(length));
  }

  add(op: EventOp): void {
    if (op.insert !== undefined) this.#builder.push(insertOf(charactersOf(op), completeMarks(op.attributes)));
    for (const run of this.#before.take(op.delete ?? 0)) this.#builder.push(removeOf(...run));
    for (const [text, marks] of this.#before.take(op.retain ?? 0)) {
      this.#builder.push(keepOf(text.length, op.attributes && marksBetween(marks, formatted(marks, op.attributes))));
    }
  }

  build(): TextDelta {
    return this.#builder.build();
  }
}

function formatted(marks: Marks | undefined, attributes: Marks): Marks | undefined {
  const all = Object.entries({ ...marks, ...attributes }).filter(([, value]) => value !== null);
  return completeMarks(Object.fromEntries(all));
}
