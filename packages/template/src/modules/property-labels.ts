/** Words for the end of a pointer, the longest that fits; what is not here is spelled out from the last segment. */
const words: Readonly<Record<string, string>> = {
  html: "text",
  label: "text",
  href: "link",
  src: "picture",
  "video/src": "video",
  thumbSrc: "picture",
  dynamicSrc: "dynamic picture",
  alt: "alt text",
  "heading/title": "level",
  color: "text colour",
  "background-color": "fill",
  "border-radius": "radius",
  "font-family": "font",
  "font-size": "text size",
  "font-weight": "weight",
  "text-align": "alignment",
  "button/style/text-align": "text alignment",
  align: "alignment",
  "grid-columns": "width",
  hideContentOnMobile: "hidden on mobile",
  hideContentOnDesktop: "hidden on desktop",
  hideContentOnHtml: "hidden in HTML",
  hideContentOnAmp: "hidden in AMP",
  percWidth: "width in per cent",
  "displayCondition/label": "name",
  messageWidth: "content width",
  messageBackgroundColor: "content fill",
  linkColor: "link colour",
  "link-color": "link colour",
  "meta/lang": "language",
  "meta/title": "document title",
  "meta/description": "document description",
  "image/width": "file width",
  "image/height": "file height",
  "descriptor/id": "anchor",
  "computedStyle/padding": "icon spacing",
};

/** The same words of a part of the element, or of what holds at times: what is put before and behind them. */
const circumstances: readonly (readonly [pattern: RegExp, before: string, behind: string])[] = [
  [/\/(button|table|fields|buttons|\w+Spacing)\/(\w+\/)?padding/, "inner ", ""],
  [/^\/content\/\w+\/background/, "content ", ""],
  [/\/display-?condition\/./i, "display condition ", ""],
  [/\/labels\/./, "label ", ""],
  [/\/fields\/./, "field ", ""],
  [/\/buttons\/./, "button ", ""],
  [/\/hoverStyle\/./, "", " on hover"],
  [/\/mobileStyle\/./, "", " on mobile"],
];

/** A template has thousands of keys, and some hundred different ones. */
const known = new Map<string, string>();
const mostKnown = 1_000;

/** What people call the property a pointer names: `/descriptor/button/style/border-radius` → "radius". */
export function propertyLabel(key: string): string {
  const label = known.get(key) ?? makeLabel(key);
  if (known.size < mostKnown) known.set(key, label);
  return label;
}

/** Whether the label is said or not of the element: "hidden on mobile: no → yes". */
export function isStatement(key: string): boolean {
  return key.includes("/hideContentOn");
}

function makeLabel(key: string): string {
  return circumstances.reduce(
    (label, [pattern, before, behind]) => (pattern.test(key) ? before + label + behind : label),
    wordFor(key),
  );
}

function wordFor(key: string): string {
  let end = key;
  do {
    end = end.slice(end.indexOf("/") + 1);
    if (Object.hasOwn(words, end)) return words[end] ?? end;
  } while (end.includes("/"));
  return end
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[-_]+/g, " ")
    .toLowerCase();
}
