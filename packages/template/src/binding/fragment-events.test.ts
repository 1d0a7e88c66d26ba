import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { applyDelta, invertDelta } from "../change-set/text-delta.ts";
import type { TextDelta } from "../change-set/types.ts";
import { runs as anyText, marks } from "../rich-text/arbitraries.test.support.ts";
import { markNames } from "../rich-text/marks.ts";
import { deltaOfEvents, type FragmentEvent, fillFragment, readFragment } from "./fragment.ts";

interface Watched {
  readonly fragment: Y.XmlFragment;
  /** The delta of one transaction, and whether it explains what the text became. */
  edit(change: () => void): TextDelta | undefined;
}

function watch(fragment: Y.XmlFragment): Watched {
  let events: FragmentEvent[] = [];
  fragment.observeDeep((observed) => {
    events = observed;
  });
  return {
    fragment,
    edit(change) {
      events = [];
      const before = { rich: readFragment(fragment) };
      fragment.doc?.transact(change);
      const after = { rich: readFragment(fragment) };
      const delta = deltaOfEvents(fragment, { events, before, after });
      if (delta) {
        expect(applyDelta(before, delta)).toEqual(after);
        expect(applyDelta(after, invertDelta(delta))).toEqual(before);
      }
      return delta;
    },
  };
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
  const from = at % (target.length + 1);
  const count = Math.min(length, target.length - from);
  if (kind === "insert") target.insert(from, "xyz", { ...chosen });
  else if (count > 0 && kind === "delete") target.delete(from, count);
  else if (count > 0)
    target.format(from, count, { ...Object.fromEntries(markNames.map((name) => [name, null])), ...chosen });
}

test("typing, deleting and formatting in several lines at once gives the exact delta", () => {
  let told = 0;
  fc.assert(
    fc.property(anyText, fc.array(edit, { minLength: 1, maxLength: 5 }), (runs, edits) => {
      const doc = new Y.Doc();
      const { fragment, edit: change } = watch(doc.getXmlFragment("text"));
      fillFragment(fragment, runs);
      const delta = change(() => {
        for (const one of edits) apply(fragment, one);
      });
      expect(delta).toBeDefined();
      if (delta && delta.length > 0) told++;
    }),
    { seed: 1, numRuns: 400 },
  );
  expect(told).toBeGreaterThan(200);
});

test("a keystroke is told where it was made, though a diff could not know", () => {
  const doc = new Y.Doc();
  const { fragment, edit: change } = watch(doc.getXmlFragment("text"));
  fillFragment(fragment, [["aaa"], ["\u2029", { block: { kind: "paragraph", tag: "p", style: null, rest: null } }]]);
  expect(change(() => textsIn(fragment)[0]?.insert(1, "a", {}))).toEqual([{ keep: 1 }, { insert: "a" }]);
});

test("a change of structure has no exact delta", () => {
  const doc = new Y.Doc();
  const { fragment, edit: change } = watch(doc.getXmlFragment("text"));
  fillFragment(fragment, [["a"], ["\u2029", { block: { kind: "paragraph", tag: "p", style: null, rest: null } }]]);
  const first = fragment.get(0);
  expect(change(() => first instanceof Y.XmlElement && first.setAttribute("tag", "h1"))).toBeUndefined();
  expect(change(() => fragment.insert(0, [new Y.XmlElement("paragraph")]))).toBeUndefined();
});
