import type { Outline, OutlineBlock } from "./outline.ts";
import { tidy } from "./outline.ts";

/** A text of the demo newsletter and what it should say. */
export interface Rewrite {
  readonly from: string;
  /** Only in the column that has this title: three buttons say “More”. */
  readonly under?: string;
  readonly to: string;
}

/** The demo newsletter of a night-train company, before and after. A non-breaking space keeps “the sea” together. */
export const rewrites: readonly Rewrite[] = [
  { from: "Newsletter no. 42", to: "The autumn timetable" },
  { from: "Our new autumn timetable is out now", to: "Leave after dinner. Wake up by\u00a0the sea." },
  {
    from: "Dear customer, we are pleased to inform you that our new timetable for the autumn season is available.",
    to: "Hello {{first_name}}, nine night trains run until the first snow. Book a berth by Sunday and breakfast in the dining car is on us.",
  },
  { from: "Click here", to: "Find a night train" },
  { from: "More", under: "Fjord and ferry", to: "From €240" },
  { from: "More", under: "A cabin in the pines", to: "From €95" },
  { from: "More", under: "High plateau", to: "From €310" },
  { from: "High plateau", to: "The high plateau" },
  {
    from: "We have re-opened the dining car on several of our lines.",
    to: "White cloths, short menu, long view. Chef Ines Marrow cooks what the line grows: trout from Chur, plums from Linz.",
  },
  { from: "Submit", to: "Hold my berth" },
];

/** “Click here” is everywhere; only a template that shares several texts with the newsletter is the newsletter. */
export function isNewsletter({ blocks }: Outline): boolean {
  const shared = rewrites.filter(({ from, to }) =>
    blocks.some(({ text }) => saysThis(text, from) || saysThis(text, to)),
  );
  return shared.length > rewrites.length / 2;
}

/** The new words of a block of the newsletter; undefined for blocks that are fine. */
export function knownRewrite(block: OutlineBlock, { blocks }: Outline): string | undefined {
  const neighbours = blocks.filter(({ columnId, type }) => columnId === block.columnId && type === "title");
  return rewrites.find(
    ({ from, under }) =>
      saysThis(block.text, from) && (under === undefined || neighbours.some(({ text }) => saysThis(text, under))),
  )?.to;
}

/** The outline shows only the start of a text, with an ellipsis behind it. */
function saysThis(shown: string, text: string): boolean {
  if (!shown.endsWith("…")) return shown === tidy(text) || (text.length > 40 && shown.startsWith(tidy(text)));
  return tidy(text).startsWith(shown.slice(0, -1)) || shown.startsWith(tidy(text));
}
