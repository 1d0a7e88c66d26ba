import { type Block, type Container, fromBlocks, type Paragraph, type RichText, toBlocks } from "@waggle/template";
import type { Random } from "./random.ts";
import { randomInlines, randomWords } from "./texts.ts";

/** A text of a list with one to four items; some hold a list of their own. */
export function randomList(random: Random): RichText {
  return { rich: fromBlocks([listOf(random, { depth: 0 })]), html: "<ul><li>…</li></ul>" };
}

/** The content of a table module: a header row more often than not, and one to four rows. */
export function randomTable(random: Random): RichText {
  const columns = random.between(1, 3);
  const rows = (count: number, tag: "th" | "td"): Block[] =>
    Array.from({ length: count }, () => rowOf(random, { columns, tag }));
  const head = random.chance(0.7) ? [box("thead", rows(1, "th"))] : [];
  return { rich: fromBlocks([box("table", [...head, box("tbody", rows(random.between(1, 4), "td"))])]) };
}

function listOf(random: Random, { depth }: { readonly depth: number }): Container {
  const items = Array.from({ length: random.between(1, 4) }, () => itemOf(random, { depth }));
  return { kind: "list", tag: random.pick(["ul", "ol"]), style: null, rest: null, content: items };
}

function itemOf(random: Random, { depth }: { readonly depth: number }): Container {
  const nested = depth < 2 && random.chance(0.2) ? [listOf(random, { depth: depth + 1 })] : [];
  return { kind: "item", tag: "li", style: null, rest: null, content: [line(random), ...nested] };
}

function rowOf(random: Random, { columns, tag }: { readonly columns: number; readonly tag: "th" | "td" }): Container {
  return box(
    "tr",
    Array.from({ length: columns }, () => cellOf(random, tag)),
  );
}

function cellOf(random: Random, tag: "th" | "td"): Container {
  const own = random.chance(0.2) ? `data-json="{&quot;style&quot;:{&quot;width&quot;:${random.below(9)}}}"` : null;
  return { ...box(tag, [line(random)]), rest: own };
}

function box(tag: string, content: readonly Block[]): Container {
  return { kind: "box", tag, style: null, rest: null, content };
}

function line(random: Random): Paragraph {
  const content = random.chance(0.1) ? [] : randomInlines(random, random.between(1, 5));
  return { kind: "paragraph", tag: "", style: null, rest: null, content };
}

/**
 * What people and agents do to lists and tables as a whole: an item or row comes, goes, moves or is taken apart, a column
 * comes or goes. The same text when there is nothing of the kind in it.
 */
export function randomRestructure(random: Random, text: RichText): RichText {
  const blocks = toBlocks(text.rich);
  const changed = restructured(random, blocks);
  return changed === blocks ? text : { ...text, rich: fromBlocks(changed) };
}

type Restructure = (random: Random, content: readonly Block[]) => readonly Block[];

function restructured(random: Random, blocks: readonly Block[]): readonly Block[] {
  const holders = containersIn(blocks).filter(({ content }) => content.some(isPart));
  if (holders.length === 0) return blocks;
  const holder = random.pick(holders);
  const kind = random.weighted({ add: 4, remove: 2, move: 1, column: 2, nest: 1 });
  const content = restructures[kind](random, holder.content);
  return replaced(blocks, holder, content.length > 0 ? content : holder.content);
}

function isPart(block: Block): block is Container {
  return block.kind === "item" || (block.kind === "box" && ["tr", "td", "th"].includes(block.tag));
}

function containersIn(blocks: readonly Block[]): Container[] {
  return blocks.flatMap((block) => (isContainer(block) ? [block, ...containersIn(block.content)] : []));
}

function isContainer(block: Block): block is Container {
  return block.kind !== "paragraph" && block.kind !== "raw";
}

function replaced(blocks: readonly Block[], holder: Container, content: readonly Block[]): Block[] {
  return blocks.map((block) => {
    if (block === holder) return { ...holder, content };
    return isContainer(block) ? { ...block, content: replaced(block.content, holder, content) } : block;
  });
}

const restructures: Readonly<Record<"add" | "remove" | "move" | "column" | "nest", Restructure>> = {
  add: (random, content) => content.toSpliced(random.below(content.length + 1), 0, like(random, content)),
  remove: (random, content) => content.toSpliced(random.below(content.length), 1),
  move: (random, content) => {
    const from = random.below(content.length);
    return content.toSpliced(from, 1).toSpliced(random.below(content.length), 0, ...content.slice(from, from + 1));
  },
  column: (random, content) => content.map((row) => withColumn(random, row)),
  nest: (random, content) => {
    const at = random.below(content.length);
    const [holder, moved] = [content[at], content[at + 1]];
    if (holder?.kind !== "item" || moved?.kind !== "item") return content;
    const list: Container = { kind: "list", tag: "ul", style: null, rest: null, content: [moved] };
    return content.toSpliced(at, 2, { ...holder, content: [...holder.content, list] });
  },
};

/** A new part of the kind that is there already. */
function like(random: Random, content: readonly Block[]): Block {
  const model = random.pick(content.filter(isPart));
  if (model.kind === "item") return { ...model, content: [line(random)] };
  if (model.tag !== "tr") return { ...model, content: [line(random)] };
  return {
    ...model,
    content: model.content.map((cell) => (isPart(cell) ? { ...cell, content: [line(random)] } : cell)),
  };
}

function withColumn(random: Random, row: Block): Block {
  if (!isPart(row) || row.tag !== "tr") return row;
  const [first] = row.content;
  if (!first || !isPart(first)) return row;
  return { ...row, content: [...row.content, { ...first, content: [line(random)] }] };
}

/** A translation of a text: a line of its own. */
export function randomTranslation(random: Random): RichText {
  const words = randomWords(random, random.between(1, 6));
  return { rich: fromBlocks([{ ...line(random), tag: "p", content: [{ text: words }] }]), html: `<p>${words}</p>` };
}
