import type { JsonObject } from "@waggle/template";
import type { Random } from "./random.ts";
import { randomWords } from "./texts.ts";

const values = {
  color: ["#555555", "#ABC", "transparent", "", "rgb(1, 2, 3)", "inherit"],
  size: ["14px", "0px", "0", 16, "1.5em", ""],
  border: ["0px solid transparent", "0 solid transparent", "1px solid #BBBBBB", "3px dashed red", "none"],
} as const;

/** A CSS value as real files write it: with and without unit, empty, as a number. */
export function randomCss(random: Random, kind: keyof typeof values): string | number {
  return random.pick<string | number>(values[kind]);
}

/** The padding of a box, some sides given. */
export function randomSides(random: Random): JsonObject {
  const sides = ["top", "right", "bottom", "left"].filter(() => random.chance(0.8));
  return Object.fromEntries(sides.map((side) => [`padding-${side}`, randomCss(random, "size")]));
}

/** An address: absolute, with merge tags, empty, relative, or none a browser would follow. */
export function randomUrl(random: Random): string {
  return random.pick([
    `https://example.com/${random.below(99)}?a=1&b=2`,
    "{{ unsubscribe_url }}",
    "https://example.com/{% if a < b %}x{% endif %}",
    "*|ARCHIVE|*",
    "mailto:someone@example.com",
    "/relative.png",
    "",
  ]);
}

const constructs: readonly ((random: Random, words: string) => string)[] = [
  (_, words) => words,
  (_, words) => `<p>${words}</p>`,
  (_, words) => `<p style="font-size: 14px; text-align:center;" data-mce-style="x">${words}</p><p>&nbsp;</p>`,
  (_, words) => `<strong>${words}</strong> and <em>more</em><br/>below`,
  (_, words) => `<a href='https://example.com/?a=1&amp;b={{ id }}' target=_blank rel="noopener">${words}</a>`,
  (_, words) => `<ul><li>${words}</li><li>two<ol><li>deep</li></ol></li></ul>`,
  (_, words) => `<span style="color:#f00">${words}</span> <!-- note --> <%= name %>`,
  (_, words) => `{% if a < b %}<p>${words}</p>{% endif %}`,
  (_, words) => `<table><tr><td>${words}</td></tr></table>`,
  (_, words) => `<p>${words}<b>unclosed & <unknown-tag attr>x</unknown-tag>`,
  () => "",
];

/** HTML as people and editors leave it, merge tags and broken markup included. */
export function randomHtml(random: Random): string {
  const parts = Array.from({ length: random.between(1, 2) }, () => {
    return random.pick(constructs)(random, randomWords(random, random.between(1, 5)));
  });
  return parts.join("");
}
