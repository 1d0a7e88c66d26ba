import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { applyDelta, invertDelta } from "../change-set/text-delta.ts";
import type { TextDelta } from "../change-set/types.ts";
import type { Run } from "../document/value.ts";
import { runs as anyText, marks } from "../rich-text/arbitraries.test.support.ts";
import { markNames } from "../rich-text/marks.ts";
import { deltaOfEvents, type FragmentEvent, fillFragment, readFragment } from "./fragment.ts";

/** Makes a change and gives its delta as told by the events. */
function deltaOf(fragment: Y.XmlFragment, change: () => void): TextDelta | undefined {
  let before = { rich: readFragment(fragment) };
  const deltas: (TextDelta | undefined)[] = [];
  const observe = (events: FragmentEvent[]): void => {
    const after = { rich: readFragment(fragment) };
    const delta = deltaOfEvents(fragment, { events, before, after });
    if (delta) {
      expect(applyDelta(before, delta)).toEqual(after);
      expect(applyDelta(after, invertDelta(delta))).toEqual(before);
    }
    deltas.push(delta);
    before = after;
  };
  fragment.observeDeep(observe);
  fragment.doc?.transact(change, "test");
  fragment.unobserveDeep(observe);
  const [delta, ...tidying] = deltas;
  // Yjs tidies formatting in a transaction of its own; nothing changes in it.
  expect(tidying.flat()).toEqual([]);
  return deltas.length === 0 ? [] : delta;
}

function textWith(runs: readonly Run[]): Y.XmlFragment {
  const fragment = new Y.Doc().getXmlFragment("text");
  fillFragment(fragment, runs);
  return fragment;
}

function textsIn(parent: Y.XmlFragment): Y.XmlText[] {
  return parent
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? textsIn(child) : []));
}

const edit = fc.record({
  text: fc.nat(),
  at: fc.nat(),
  length: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom("insert", "delete", "format"),
  marks,
});

function apply(
  fragment: Y.XmlFragment,
  { text, at, length, kind, marks: chosen }: typeof edit extends fc.Arbitrary<infer T> ? T : never,
): void {
  const texts = textsIn(fragment);
  const target = texts[text % texts.length];
  if (!target) return;
  const from = boundary(target, at % (target.length + 1));
  const count = boundary(target, Math.min(from + length, target.length)) - from;
  if (kind === "insert") target.insert(from, "xyz", { ...chosen });
  else if (count > 0 && kind === "delete") target.delete(from, count);
  else if (count > 0)
    target.format(from, count, { ...Object.fromEntries(markNames.map((name) => [name, null])), ...chosen });
}

/** Yjs can't keep the halves of a surrogate pair; no editor cuts one. */
function boundary(text: Y.XmlText, at: number): number {
  const characters = text
    .toDelta()
    .map((op: { insert: string }) => op.insert)
    .join("");
  return /[\udc00-\udfff]/.test(characters[at] ?? "") ? at - 1 : at;
}

test("typing, deleting and formatting in several lines at once gives the exact delta", () => {
  let told = 0;
  fc.assert(
    fc.property(anyText, fc.array(edit, { minLength: 1, maxLength: 5 }), (runs, edits) => {
      const fragment = textWith(runs);
      const delta = deltaOf(fragment, () => {
        for (const one of edits) apply(fragment, one);
      });
      expect(delta).toBeDefined();
      if (delta && delta.length > 0) told++;
    }),
    { seed: 1, numRuns: 250 },
  );
  expect(told).toBeGreaterThan(120);
});

const lineEnd: Run = ["\u2029", { block: { kind: "paragraph", tag: "p", style: null, rest: null } }];

test("a keystroke is told where it was made, though a diff could not know", () => {
  const fragment = textWith([["aaa"], lineEnd]);
  const delta = deltaOf(fragment, () => textsIn(fragment)[0]?.insert(1, "a", {}));
  expect(delta).toEqual([{ keep: 1 }, { insert: "a" }]);
});

test("a change of structure has no exact delta", () => {
  const fragment = textWith([["a"], lineEnd]);
  const first = fragment.get(0);
  expect(deltaOf(fragment, () => first instanceof Y.XmlElement && first.setAttribute("tag", "h1"))).toBeUndefined();
  expect(deltaOf(fragment, () => fragment.insert(0, [new Y.XmlElement("paragraph")]))).toBeUndefined();
});
