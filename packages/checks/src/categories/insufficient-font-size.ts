import type { ElementId } from "@waggle/template";
import { type Check, everywhere } from "../check.ts";
import type { Reading } from "../seen/reading.ts";
import type { SeenText } from "../seen/seen.ts";
import { widgetTypeOf } from "./text-part.ts";

type Screen = "both" | "desktop" | "mobile";

export const insufficientFontSize: Check = {
  category: "insufficientFontSize",
  severity: "suggestion",
  title: "Small text",
  finds:
    "Text smaller than the limit, also where only some words are. `mode` says on which screens: `both`, or `desktop` or `mobile` when narrow screens have a size of their own. 14 px is the contract's limit, and the size most senders use for running text; below it phones enlarge text or readers have to zoom.",
  fix: "Make it larger: `fontSize` of `update_paragraph`, `update_title` or `update_button`; inside a text, the size in its HTML.",
  media: everywhere,
  limit: { unit: "px", of: { message: 14, page: 14, row: 14 } },
  run: (reading, { limit }) => {
    const smallest = new Map<string, Small>();
    for (const text of reading.seen.texts) note(smallest, { text, limit });
    return { findings: [...smallest.values()].map((small) => finding(reading, small, limit)) };
  },
};

interface Small {
  readonly elementId: ElementId;
  readonly isTableHead: boolean;
  readonly mode: Screen;
  readonly size: number;
}

function note(smallest: Map<string, Small>, { text, limit }: { text: SeenText; limit: number }): void {
  const { elementId, isTableHead, look } = text;
  const { fontSize, mobileFontSize } = look;
  const sizes: Partial<Record<Screen, number>> =
    fontSize === mobileFontSize ? { both: fontSize } : { desktop: fontSize, mobile: mobileFontSize };
  for (const [mode, size] of Object.entries(sizes)) {
    const key = `${elementId} ${isTableHead} ${mode}`;
    // A hair's breadth, because sizes in em and % are seldom whole.
    if (size >= limit - 0.01 || size >= (smallest.get(key)?.size ?? limit)) continue;
    smallest.set(key, { elementId, isTableHead, mode: mode as Screen, size });
  }
}

const screens: Readonly<Record<Screen, string>> = {
  both: "",
  desktop: " on wide screens",
  mobile: " on narrow screens",
};

function finding(reading: Reading, { elementId, isTableHead, mode, size }: Small, limit: number) {
  const fontSize = Math.round(size * 100) / 100;
  const element = reading.element(elementId, widgetTypeOf(reading, { elementId, isTableHead }));
  return {
    element,
    message: `“${element.label}” has text of ${fontSize} px${screens[mode]}, which is hard to read.`,
    fix: `Make it ${limit} px or larger: fontSize of its module (update_paragraph, update_title, update_button), or the size set in its HTML.`,
    data: { mode, fontSize },
  };
}
