import { applyDelta, diffText, isRichText, type NodeData, tableKey } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { forEachSeed, type Random } from "@waggle/testing";
import { expect, test } from "vitest";
import { readTableTexts, type TableTexts, writeTableTexts } from "./table-text.ts";

/** Cells in canonical form, none of them plain or in paragraphs: they neither take over a look nor lend a frame. */
const pool = ["<b>1</b>", "<b>2</b>", "<i>a</i> b", "<b>c</b><br>d", "{{ x }} <b>y</b>", '<a href="#z">z</a>'];

function someTable(random: Random): TableTexts {
  const columns = random.between(1, 4);
  const row = () => Array.from({ length: columns }, () => random.pick(pool));
  return { headers: random.chance(0.6) ? row() : [], rows: Array.from({ length: random.between(1, 5) }, row) };
}

test("whatever a table held, it holds what it was given, and the change applies to what there was", () => {
  const atLeast = { "another number of columns": 0.3, "the same number": 0.1, "headers that come or go": 0.2 };
  forEachSeed({ count: 300, atLeast }, (random, tally) => {
    const old = someTable(random);
    const node: NodeData = { ...writeTableTexts({}, old, htmlCodec).content };
    expect(readTableTexts(node, htmlCodec)).toEqual(old);
    const given = someTable(random);
    const isAsWide = given.rows[0]?.length === old.rows[0]?.length;
    tally.count(isAsWide ? "the same number" : "another number of columns");
    if ((given.headers.length === 0) !== (old.headers.length === 0)) tally.count("headers that come or go");
    const { content, warnings } = writeTableTexts(node, given, htmlCodec);
    expect(warnings).toEqual([]);
    expect(readTableTexts({ ...content }, htmlCodec)).toEqual(given);
    const [before, after] = [node[tableKey], content[tableKey]];
    if (!isRichText(before) || !isRichText(after)) throw new Error("The table is no text.");
    expect(applyDelta(before, diffText(before, after)).rich).toEqual(after.rich);
    expect(writeTableTexts({ ...content }, given, htmlCodec).content[tableKey]).toEqual(after);
  });
});
