import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { Run } from "../document/value.ts";
import { htmlCodec } from "./codec.ts";
import { corpusFields, corpusFolder } from "./corpus-fields.test.support.ts";
import { parseHtml } from "./parse.ts";
import { sanitiseHtml } from "./sanitise.ts";

test.skipIf(!existsSync(corpusFolder))(
  "text fields of real templates are rich text, and come back as they came",
  () => {
    const fields = corpusFields();
    const rich = fields.filter((html) => htmlCodec.parse(html) !== undefined);
    // biome-ignore lint/suspicious/noConsole: the share is the finding.
    console.info(`${rich.length} of ${fields.length} distinct text fields are rich text`);
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.length - rich.length).toBeLessThanOrEqual(1);
    for (const html of rich) {
      const text = htmlCodec.parse(html);
      expect(text && htmlCodec.serialise(text)).toBe(html);
    }
  },
);

test.skipIf(!existsSync(corpusFolder))("an edited word changes only its block in real texts of several blocks", () => {
  let edited = 0;
  for (const html of corpusFields()) {
    const parsed = parseHtml(html);
    if ("reason" in parsed || parsed.blocks.length < 2) continue;
    const at = parsed.rich.findIndex(([run]) => /[a-z]{3}/i.test(run));
    const run = parsed.rich[at];
    if (!run) continue;
    const changed: Run = [run[0].replace(/[a-z]{3}/i, "XYZ"), run[1] ?? {}];
    const written = htmlCodec.serialise({ rich: parsed.rich.with(at, changed), html });
    const kept = parsed.blocks.filter(({ start, end }) => written.includes(html.slice(start, end)));
    expect(kept.length).toBeGreaterThanOrEqual(parsed.blocks.length - 1);
    expect(written.startsWith(parsed.open)).toBe(true);
    expect(written.endsWith(parsed.close)).toBe(true);
    edited++;
  }
  expect(edited).toBeGreaterThan(0);
});

test.skipIf(!existsSync(corpusFolder))("sanitising takes nothing from real texts that anyone would see", () => {
  for (const html of corpusFields()) {
    const safe = sanitiseHtml(html);
    expect(visible(safe)).toBe(visible(html));
    expect(sanitiseHtml(safe)).toBe(safe);
  }
});

/** Text, and how it looks. */
function visible(html: string): unknown {
  const parsed = parseHtml(html);
  if ("reason" in parsed) return html.replace(/<[^>]*>/g, "");
  return parsed.canonical;
}
