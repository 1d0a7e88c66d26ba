import {
  type Block,
  type Container,
  fromBlocks,
  isRichText,
  type RichText,
  type TextCodec,
  toBlocks,
  type Value,
} from "@waggle/template";
import { alignEntries } from "../fields/align-entries.ts";
import { lettersOfPart, lettersOfSource, type PartText, readPart, rememberParsed, writePart } from "./part-text.ts";
import { editByParts, linesOf } from "./piecewise.ts";

export type ListType = "ul" | "ol";

/** A list as tools say it. */
export interface ListContent {
  readonly listType: ListType;
  /** The HTML in each item. */
  readonly items: readonly string[];
}

/** The items of a text that is a list; undefined when the text cannot be taken apart or has no list in it. */
export function readList(value: Value | undefined, codec: TextCodec): ListContent | undefined {
  if (!isRichText(value)) return undefined;
  const lists = listsIn(toBlocks(value.rich));
  const [first] = lists;
  if (!first) return undefined;
  const items = lists.flatMap(itemsOf).map((item) => readPart(contentOf(item), codec));
  return { listType: first.tag === "ol" ? "ol" : "ul", items };
}

interface ListChange {
  readonly codec: TextCodec;
  readonly items?: readonly string[] | undefined;
  readonly listType?: ListType | undefined;
}

export interface WrittenList {
  readonly value: RichText;
  readonly warnings: readonly string[];
}

/** The text with these items and of this type; what does not change of it stays. Lists in items belong to their items. */
export function writeList(value: Value | undefined, { codec, items, listType }: ListChange): WrittenList {
  const current = isRichText(value) ? value : undefined;
  const blocks = current ? toBlocks(current.rich) : [];
  const lists = listsIn(blocks);
  const written = items === undefined ? undefined : writeItems(lists, { items, codec: rememberParsed(codec) });
  const rebuild = (list: Container): Container => ({
    ...list,
    tag: listType ?? list.tag,
    content: written?.itemsOf.get(list) ?? list.content,
  });
  const fresh = lists.length === 0 ? [rebuild(written?.host ?? newList)] : [];
  const next = [...withLists(blocks, rebuild), ...fresh];
  const rich = fromBlocks(next);
  const parts = partsOf(blocks, next, written?.continued ?? new Map());
  return {
    value: current ? editByParts(current, rich, parts) : { rich },
    warnings: written?.warnings ?? [],
  };
}

/** Items are parts of a text, and so is what stands beside lists. */
function partsIn(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block) => {
    if (block.kind === "list") return block.content;
    return block.kind === "box" && block.content.length > 0 ? partsIn(block.content) : [block];
  });
}

function partsOf(before: readonly Block[], after: readonly Block[], continued: ReadonlyMap<Block, Block>) {
  const old = partsIn(before);
  const places = new Map(old.map((block, at) => [block, at]));
  const linesIn = (block: Block): number => linesOf(fromBlocks([block]));
  return {
    before: old.map((block) => ({ lines: linesIn(block) })),
    after: partsIn(after).map((block) => ({
      lines: linesIn(block),
      continues: places.get(continued.get(block) ?? block),
    })),
  };
}

const newList: Container = { kind: "list", tag: "ul", style: null, rest: null, content: [] };
const newItem: Container = { kind: "item", tag: "li", style: null, rest: null, content: [] };

/** The lists of a text, those in items left out. */
function listsIn(blocks: readonly Block[]): readonly Container[] {
  return blocks.flatMap((block) => {
    if (block.kind === "list") return [block];
    return block.kind === "box" ? listsIn(block.content) : [];
  });
}

function withLists(blocks: readonly Block[], rebuild: (list: Container) => Container): readonly Block[] {
  return blocks.map((block) => {
    if (block.kind === "list") return rebuild(block);
    return block.kind === "box" ? { ...block, content: withLists(block.content, rebuild) } : block;
  });
}

function itemsOf(list: Container): readonly Container[] {
  return list.content.flatMap((block) => (block.kind === "item" ? [block] : []));
}

const contentOf = ({ content }: Container): RichText => ({ rich: fromBlocks(content) });

interface WrittenItems {
  readonly itemsOf: ReadonlyMap<Container, readonly Container[]>;
  /** Where the items went when there was no list. */
  readonly host: Container;
  /** The item that each of the new ones was. */
  readonly continued: ReadonlyMap<Block, Block>;
  readonly warnings: readonly string[];
}

interface NewItems {
  readonly items: readonly string[];
  readonly codec: TextCodec;
}

/** Gives each list its new items: those that were there in their place, a new one after the one before it. */
function writeItems(lists: readonly Container[], { items, codec }: NewItems): WrittenItems {
  const old = lists.flatMap((list) => itemsOf(list).map((item) => ({ item, list })));
  const keys = old.map(({ item }) => [lettersOfPart(contentOf(item), codec)]);
  const indexes = alignEntries(
    keys,
    items.map((source) => [lettersOfSource(source)]),
  );
  const found = new Map<Container, Container[]>(lists.map((list) => [list, []]));
  const continued = new Map<Block, Block>();
  const warnings: string[] = [];
  const host = lists[0] ?? newList;
  let neighbour = old[indexes.find((index) => index !== undefined) ?? 0] ?? { item: newItem, list: host };
  items.forEach((source, at) => {
    const own = old[indexes[at] ?? -1];
    neighbour = own ?? neighbour;
    const written = writePart(source, {
      codec,
      current: own && contentOf(own.item),
      neighbour: contentOf(neighbour.item),
    });
    warnings.push(...written.warnings);
    const frame = own?.item ?? { ...newItem, style: neighbour.item.style };
    const item: Container = { ...frame, content: blocksOf(written.text) };
    if (own) continued.set(item, own.item);
    found.set(neighbour.list, [...(found.get(neighbour.list) ?? []), item]);
  });
  return { itemsOf: found, host, continued, warnings };
}

function blocksOf(text: PartText): readonly Block[] {
  return isRichText(text) ? toBlocks(text.rich) : [{ kind: "raw", html: text }];
}
