import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TextVerdict, textConstructs } from "@waggle/testing";
import { expect, test } from "vitest";
import { htmlCodec } from "./codec.ts";
import { corpusFields, corpusFolder } from "./corpus-fields.test.support.ts";

const page = join(import.meta.dirname, "../../../../docs/rich-text.md");
const [start, end] = ["<!-- constructs -->\n", "<!-- /constructs -->\n"];

function verdictOn(html: string): TextVerdict {
  const text = htmlCodec.parse(html);
  if (!text) return "opaque";
  const hasRaw = text.rich.some(([, marks]) => marks?.raw || JSON.stringify(marks ?? {}).includes('"kind":"raw"'));
  return hasRaw ? "raw" : "rich";
}

test.each(textConstructs)("$name: $as", ({ html, as }) => {
  const text = htmlCodec.parse(html);
  expect(verdictOn(html)).toBe(as);
  expect(text ? htmlCodec.serialise(text) : html).toBe(html);
  expect(htmlCodec.explain(html)).toEqual(as === "opaque" ? expect.stringMatching(/./) : undefined);
});

test("the table in the docs says what the code does", () => {
  const rows = textConstructs.map(({ name, html }) => `| ${name} | ${code(html)} | ${inWords(html)} |`);
  const table = ["| construct | example | becomes |", "|---|---|---|", ...rows, ""].join("\n");
  const written = readFileSync(page, "utf8");
  const [before = "", rest = ""] = written.split(start);
  const [shown = "", after = ""] = rest.split(end);
  // The one way to renew it: WAGGLE_WRITE_DOCS=1 and this test.
  if (process.env.WAGGLE_WRITE_DOCS) writeFileSync(page, before + start + table + end + after);
  else expect(shown).toBe(table);
});

function code(html: string): string {
  const short = html.length > 110 ? `${html.slice(0, 109)}…` : html;
  return `\`${short.replaceAll("\n", "↵").replaceAll("\u2029", "·").replaceAll("|", "\\|")}\``;
}

function inWords(html: string): string {
  const verdict = verdictOn(html);
  if (verdict === "rich") return "rich text";
  return verdict === "raw" ? "rich text, this part kept as HTML" : `opaque: ${htmlCodec.explain(html)}`;
}

test.skipIf(!existsSync(corpusFolder))("the share of rich texts in the docs is the one measured", () => {
  const fields = corpusFields();
  const rich = fields.filter((html) => htmlCodec.parse(html) !== undefined);
  expect(readFileSync(page, "utf8")).toContain(`${rich.length} of ${fields.length} distinct`);
});
