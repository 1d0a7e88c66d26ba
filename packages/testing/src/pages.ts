import { type Json, type JsonObject, type ModuleType, moduleTypeName, moduleTypes } from "@waggle/template";
import { randomDescriptor } from "./page-modules.ts";
import { randomCss, randomHtml, randomSides } from "./page-values.ts";
import type { Random } from "./random.ts";
import { randomWords } from "./texts.ts";

export interface PageShape {
  readonly rows: number;
  /** Module types to choose from; all when not given. */
  readonly types?: readonly ModuleType[];
}

/** The module types a page may hold, unknown ones included. */
export const allModuleTypes = Object.keys(moduleTypes) as readonly ModuleType[];

/**
 * Page JSON in the shapes of real files: every module type, missing and repeated uuids, numbers beside "px" texts, lists where
 * objects belong, flags, conditions, comments, translations, properties nobody knows. What it holds is well-formed: rows hold
 * columns, columns hold modules, and the columns of a row fill it.
 */
export function randomPage(random: Random, { rows, types = allModuleTypes }: PageShape): JsonObject {
  const uuids = new Uuids(random);
  const rowsJson = Array.from({ length: rows }, () => randomRow(random, { uuids, types }));
  const page = {
    ...(random.chance(0.9) ? { title: randomWords(random, 2), description: "" } : {}),
    ...(random.chance(0.7) ? { template: { name: "template-base", type: "basic", version: "2.0.0" } } : {}),
    ...(random.chance(0.5) ? { head: randomHead(random) } : {}),
    body: randomBody(random),
    ...(random.chance(0.1) && rows === 0 ? {} : { rows: rowsJson }),
    ...(random.chance(0.1) ? { language: { label: "English", value: "en-US" } } : {}),
    ...(random.chance(0.1) ? { "future/~key": [1, [2, { three: null }]] } : {}),
  };
  return { page, ...randomEnvelope(random, uuids) };
}

interface RowParts {
  readonly uuids: Uuids;
  readonly types: readonly ModuleType[];
}

/** A row as it stands in a page. */
export function randomRow(
  random: Random,
  { uuids = new Uuids(random), types = allModuleTypes }: Partial<RowParts> = {},
) {
  const widths = random.pick([[12], [6, 6], [4, 8], [4, 4, 4], [3, 3, 3, 3], [1, 11]]);
  return inRandomOrder(random, {
    ...uuids.some(),
    ...(random.chance(0.8) ? { type: random.pick(["one-column-empty", "row-2-columns-6-6", ""]) } : {}),
    ...(random.chance(0.8) ? { locked: random.chance(0.2), synced: random.chance(0.2), empty: false } : {}),
    ...(random.chance(0.2) ? { name: randomWords(random, 2) } : {}),
    ...(random.chance(0.3)
      ? { metadata: { name: randomWords(random, 1), guid: `g${random.below(5)}`, tags: [] } }
      : {}),
    container: {
      style: background(random),
      ...(random.chance(0.2) ? { displayCondition: condition(random) } : {}),
    },
    content: {
      style: { ...background(random), ...randomSides(random), color: "#000000", width: "500px" },
      computedStyle: {
        rowColStackOnMobile: random.chance(0.8),
        rowReverseColStackOnMobile: random.chance(0.2),
        ...(random.chance(0.3) ? { columnsSpacing: "20px", verticalAlign: "middle", hideContentOnMobile: true } : {}),
      },
      ...(random.chance(0.2) ? { mobileStyle: random.pick<Json>([[], {}, { "padding-left": "2px" }]) } : {}),
    },
    columns: widths.map((width) => randomColumn(random, { uuids, types, width })),
  });
}

function randomColumn(random: Random, { uuids, types, width }: RowParts & { readonly width: number }): JsonObject {
  const modules = Array.from({ length: random.between(0, 3) }, () => randomModuleJson(random, { uuids, types }));
  return inRandomOrder(random, {
    ...uuids.some(),
    "grid-columns": width,
    ...(modules.length > 0 || random.chance(0.8) ? { modules } : {}),
    ...(random.chance(0.8) ? { style: { ...randomSides(random), "border-top": randomCss(random, "border") } } : {}),
    ...(random.chance(0.1) ? { "display-condition": condition(random) } : {}),
  });
}

function randomModuleJson(random: Random, { uuids, types }: RowParts): JsonObject {
  const type = random.pick(types);
  const name = type === "unknown" ? random.pick(["from-the-future", "constructor"]) : type;
  return inRandomOrder(random, {
    ...uuids.some(),
    type: moduleTypeName(type).replace(type, name),
    ...(random.chance(0.8) ? { locked: random.chance(0.2) } : {}),
    ...(random.chance(0.1) ? { align: "left" } : {}),
    ...(random.chance(0.1) ? { customFields: { className: "Primary", deep: { list: [1] } } } : {}),
    ...(random.chance(0.97) ? { descriptor: randomDescriptor(random, type) } : {}),
  });
}

const background = (random: Random): JsonObject => ({
  "background-color": randomCss(random, "color"),
  ...(random.chance(0.3)
    ? { "background-image": "url('https://example.com/a.png')", "background-position": "top left" }
    : {}),
});

const condition = (random: Random): JsonObject => ({
  type: "Personalisation",
  label: randomWords(random, 2),
  before: "{% if a < b %}",
  after: "{% endif %}",
});

const randomHead = (random: Random): JsonObject => ({
  meta: { subject: randomWords(random, 3), preheader: "{{ first_name }}", lang: "en", favicon: [] },
  ...(random.chance(0.3) ? { customTags: "<style>\n  h1 { color: salmon; }\n</style>" } : {}),
});

const randomBody = (random: Random): JsonObject => ({
  type: random.pick(["mailup-bee-page-properties", "mailup-bee-page-proprerties", ""]),
  webFonts: random.chance(0.5) ? [{ name: "Lato", fontFamily: "'Lato', sans-serif", url: "https://e.com/l.css" }] : [],
  container: { style: background(random) },
  content: {
    style: { color: "#000000", "font-family": "Arial, sans-serif" },
    computedStyle: { messageWidth: random.pick<Json>(["600px", 600]), linkColor: randomCss(random, "color") },
  },
});

/** What stands beside the page: comments keep uuids of their own, which may be those of modules. */
function randomEnvelope(random: Random, uuids: Uuids): JsonObject {
  if (random.chance(0.7)) return {};
  const comment = {
    content: randomHtml(random),
    elementId: uuids.last,
    responses: [],
    author: { uid: 7 },
    mentions: [],
  };
  return { comments: { [uuids.last]: comment, other: { ...comment, isElementDeleted: true } } };
}

/** Uuids as they stand in files: missing now and then, sometimes used before, seldom no text at all. */
class Uuids {
  readonly #random: Random;
  last = "00000000-0000-4000-8000-000000000000";

  constructor(random: Random) {
    this.#random = random;
  }

  some(): JsonObject {
    const random = this.#random;
    if (random.chance(0.2)) return {};
    if (random.chance(0.02)) return { uuid: random.pick<Json>(["", "root", null, 7, { a: 1 }]) };
    if (random.chance(0.05)) return { uuid: this.last };
    this.last = `u${Math.floor(random.next() * 1e9)}`;
    return { uuid: this.last };
  }
}

/** The same object with its keys in another order: programs write them as they like. */
function inRandomOrder(random: Random, object: JsonObject): JsonObject {
  const keys = Object.keys(object).map((key) => ({ key, at: random.next() }));
  keys.sort((a, b) => a.at - b.at);
  return Object.fromEntries(keys.map(({ key }) => [key, object[key] ?? null]));
}
