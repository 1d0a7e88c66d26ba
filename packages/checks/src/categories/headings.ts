import { type Check, wholeDocuments } from "../check.ts";
import { shorten } from "../seen/addresses.ts";
import type { Reading } from "../seen/reading.ts";
import type { SeenHeading } from "../seen/seen.ts";

export const missingHeadings: Check = {
  category: "missingHeadings",
  severity: "warning",
  title: "Headings",
  finds:
    "Text without a single heading. Who listens to an e-mail moves through it by its headings. Headings inside paragraphs and HTML modules count; a document without text needs none.",
  fix: "Give it a title: `add_title` with `headingLevel` `h1`.",
  media: wholeDocuments,
  run: ({ seen }) => {
    if (seen.headings.length > 0 || seen.texts.length === 0) return { findings: [] };
    const message = "There is no heading: who listens to the e-mail can't find their way in it.";
    const fix = "Give it a title: add_title with text and headingLevel h1.";
    return { findings: [{ message, fix, data: { detailType: "no-heading" } }] };
  },
};

export const overageHeadings: Check = {
  category: "overageHeadings",
  severity: "suggestion",
  title: "One main heading",
  finds: "A document with text whose main heading (`h1`) is missing, or that has more of them than the limit.",
  fix: "Keep one `h1`, and make the others `h2` or `h3`: `update_title` with `headingLevel`.",
  media: wholeDocuments,
  limit: { unit: "`h1`", of: { message: 1, page: 1, row: 1 } },
  run: (reading, { limit }) => {
    const { seen } = reading;
    const main = seen.headings.filter(({ level }) => level === 1);
    if (main.length > limit) return { findings: main.map((heading) => oneOfMany(reading, heading, main.length)) };
    if (main.length > 0 || seen.texts.length === 0) return { findings: [] };
    const fix = "Make one title the main one: update_title with headingLevel h1.";
    return { findings: [{ message: "There is no main heading.", fix, data: { detailType: "no-h1-heading" } }] };
  },
};

function oneOfMany(reading: Reading, { elementId, text }: SeenHeading, count: number) {
  const label = shorten(text, 80);
  return {
    element: reading.element(elementId, { label }),
    message: `“${label}” is one of ${count} main headings: which one names the e-mail?`,
    fix: `Unless this is the one: update_title with elementId "${elementId}" and headingLevel h2.`,
    data: { title: "h1" },
  };
}
