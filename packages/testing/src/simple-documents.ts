import type { Json, JsonObject } from "@waggle/template";
import { randomHtml } from "./page-values.ts";
import type { Random } from "./random.ts";
import { randomWords } from "./texts.ts";

/** A valid document in Simple Schema with every module type and property there is, some given, some not. */
export function randomSimple(random: Random, { rows }: { readonly rows: number }): JsonObject {
  const template = {
    type: random.pick(["email", "page", "popup"]),
    rows: Array.from({ length: Math.max(1, rows) }, () => randomSimpleRow(random)),
    ...some(random, {
      settings: () =>
        some(random, {
          ...colors(random, ["linkColor", "background-color", "contentAreaBackgroundColor"]),
          width: whole(random, 320, 1440),
        }),
      metadata: () => some(random, texts(random, ["lang", "title", "description", "subject", "preheader"])),
    }),
  };
  return { template };
}

type Maker = () => Json;
type Makers = Readonly<Record<string, Maker>>;

/** Each property with one chance in two. */
function some(random: Random, makers: Makers): JsonObject {
  const chosen = Object.entries(makers).filter(() => random.chance(0.5));
  return Object.fromEntries(chosen.map(([name, make]) => [name, make()]));
}

const whole =
  (random: Random, from: number, to: number): Maker =>
  () =>
    random.between(from, to);
const words =
  (random: Random): Maker =>
  () =>
    randomWords(random, random.between(1, 4));
const oneOf =
  (random: Random, choices: readonly Json[]): Maker =>
  () =>
    random.pick(choices);
const flag =
  (random: Random): Maker =>
  () =>
    random.chance(0.5);
const texts = (random: Random, names: readonly string[]): Makers => each(names, words(random));
const each = (names: readonly string[], make: Maker): Makers => Object.fromEntries(names.map((name) => [name, make]));

const colors = (random: Random, names: readonly string[]): Makers =>
  each(names, oneOf(random, ["#123ABC", "#fff", "red", "transparent", "rgba(1, 2, 3, 0.5)"]));

const sides = ["padding-top", "padding-right", "padding-bottom", "padding-left"];
const paddings = (random: Random): Makers => each(sides, whole(random, 0, 60));

const hosted = (random: Random): Makers => ({
  locked: flag(random),
  customFields: () => ({ className: randomWords(random, 1), deep: { list: [1, null, "x"] } }),
});

const url = (random: Random): Maker =>
  oneOf(random, ["https://example.com/?a=1&b=2", "{{ url }}", "mailto:a@b.example"]);

const typography = (random: Random): Makers => ({
  ...each(["underline", "italic", "bold"], flag(random)),
  text: () => randomHtml(random),
  size: whole(random, 1, 80),
  ...colors(random, ["color", "linkColor"]),
  "letter-spacing": whole(random, -99, 99),
  "line-height": () => random.between(50_000, 300_000) / 100_000,
  direction: oneOf(random, ["ltr", "rtl"]),
  align: oneOf(random, ["left", "center", "right"]),
});

const target = (random: Random): Maker => oneOf(random, ["_blank", "_self", "_top"]);

const attributes =
  (random: Random): Maker =>
  () => [some(random, texts(random, ["key", "name", "target", "value"]))];

const icon = (random: Random): Json => ({
  image: url(random)(),
  textPosition: random.pick(["left", "right", "top", "bottom"]),
  width: "32",
  height: "32px",
  ...some(random, {
    ...texts(random, ["alt", "text", "title"]),
    href: oneOf(random, ["", "https://example.com/"]),
    target: target(random),
    customAttributes: attributes(random),
  }),
});

const menuItem = (random: Random): Json =>
  some(random, {
    type: () => "menu-item",
    text: words(random),
    link: () => some(random, { title: words(random), href: oneOf(random, ["", "{{ a }}"]), target: target(random) }),
    customAttributes: attributes(random),
  });

const list =
  (random: Random, make: (random: Random) => Json): Maker =>
  () =>
    Array.from({ length: random.between(0, 3) }, () => make(random));

const modules: Readonly<Record<string, (random: Random) => Makers>> = {
  title: (random) => ({ ...typography(random), title: oneOf(random, ["h1", "h2", "h3", "h4", "h5", "h6"]) }),
  heading: (random) => typography(random),
  paragraph: (random) => ({
    ...typography(random),
    html: () => randomHtml(random),
    align: oneOf(random, ["justify", "left"]),
  }),
  list: (random) => ({ ...typography(random), tag: oneOf(random, ["ul", "ol"]) }),
  image: (random) => ({
    ...texts(random, ["alt", "title", "href", "dynamicSrc"]),
    src: url(random),
    target: target(random),
  }),
  button: (random) => ({
    text: words(random),
    label: () => `<strong>${randomWords(random, 2)}</strong>`,
    ...colors(random, [
      "color",
      "background-color",
      "hoverColor",
      "hoverBackgroundColor",
      "border-color",
      "hoverBorderColor",
    ]),
    ...each(["border-width", "hoverBorderWidth"], whole(random, 0, 30)),
    ...each(
      ["contentPaddingTop", "contentPaddingRight", "contentPaddingBottom", "contentPaddingLeft"],
      whole(random, 0, 60),
    ),
    "border-radius": whole(random, 0, 60),
    size: whole(random, 1, 80),
    href: url(random),
    target: target(random),
    align: oneOf(random, ["left", "center", "right"]),
  }),
  divider: (random) => ({ ...colors(random, ["color"]), height: whole(random, 1, 30), width: whole(random, 1, 100) }),
  icons: (random) => ({ icons: list(random, icon), customAttributes: attributes(random) }),
  menu: (random) => ({ items: list(random, menuItem), customAttributes: attributes(random) }),
};

function randomSimpleModule(random: Random): JsonObject {
  const type = random.pick([...Object.keys(modules), "html"]);
  const own = modules[type];
  // HTML modules have no padding.
  if (!own) return { type, ...some(random, { html: () => randomHtml(random), ...hosted(random) }) };
  return { type, ...some(random, { ...own(random), ...paddings(random), ...hosted(random) }) };
}

function randomSimpleColumn(random: Random, weight: number): JsonObject {
  return {
    weight,
    modules: Array.from({ length: random.between(0, 3) }, () => randomSimpleModule(random)),
    ...some(random, {
      ...colors(random, ["background-color", "border-color"]),
      ...paddings(random),
      "border-width": whole(random, 0, 30),
      customFields: () => ({ column: true }),
    }),
  };
}

const condition =
  (random: Random): Maker =>
  () => ({
    type: "x",
    ...some(random, texts(random, ["label", "description", "before", "after"])),
    extra: { kept: [1] },
  });

/** A valid row in Simple Schema. */
export function randomSimpleRow(random: Random): JsonObject {
  const weights = random.pick([[12], [6, 6], [4, 8], [1, 1, 1], [3, 3, 3, 3], [12, 12], [5, 1, 1]]);
  return {
    name: randomWords(random, 2),
    columns: weights.map((weight) => randomSimpleColumn(random, weight)),
    ...some(random, {
      locked: flag(random),
      ...each(["colStackOnMobile", "rowReverseColStackOnMobile"], flag(random)),
      ...colors(random, ["contentAreaBackgroundColor", "background-color", "border-color"]),
      "background-image": oneOf(random, ["https://example.com/it's.png", "url(/a.png)", "none"]),
      "background-position": oneOf(random, ["center top", "50% 50%"]),
      "background-repeat": oneOf(random, ["no-repeat", "repeat"]),
      "border-width": whole(random, 0, 30),
      ...each(["border-radius", "columnsBorderRadius"], whole(random, 0, 60)),
      columnsSpacing: whole(random, 0, 99),
      "vertical-align": oneOf(random, ["top", "middle", "bottom"]),
      "display-condition": condition(random),
      metadata: () => ({ guid: randomWords(random, 1), tags: ["a"] }),
      customFields: () => ({ row: 1 }),
      ...paddings(random),
    }),
  };
}
