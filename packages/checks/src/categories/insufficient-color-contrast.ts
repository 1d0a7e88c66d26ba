import type { ElementId, Json } from "@waggle/template";
import { type Check, everywhere } from "../check.ts";
import { shorten } from "../seen/addresses.ts";
import { hex, type Palette, readableColor } from "../seen/colors.ts";
import { type Look, visibleColors } from "../seen/look.ts";
import type { Reading } from "../seen/reading.ts";
import type { SeenText } from "../seen/seen.ts";
import { widgetTypeOf } from "./text-part.ts";

/** WCAG 2, success criterion 1.4.3, level AA. */
const wanted = { normal: 4.5, large: 3 };
const largeSize = 24;
/** 14 points. */
const largeBoldSize = 56 / 3;

export const insufficientColorContrast: Check = {
  category: "insufficientColorContrast",
  severity: "warning",
  title: "Text that is hard to make out",
  finds:
    "Text whose colour is too near to that behind it, by WCAG 2 AA: a ratio under 4.5, or under 3 for large text (24 px, or 18.66 px bold). Colours are those that are drawn: of page, row, column, module, link and single words; what is see-through is mixed with what is below. Text over a background picture or in a colour that is a merge tag is not judged: it is listed under `ignored`.",
  fix: "Take the colour that is proposed, or a lighter background: `color` or `backgroundColor` of the module, `set_email_default_styles` with `linkColor` for links.",
  media: everywhere,
  run: (reading) => {
    const modules = new Map<string, Judged>();
    for (const text of reading.seen.texts) judge(text, { modules, palette: reading.palette });
    const judged = [...modules.values()];
    const ignored = judged.filter(({ isUnknown }) => isUnknown);
    return {
      findings: judged.filter(({ pairs }) => pairs.size > 0).map((module) => finding(reading, module)),
      ...(ignored.length > 0 && { facts: { ignored: ignored.map((module) => ignoredTarget(reading, module)) } }),
    };
  },
};

/** Two colours that are too near to one another. */
interface Pair {
  readonly color: string;
  readonly backgroundColor: string;
  readonly contrastRatio: number;
  readonly wanted: number;
  readonly suggestedColor: string | undefined;
  readonly suggestedBackgroundColor: string | undefined;
  readonly source: Look["colorSource"];
  readonly text: string;
}

interface Judged {
  readonly elementId: ElementId;
  readonly isTableHead: boolean;
  readonly pairs: Map<string, Pair>;
  /** Some of its text lies on a picture, or has a colour that is not known yet. */
  isUnknown: boolean;
}

interface Judging {
  readonly modules: Map<string, Judged>;
  readonly palette: Palette;
}

function judge({ elementId, isTableHead, look, text }: SeenText, { modules, palette }: Judging): void {
  const key = `${elementId} ${isTableHead}`;
  const module = modules.get(key) ?? { elementId, isTableHead, pairs: new Map(), isUnknown: false };
  modules.set(key, module);
  const colors = visibleColors(look);
  if (!colors) {
    module.isUnknown = true;
    return;
  }
  const ratio = palette.contrast(colors.text, colors.background);
  const enough = isLarge(look) ? wanted.large : wanted.normal;
  if (ratio >= enough) return;
  const pair = `${hex(colors.text)} ${hex(colors.background)} ${look.colorSource} ${enough}`;
  if (module.pairs.has(pair)) return;
  module.pairs.set(pair, {
    color: hex(colors.text),
    backgroundColor: hex(colors.background),
    // Cut, not rounded: 4.499 is not 4.5.
    contrastRatio: Math.floor(ratio * 100) / 100,
    wanted: enough,
    suggestedColor: readableColor(colors.text, colors.background, { wanted: enough, mayFlip: true }),
    suggestedBackgroundColor: readableColor(colors.background, colors.text, { wanted: enough, mayFlip: false }),
    source: look.colorSource,
    text: shorten(text, 80),
  });
}

function isLarge({ fontSize, isBold }: Look): boolean {
  return fontSize >= largeSize || (isBold && fontSize >= largeBoldSize);
}

function finding(reading: Reading, { elementId, isTableHead, pairs }: Judged) {
  const element = reading.element(elementId, widgetTypeOf(reading, { elementId, isTableHead }));
  const all = [...pairs.values()];
  const worst = all.reduce((a, b) => (b.contrastRatio < a.contrastRatio ? b : a));
  const inline = all.filter(({ source }) => source === "inline");
  return {
    element,
    message: `“${worst.text || element.label}” is hard to make out: ${worst.color} on ${worst.backgroundColor} has a contrast of ${worst.contrastRatio}, and ${worst.wanted} is wanted.`,
    fix: fixOf(worst),
    data: {
      colors: all.filter(({ source }) => source !== "inline").map(colorsOf),
      hasLinks: reading.seen.links.some((link) => link.elementId === elementId),
      tinyColorsList: inline.map((pair) => ({ text: pair.text, ...colorsOf(pair) })),
    },
  };
}

const places: Readonly<Record<Look["colorSource"], string>> = {
  default: "color of its module (update_paragraph, update_title, update_button)",
  link: "linkColor of its module, or of all with set_email_default_styles",
  inline: "the colour set in its HTML",
};

function fixOf({ source, suggestedColor, suggestedBackgroundColor }: Pair): string {
  const text = suggestedColor && `the text ${suggestedColor} (${places[source]})`;
  const background = suggestedBackgroundColor && `what is behind it ${suggestedBackgroundColor}`;
  return `Make ${[text, background].filter(Boolean).join(", or ")}.`;
}

function colorsOf({ source, color, backgroundColor, contrastRatio, ...pair }: Pair): Record<string, Json> {
  const { suggestedColor, suggestedBackgroundColor, wanted: atLeast } = pair;
  return {
    color,
    backgroundColor,
    contrastRatio,
    wanted: atLeast,
    ...(suggestedColor && { suggestedColor }),
    ...(suggestedBackgroundColor && { suggestedBackgroundColor }),
    label: source,
  };
}

function ignoredTarget(reading: Reading, { elementId, isTableHead }: Judged): Json {
  const { widgetType, label } = reading.element(elementId, widgetTypeOf(reading, { elementId, isTableHead }));
  return { uuid: elementId, widgetType, widgetLabel: label, reasons: ["unknownColors"] };
}
