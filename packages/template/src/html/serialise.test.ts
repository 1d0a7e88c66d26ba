import { expect, test } from "vitest";
import type { RichText, Run } from "../document/value.ts";
import { createHtmlCodec, htmlCodec } from "./codec.ts";
import { fixtures } from "./fixtures.test.support.ts";

function parsed(html: string): RichText {
  const text = htmlCodec.parse(html);
  if (!text) throw new Error(`not rich: ${html}`);
  return text;
}

function replaced(text: RichText, word: string, by: string): RichText {
  return { ...text, rich: text.rich.map(([run, marks]): Run => [run.replace(word, by), marks ?? {}]) };
}

const letter = `<div class="wrapper">
  <p STYLE="color:red" data-mce-style="color:red">Dear&#32;<B>{{ name }}</B>,</p>
  <!-- body -->
  <p>it is  <i>summer</i>.</p>

  <ul><LI>sun</LI><li>sea</li></ul>
</div>
`;

test("an edited word changes only its block: wrapper, white space and the other blocks stay as they came", () => {
  const text = parsed(letter);
  expect(htmlCodec.serialise(replaced(text, "summer", "winter"))).toBe(
    letter.replace("<p>it is  <i>summer</i>.</p>", "<p>it is <i>winter</i>.</p>"),
  );
});

test("typing and taking it back gives the source again", () => {
  const text = parsed(letter);
  const there = replaced(text, "summer", "winter");
  expect(htmlCodec.serialise(replaced(there, "winter", "summer"))).toBe(letter);
});

test("added and removed blocks leave their neighbours as they came", () => {
  const html = '<p STYLE="color:red">a</p>\n<p>b&#33;</p>\n<p CLASS=x>c</p>';
  const text = parsed(html);
  const [a = [""], aEnd = [""], b = [""], bEnd = [""], ...rest]: readonly Run[] = text.rich;
  expect(htmlCodec.serialise({ ...text, rich: [a, aEnd, ["new"], bEnd, b, bEnd, ...rest] })).toBe(
    '<p STYLE="color:red">a</p><p>new</p>\n<p>b&#33;</p>\n<p CLASS=x>c</p>',
  );
  expect(htmlCodec.serialise({ ...text, rich: [a, aEnd, ...rest] })).toBe(
    '<p STYLE="color:red">a</p>\n<p CLASS=x>c</p>',
  );
});

test("a text without a source is canonical HTML", () => {
  expect(htmlCodec.serialise({ rich: parsed("<P>a<BR>b</P>").rich })).toBe("<p>a<br>b</p>");
});

test("a source that can't be read any more does not hold the text back", () => {
  expect(htmlCodec.serialise({ rich: parsed("<p>a</p>").rich, html: "<p><b>a</p>" })).toBe("<p>a</p>");
});

test("an emptied text keeps its wrapper", () => {
  const text = parsed('<div class="txtTinyMce-wrapper"><p>a</p></div>');
  expect(htmlCodec.serialise({ ...text, rich: [] })).toBe('<div class="txtTinyMce-wrapper"></div>');
});

test("one edited block leaves all others verbatim, whatever the source", () => {
  let edits = 0;
  for (const [, html] of fixtures) {
    const text = htmlCodec.parse(html);
    const at = text?.rich.findIndex(([run]) => /[a-z]/.test(run)) ?? -1;
    const run = text?.rich[at];
    if (!text || !run) continue;
    const word = /[a-z]+/.exec(run[0])?.[0] ?? "";
    const edited: Run = [run[0].replace(word, "Edited"), run[1] ?? {}];
    const there = { ...text, rich: text.rich.with(at, edited) };
    const written = htmlCodec.serialise(there);
    expect(written).toContain("Edited");
    expect(htmlCodec.parse(written)?.rich).toEqual(
      there.rich.map(([text, marks]) => (isEmpty(marks) ? [text] : [text, marks])),
    );
    expect(htmlCodec.serialise(text)).toBe(html);
    edits++;
  }
  expect(edits).toBeGreaterThan(60);
});

function isEmpty(marks: Run[1]): boolean {
  return marks === undefined || Object.keys(marks).length === 0;
}

test("what the codec forgets it reads again", () => {
  const codec = createHtmlCodec();
  const filler = "x".repeat(50_000);
  const texts = Array.from({ length: 60 }, (_, index) => parsed(`<p>text&#32;${index}${filler}</p>`));
  for (const text of [...texts, ...texts]) expect(codec.serialise(text)).toBe(text.html);
});
