import {
  type Draft,
  type ElementId,
  isRichText,
  type RichText,
  rootId,
  type Snapshot,
  settingsId,
  walk,
} from "@waggle/template";
import { addRow, layouts, randomModule } from "./documents.ts";
import type { Random } from "./random.ts";
import { randomRestructure } from "./structured-texts.ts";
import { randomText } from "./texts.ts";

/** What a step may use, and how its maker edits texts. */
export interface StepTools {
  readonly random: Random;
  readonly newId: () => string;
  readonly editText: (random: Random, text: RichText) => RichText;
  /** Default true. */
  readonly mayCreate?: boolean;
}

interface World {
  readonly draft: Draft;
  readonly tools: StepTools;
  readonly random: Random;
  readonly rows: readonly ElementId[];
  readonly columns: readonly ElementId[];
  readonly modules: readonly ElementId[];
}

/**
 * Does one random thing to a draft, as an operation would. Returns whether there was something to do it to; the draft
 * may be invalid afterwards, like that of any operation.
 */
export function randomStep(draft: Draft, tools: StepTools): boolean {
  const { random, mayCreate = true } = tools;
  const world = { draft, tools, random, ...elementsOf(draft.base) };
  const create = mayCreate ? 1 : 0;
  const name = random.weighted({
    setProperty: 28,
    editText: 28,
    restructureText: 8,
    replaceText: 2,
    removeProperty: 4,
    moveModule: 10,
    moveRow: 3,
    addModule: 10 * create,
    addRow: 5 * create,
    removeModule: 7,
    removeRow: 2,
    resizeColumns: 4,
    splitColumn: 2 * create,
    dropColumn: 2,
    setSetting: 4,
  });
  return steps[name](world);
}

function elementsOf(snapshot: Snapshot): Pick<World, "rows" | "columns" | "modules"> {
  const ids = { row: [] as ElementId[], column: [] as ElementId[], module: [] as ElementId[] };
  for (const { id, kind } of walk(snapshot)) ids[kind].push(id);
  return { rows: ids.row, columns: ids.column, modules: ids.module };
}

type Step = (world: World) => boolean;
const properties = ["/locked", "/descriptor/style/padding-top", "/descriptor/style/width", "/descriptor/mobileStyle"];
const settings = ["/page/title", "/page/body/content/computedStyle/messageWidth", "/page/head/meta/subject"];

const steps = {
  setProperty: ({ draft, random, modules, columns, rows }) => {
    const elements = random.chance(0.8) ? modules : [...columns, ...rows];
    if (elements.length === 0) return false;
    draft.set(
      random.pick(elements),
      random.pick(properties),
      random.pick([random.below(1000), `${random.below(60)}px`, []]),
    );
    return true;
  },
  editText: ({ draft, tools, random, modules }) => {
    const found = pickText(draft, random, modules);
    if (!found) return false;
    draft.set(found.id, found.key, tools.editText(random, found.text));
    return true;
  },
  restructureText: ({ draft, random, modules }) => {
    const found = pickText(draft, random, modules);
    const text = found && randomRestructure(random, found.text);
    if (!found || text === found.text) return false;
    draft.set(found.id, found.key, text);
    return true;
  },
  // A text with another source is another value: nothing to merge.
  replaceText: ({ draft, random, modules }) => {
    const found = pickText(draft, random, modules);
    if (!found) return false;
    const html = `<p>${random.below(1000)}</p>`;
    draft.set(found.id, found.key, randomText(random, { blocks: 1, wordsPerBlock: 6, html }));
    return true;
  },
  removeProperty: ({ draft, random, modules }) => {
    const id = modules.length > 0 ? random.pick(modules) : settingsId;
    const keys = properties.filter((key) => draft.get(id, key) !== undefined);
    if (keys.length === 0) return false;
    draft.set(id, random.pick(keys), undefined);
    return true;
  },
  moveModule: ({ draft, random, modules, columns }) => {
    if (modules.length === 0) return false;
    draft.move(random.pick(modules), { parent: random.pick(columns), index: random.below(3) });
    return true;
  },
  moveRow: ({ draft, random, rows }) => {
    if (rows.length === 0) return false;
    draft.move(random.pick(rows), { parent: rootId, index: random.below(rows.length) });
    return true;
  },
  addModule: ({ draft, tools, random, columns }) => {
    if (columns.length === 0) return false;
    addRandomModule(draft, tools, random.pick(columns));
    return true;
  },
  addRow: ({ draft, tools, random, rows }) => {
    const id = tools.newId();
    const columns = addRow(draft, { id, index: random.below(rows.length + 1), widths: random.pick(layouts) });
    for (const column of columns) if (random.chance(0.7)) addRandomModule(draft, tools, column);
    return true;
  },
  removeModule: ({ draft, random, modules }) => {
    if (modules.length <= 4) return false;
    draft.remove(random.pick(modules));
    return true;
  },
  removeRow: ({ draft, random, rows }) => {
    if (rows.length <= 2) return false;
    draft.remove(random.pick(rows));
    return true;
  },
  resizeColumns: ({ draft, random, rows }) => {
    const [left, right, third] = rows.length > 0 ? draft.children(random.pick(rows)) : [];
    if (left === undefined || right === undefined || third !== undefined) return false;
    const width = random.between(1, 11);
    draft.set(left, "/grid-columns", width);
    draft.set(right, "/grid-columns", 12 - width);
    return true;
  },
  splitColumn: ({ draft, tools, random, rows }) => {
    const row = rows.length > 0 ? random.pick(rows) : undefined;
    const last = row === undefined ? undefined : draft.children(row).at(-1);
    const width = last === undefined ? 0 : Number(draft.get(last, "/grid-columns"));
    if (row === undefined || last === undefined || width < 2) return false;
    draft.set(last, "/grid-columns", width - 1);
    draft.create(tools.newId(), { kind: "column", parent: row, index: 9, properties: { "/grid-columns": 1 } });
    return true;
  },
  dropColumn: ({ draft, random, rows }) => {
    const [left, right] = rows.length > 0 ? draft.children(random.pick(rows)) : [];
    if (left === undefined || right === undefined) return false;
    const width = Number(draft.get(left, "/grid-columns")) + Number(draft.get(right, "/grid-columns"));
    for (const module of draft.children(right)) draft.move(module, { parent: left, index: 99 });
    draft.remove(right);
    draft.set(left, "/grid-columns", width);
    return true;
  },
  setSetting: ({ draft, random }) => {
    draft.set(settingsId, random.pick(settings), random.below(1000));
    return true;
  },
} satisfies Readonly<Record<string, Step>>;

interface FoundText {
  readonly id: ElementId;
  readonly key: string;
  readonly text: RichText;
}

function pickText(draft: Draft, random: Random, modules: readonly ElementId[]): FoundText | undefined {
  const texts = modules.flatMap((id) => textsOf(draft, id));
  return texts.length > 0 ? random.pick(texts) : undefined;
}

function textsOf(draft: Draft, id: ElementId): FoundText[] {
  const entries = Object.entries(draft.require(id));
  return entries.flatMap(([key, value]) => (isRichText(value) ? [{ id, key, text: value }] : []));
}

function addRandomModule(draft: Draft, { random, newId }: StepTools, parent: ElementId): void {
  const place = { parent, index: random.below(3) };
  draft.create(newId(), { kind: "module", ...place, properties: randomModule(random) });
}
