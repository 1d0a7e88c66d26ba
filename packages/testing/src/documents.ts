import { applyChange, Draft, emptySnapshot, type NodeData, rootId, type Snapshot, settingsId } from "@waggle/template";
import type { Random } from "./random.ts";
import { randomList, randomTable, randomTranslation } from "./structured-texts.ts";
import { randomText, randomWords } from "./texts.ts";

/** Ids that a test can read: `n1`, `n2`, … */
export function countingIds(prefix = "n"): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}${last}`;
  };
}

export interface DocumentShape {
  readonly modules: number;
}

/** A valid template: rows `r0`…, columns `r0c0`…, modules `m0`… of six types, and a few settings. */
export function randomDocument(random: Random, { modules }: DocumentShape): Snapshot {
  const draft = new Draft(emptySnapshot);
  draft.set(settingsId, "/page/title", "Spring");
  draft.set(settingsId, "/page/body/content/computedStyle/messageWidth", "600px");
  let made = 0;
  for (let row = 0; made < modules; row++) {
    const columns = addRow(draft, { id: `r${row}`, index: row, widths: random.pick(layouts) });
    const count = Math.min(modules - made, random.between(1, 3));
    for (let each = 0; each < count; each++, made++) {
      const place = { parent: random.pick(columns), index: 99 };
      draft.create(`m${made}`, { kind: "module", ...place, properties: randomModule(random) });
    }
  }
  draft.validate();
  return applyChange(emptySnapshot, draft.changeSet());
}

/** Widths of the columns of a row, in twelfths. */
export const layouts: readonly (readonly number[])[] = [[12], [6, 6], [4, 8], [4, 4, 4]];

export interface NewRow {
  readonly id: string;
  readonly index: number;
  readonly widths: readonly number[];
}

/** Adds a row with columns `<id>c0`, `<id>c1`… and returns their ids. */
export function addRow(draft: Draft, { id, index, widths }: NewRow): string[] {
  draft.create(id, {
    kind: "row",
    parent: rootId,
    index,
    properties: { "/content/style/background-color": "#ffffff" },
  });
  return widths.map((width, at) => {
    const column = `${id}c${at}`;
    draft.create(column, { kind: "column", parent: id, index: at, properties: { "/grid-columns": width } });
    return column;
  });
}

/** The properties of a title, paragraph, list, table, button or picture. Some texts have a translation. */
export function randomModule(random: Random): NodeData {
  const type = random.weighted({ paragraph: 3, heading: 1, list: 2, table: 2, button: 2, image: 2 });
  const style = `/descriptor/${type}/style`;
  return {
    "/type": `mailup-bee-newsletter-modules-${type}`,
    ...randomContent[type](random),
    [`${style}/color`]: "#222222",
    [`${style}/padding-top`]: "10px",
    [`${style}/text-align`]: "left",
    "/locked": false,
  };
}

const randomContent: Readonly<
  Record<"paragraph" | "heading" | "list" | "table" | "button" | "image", (random: Random) => NodeData>
> = {
  paragraph: (random) => ({
    "/descriptor/paragraph/html": randomText(random, {
      blocks: random.between(1, 3),
      wordsPerBlock: 12,
      html: "<p>…</p>",
    }),
    ...(random.chance(0.4) ? { "/descriptor/paragraph/translations/fr-FR/html": randomTranslation(random) } : {}),
  }),
  heading: (random) => ({
    "/descriptor/heading/text": randomText(random, { blocks: 1, wordsPerBlock: 5 }),
    "/descriptor/heading/title": "h1",
  }),
  list: (random) => ({
    "/descriptor/list/html": randomList(random),
    ...(random.chance(0.3) ? { "/descriptor/list/translations/fr-FR/html": randomList(random) } : {}),
  }),
  table: (random) => ({ "/descriptor/table/content": randomTable(random) }),
  button: (random) => ({
    "/descriptor/button/label": randomText(random, { blocks: 1, wordsPerBlock: 3 }),
    "/descriptor/button/href": `https://example.com/${random.below(100)}`,
  }),
  image: (random) => ({
    "/descriptor/image/src": `https://example.com/${random.below(100)}.png`,
    "/descriptor/image/alt": randomWords(random, 3),
  }),
};
