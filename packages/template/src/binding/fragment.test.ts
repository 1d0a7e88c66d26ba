import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { diffText } from "../change-set/diff-text.ts";
import { applyDelta, plainText } from "../change-set/text-delta.ts";
import type { TextDelta } from "../change-set/types.ts";
import { equalValues, type RichText, type Run } from "../document/value.ts";
import { anyRuns, runs as anyText, blocks } from "../rich-text/arbitraries.test.support.ts";
import type { Block } from "../rich-text/blocks.ts";
import { canonicalText, fromBlocks } from "../rich-text/linear.ts";
import { toHtml } from "../rich-text/to-html.ts";
import { fillFragment, readFragment, whyNotBindable, writeFragment } from "./fragment.ts";

const frame = { style: null, rest: null };
const strong = { strong: { as: null, o: null } };

function line(text: string, tag = "p"): Block {
  return { kind: "paragraph", tag, ...frame, content: text === "" ? [] : [{ text }] };
}

function listOf(...items: readonly string[]): Block {
  const content = items.map((text): Block => ({ kind: "item", tag: "li", ...frame, content: [line(text)] }));
  return { kind: "list", tag: "ul", ...frame, content };
}

function liveText(runs: readonly Run[]): { readonly doc: Y.Doc; readonly fragment: Y.XmlFragment } {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment("text");
  doc.transact(() => fillFragment(fragment, runs));
  return { doc, fragment };
}

function copyOf(doc: Y.Doc): { readonly doc: Y.Doc; readonly fragment: Y.XmlFragment } {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return { doc: copy, fragment: copy.getXmlFragment("text") };
}

function synchronise(one: Y.Doc, other: Y.Doc): void {
  const [mine, theirs] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(other)];
  Y.applyUpdate(one, theirs);
  Y.applyUpdate(other, mine);
}

function textsIn(parent: Y.XmlFragment): Y.XmlText[] {
  return parent
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? textsIn(child) : []));
}

function rewrite(fragment: Y.XmlFragment, after: readonly Run[], unit: "char" | "word" = "word"): TextDelta {
  const before = { rich: readFragment(fragment) };
  const delta = diffText(before, { rich: after }, { unit });
  fragment.doc?.transact(() => writeFragment(fragment, before, delta), "test");
  return delta;
}

test("what is filled in reads back, and editors may bind to it", () => {
  fc.assert(
    fc.property(anyText, (runs) => {
      const { fragment } = liveText(runs);
      expect(readFragment(fragment)).toEqual(runs);
      expect(whyNotBindable(fragment)).toBeUndefined();
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("any runs can be filled in and give a text editors may bind to", () => {
  fc.assert(
    fc.property(anyRuns, (runs) => {
      const { fragment } = liveText(runs);
      expect(readFragment(fragment)).toEqual(canonicalText({ rich: runs }).rich);
      expect(whyNotBindable(fragment)).toBeUndefined();
    }),
    { seed: 2, numRuns: 120 },
  );
});

test("a fragment can be filled before it is part of a document", () => {
  const fragment = new Y.XmlFragment();
  fillFragment(fragment, fromBlocks([line("hello"), listOf("a", "b")]));
  new Y.Doc().getMap("texts").set("title", fragment);
  expect(toHtml({ rich: readFragment(fragment) })).toBe("<p>hello</p><ul><li><p>a</p></li><li><p>b</p></li></ul>");
});

test("a mark over several stretches is one mark in Yjs, so an editor's first keystroke rewrites nothing", () => {
  const bold = { ...strong, color: { v: "red", o: null } };
  const { doc, fragment } = liveText([["plain "], ["bold ", strong], ["red", bold], ["\u2029", paragraphEnd]]);
  const [text] = textsIn(fragment);
  let bytes = 0;
  doc.on("update", (update: Uint8Array) => {
    bytes += update.length;
  });
  text?.insert(8, "x");
  expect(bytes).toBeLessThan(30);
  expect(text?.toDelta().map((op: { insert: string }) => op.insert)).toEqual(["plain ", "boxld ", "red"]);
});

const paragraphEnd = { block: { kind: "paragraph", tag: "p", ...frame } };

test("a written delta reads back as the text after it, and the other side converges", () => {
  let edits = 0;
  fc.assert(
    fc.property(blocks, blocks, fc.boolean(), (old, next, mixed) => {
      const before = fromBlocks(old);
      const after = fromBlocks(mixed ? mixture(old, next) : next);
      const { doc, fragment } = liveText(before);
      const copy = copyOf(doc);
      if (rewrite(fragment, after).length > 0) edits++;
      for (const text of textsIn(fragment)) expect(equalNeighboursIn(text)).toBe(0);
      synchronise(doc, copy.doc);
      expect(readFragment(fragment)).toEqual(after);
      expect(readFragment(copy.fragment)).toEqual(after);
      expect(whyNotBindable(fragment)).toBeUndefined();
    }),
    { seed: 3, numRuns: 150 },
  );
  expect(edits).toBeGreaterThan(120);
});

/** What makes an editor rewrite a line at its first keystroke. */
function equalNeighboursIn(text: Y.XmlText): number {
  const stretches: { attributes?: unknown }[] = text.toDelta();
  return stretches.filter(({ attributes }, index) => {
    const previous = stretches[index - 1];
    return previous !== undefined && equalValues(previous.attributes ?? {}, attributes ?? {});
  }).length;
}

/** Some blocks of each, so that there is something to align. */
function mixture(old: readonly Block[], next: readonly Block[]): Block[] {
  return [...old.slice(0, 2), ...next.slice(0, 1), ...old.slice(2)];
}

test("texts that merging brought about read back in canonical form", () => {
  let mended = 0;
  fc.assert(
    fc.property(anyText, anyRuns, (before, junk) => {
      const { fragment } = liveText(before);
      const text: RichText = { rich: before };
      const delta = diffText(text, { rich: junk });
      const after = applyDelta(text, delta);
      writeFragment(fragment, text, delta);
      expect(readFragment(fragment)).toEqual(canonicalText(after).rich);
      expect(whyNotBindable(fragment)).toBeUndefined();
      if (canonicalText(after) !== after) mended++;
    }),
    { seed: 4, numRuns: 150 },
  );
  expect(mended).toBeGreaterThan(50);
});

test("characters that stay inside a line keep their identity", () => {
  const { doc, fragment } = liveText(fromBlocks([line("one two three"), listOf("four five", "six")]));
  const [first, second] = textsIn(fragment);
  if (!first || !second) throw new Error("two texts expected");
  const anchors = [
    { text: first, at: Y.createRelativePositionFromTypeIndex(first, 8), word: "three" },
    { text: second, at: Y.createRelativePositionFromTypeIndex(second, 5), word: "five" },
  ];
  rewrite(fragment, fromBlocks([line("ONE and two three"), listOf("4 five", "six")]));
  for (const { text, at, word } of anchors) {
    const found = Y.createAbsolutePositionFromRelativePosition(at, doc);
    expect(found?.type).toBe(text);
    expect(text.toString().slice(found?.index)).toBe(word);
  }
});

test("untouched blocks keep their element, edited ones are edited in place", () => {
  const { fragment } = liveText(
    fromBlocks([line("The first paragraph"), line("The second one"), listOf("a", "b"), line("Last")]),
  );
  const [first, second, list, last] = fragment.toArray();
  rewrite(
    fragment,
    fromBlocks([
      line("A new beginning"),
      line("The first paragraph"),
      line("The second one, longer", "h2"),
      listOf("a", "b", "c"),
      line("Last"),
    ]),
  );
  const after = fragment.toArray();
  expect(after.slice(1)).toEqual([first, second, list, last]);
  expect(second instanceof Y.XmlElement && second.getAttribute("tag")).toBe("h2");
});

test("an atom may come, change and go beside text that stays", () => {
  const atom = (html: string): Run => ["\ufffc", { raw: { html, marks: null } }];
  const { fragment } = liveText([["a "], atom("<img>"), [" b"], ["\u2029", paragraphEnd]]);
  const [left, right] = textsIn(fragment);
  rewrite(fragment, [["a "], atom("<br class='x'>"), [" b"], ["\u2029", paragraphEnd]]);
  expect(textsIn(fragment)).toEqual([left, right]);
  rewrite(fragment, [["a  b"], ["\u2029", paragraphEnd]]);
  rewrite(fragment, [atom("<img>"), ["a  b"], atom("<hr>"), ["\u2029", paragraphEnd]]);
  expect(readFragment(fragment)).toEqual([atom("<img>"), ["a  b"], atom("<hr>"), ["\u2029", paragraphEnd]]);
});

test("words typed meanwhile survive a rewrite, unless their block was replaced", () => {
  const counts = { histories: 0, typed: 0, alive: 0, kept: 0, keptAlive: 0 };
  fc.assert(
    fc.property(blocks, blocks, fc.tuple(fc.nat(), fc.nat(), fc.nat()), (old, next, [how, ...places]) => {
      const { doc, fragment } = liveText(fromBlocks(old));
      const copy = copyOf(doc);
      const typed = typeInto(copy.fragment, places);
      rewrite(fragment, fromBlocks(edited(old, next, how)));
      synchronise(doc, copy.doc);
      expect(readFragment(copy.fragment)).toEqual(readFragment(fragment));
      expect(whyNotBindable(fragment)).toBeUndefined();
      const text = plainText({ rich: readFragment(fragment) });
      counts.histories++;
      for (const { word, host } of typed) {
        const isAlive = Array.from(word).every((character) => text.includes(character));
        const isKept = !isDeleted(host);
        counts.typed++;
        if (isAlive) counts.alive++;
        if (isKept) counts.kept++;
        if (isKept && isAlive) counts.keptAlive++;
      }
    }),
    { seed: 5, numRuns: 200 },
  );
  expect(counts.keptAlive).toBe(counts.kept);
  expect(counts.kept).toBeGreaterThan(150);
  expect(counts.alive / counts.typed).toBeGreaterThan(0.9);
});

test.each([
  ["a word at the border of a replaced word stays whole", "<p>one 2HUMAN three</p>", line("one 2 three")],
  ["typing in a paragraph that becomes a heading stays", "<h2>one twoHUMAN three</h2>", line("one two three", "h2")],
  ["typing stays in its place when a line break comes", "<p>one<br>twoHUMAN three</p>", line("one\ntwo three")],
  [
    "typing stays in its half when a paragraph is split",
    "<p>one</p><p>twoHUMAN three</p>",
    [line("one"), line("two three")],
  ],
])("%s", (_rule, html, wanted) => {
  const { doc, fragment } = liveText(fromBlocks([line("one two three")]));
  const copy = copyOf(doc);
  const [typing] = textsIn(copy.fragment);
  Array.from("HUMAN").forEach((letter, index) => {
    typing?.insert(7 + index, letter);
  });
  rewrite(fragment, fromBlocks([wanted].flat()));
  synchronise(doc, copy.doc);
  expect(toHtml({ rich: readFragment(fragment) })).toBe(html);
  expect(readFragment(copy.fragment)).toEqual(readFragment(fragment));
});

const words = ["①②③", "④⑤⑥"];

function typeInto(
  fragment: Y.XmlFragment,
  places: readonly number[],
): { readonly word: string; readonly host: Y.XmlText }[] {
  const texts = textsIn(fragment);
  return places.flatMap((place, index) => {
    const host = texts[place % texts.length];
    const word = words[index];
    if (!host || word === undefined) return [];
    const characters = host
      .toDelta()
      .map((op: { insert: string }) => op.insert)
      .join("");
    const middle = place % (host.length + 1);
    const at = /[\udc00-\udfff]/.test(characters[middle] ?? "") ? middle - 1 : middle;
    Array.from(word).forEach((character, offset) => {
      host.insert(at + offset, character);
    });
    return [{ word, host }];
  });
}

/** What agents do: change a word, add a block, drop one, restyle one. */
function edited(old: readonly Block[], next: readonly Block[], how: number): Block[] {
  const at = how % old.length;
  const block = old[at];
  const rest = [...old.slice(0, at), ...old.slice(at + 1)];
  if (!block || (how % 4 === 0 && rest.length > 0)) return rest;
  if (how % 4 === 1) return [...old.slice(0, at), ...next.slice(0, 1), ...old.slice(at)];
  if (block.kind !== "paragraph") return [...old, line("added")];
  const changed: Block =
    how % 4 === 2 ? { ...block, tag: "h2" } : { ...block, content: [{ text: "Changed " }, ...block.content.slice(1)] };
  return [...old.slice(0, at), changed, ...old.slice(at + 1)];
}

function isDeleted(type: Y.AbstractType<unknown> | Y.XmlText): boolean {
  for (let current: unknown = type; current instanceof Y.AbstractType; current = current.parent) {
    if (current._item?.deleted) return true;
  }
  return false;
}

test("a text under the root, an empty list and unknown elements read as something, and a rewrite clears them up", () => {
  const { fragment } = liveText(fromBlocks([line("a")]));
  const unknown = new Y.XmlElement("marquee");
  unknown.insert(0, [new Y.XmlText("moving")]);
  fragment.insert(1, [new Y.XmlText("loose"), new Y.XmlElement("list"), new Y.XmlElement("item"), unknown]);
  expect(whyNotBindable(fragment)).toBe("text directly in doc");
  const text = { rich: readFragment(fragment) };
  expect(toHtml(text)).toBe("<p>a</p>loose<div></div><p>moving</p>");
  rewrite(fragment, fromBlocks([line("a"), line("loose"), line("b")]));
  expect(toHtml({ rich: readFragment(fragment) })).toBe("<p>a</p><p>loose</p><p>b</p>");
  expect(whyNotBindable(fragment)).toBeUndefined();
});

test("characters with a meaning in the linear form count as one when someone typed them", () => {
  const { fragment } = liveText(fromBlocks([line("ab")]));
  textsIn(fragment)[0]?.insert(1, "\u2029\ufffc");
  expect(readFragment(fragment)).toEqual([["a\n\ufffdb"], ["\u2029", paragraphEnd]]);
});

test("why an editor must not bind names what it does not know", () => {
  const { fragment } = liveText(fromBlocks([line("ab")]));
  const [text] = textsIn(fragment);
  text?.format(0, 1, { blink: {} });
  expect(whyNotBindable(fragment)).toBe("mark blink");
  text?.format(0, 1, { blink: null, color: { v: "red", o: null, extra: 1 } });
  expect(whyNotBindable(fragment)).toBe("attribute extra of color");
});
