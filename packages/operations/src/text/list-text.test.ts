import { applyDelta, diffText, isRichText } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { forEachSeed, type Random } from "@waggle/testing";
import { expect, test } from "vitest";
import { readList, writeList } from "./list-text.ts";

/** Items in canonical form, none of them plain or in paragraphs: they neither take over a look nor lend a frame. */
const pool = [
  "<b>a</b>",
  "<i>b</i> c",
  'd <a href="{{ url }}">e</a>',
  "<b>a</b><br>b",
  "<b>f</b><ul><li>g</li><li>h</li></ul>",
  '<span style="color: red;">{{ k }} &amp; l</span>',
];
const frames = [
  (items: string) => `<ul>${items}</ul>`,
  (items: string) => `<div class="own"><ol start="3">${items}</ol></div>`,
  (items: string) => `<p>before</p>\n<ul>${items}</ul><p>after</p>`,
  (items: string) => `<ul>${items}</ul><p>between</p><ul><li><b>z</b></li></ul>`,
];

const someItems = (random: Random) => Array.from({ length: random.between(1, 6) }, () => random.pick(pool));

test("whatever a list held, it holds what it was given, and the change applies to what there was", () => {
  const atLeast = { "an item that stays": 0.3, "no item that stays": 0.05 };
  forEachSeed({ count: 300, atLeast }, (random, tally) => {
    const old = someItems(random);
    const source = random.pick(frames)(old.map((item) => `<li style="color: blue;">${item}</li>`).join(""));
    const before = htmlCodec.parse(source);
    if (!before) throw new Error(`Not rich: ${source}`);
    const items = someItems(random);
    tally.count(items.some((item) => old.includes(item)) ? "an item that stays" : "no item that stays");
    const { value, warnings } = writeList(before, { codec: htmlCodec, items });
    expect(warnings).toEqual([]);
    expect(readList(value, htmlCodec)?.items).toEqual(items);
    expect(applyDelta(before, diffText(before, value)).rich).toEqual(value.rich);
    const exported = htmlCodec.parse(htmlCodec.serialise(value));
    expect(isRichText(exported) && readList(exported, htmlCodec)?.items).toEqual(items);
    const again = writeList(value, { codec: htmlCodec, items });
    expect(again.value.rich).toEqual(value.rich);
  });
});
