import type { RichText } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isSimpleLine, writeText } from "./write-text.ts";

const shape = { argument: "text", isSingleBlock: true, wrap: (inline: string) => `<div>${inline}</div>` };
const bold = htmlCodec.parse('<div style="color: #fff;"><strong>Buy now</strong></div>');

/** The same words, with one that keeps them from being a simple line. */
function writtenTheLongWay(line: string, current: RichText): unknown {
  const { value } = writeText(`${line}\u00a0.`, { codec: htmlCodec, shape, current });
  return JSON.parse(JSON.stringify(value).replace("\u00a0.", ""));
}

test("a simple line becomes what parsing it would give", () => {
  if (!bold) throw new Error("The fixture is not rich.");
  let simple = 0;
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "grapheme", maxLength: 40 }), fc.lorem({ maxCount: 8 })), (line) => {
      if (!isSimpleLine(line)) return;
      simple += 1;
      expect(writeText(line, { codec: htmlCodec, shape, current: bold }).value).toEqual(writtenTheLongWay(line, bold));
    }),
    { numRuns: 2000 },
  );
  expect(simple).toBeGreaterThan(500);
});

test.each([
  ["a title", { argument: "text", isSingleBlock: true, wrap: (inline: string) => inline }, (line: string) => line],
  ["a button", shape, (line: string) => `<div>${line}</div>`],
  [
    "a paragraph",
    { argument: "html", isSingleBlock: false, wrap: (inline: string) => `<p>${inline}</p>` },
    (line: string) => `<p>${line}</p>`,
  ],
] as const)("a simple line of %s that is new becomes what parsing it would give", (_name, ofKind, htmlOf) => {
  let simple = 0;
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "grapheme", maxLength: 40 }), fc.lorem({ maxCount: 8 })), (line) => {
      if (!isSimpleLine(line)) return;
      simple += 1;
      const html = htmlCodec.sanitise(htmlOf(line));
      expect(writeText(line, { codec: htmlCodec, shape: ofKind }).value).toEqual(htmlCodec.parse(html) ?? html);
    }),
    { numRuns: 1000 },
  );
  expect(simple).toBeGreaterThan(250);
});

test.each([
  "",
  " x",
  "x ",
  "\u2002x",
  "a  b",
  "a\nb",
  "a\tb",
  "<b>x</b>",
  "a & b",
  "{{name}}",
  "*|NAME|*",
  "[name]",
  "x\u00a0y",
  "x\u2029y",
])("%j is no simple line", (line) => expect(isSimpleLine(line)).toBe(false));
