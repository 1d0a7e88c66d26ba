import type { Json, Marks } from "../document/value.ts";
import { isAttributeList } from "./attribute-list.ts";
import type { Ancestor, BlockMark, ContainerKind, Frame, InlineHtml } from "./blocks.ts";
import { nodeAttributes, nodeTags } from "./marks.ts";

/** Containers deeper than this are cut off: nobody writes such texts, and reading them must not exhaust the stack. */
export const maxDepth = 32;

/** Where a block hangs. Containers from `opens` on start anew, those before are shared with the block before. */
export interface Path {
  readonly ancestors: readonly Ancestor[];
  readonly opens: number;
}

/** What the marks of a block end say. Anything unreadable is a plain paragraph. */
export function readBlockMark(marks: Marks | undefined): BlockMark {
  const block = objectOf(marks?.block);
  if (block.kind === "raw" && typeof block.html === "string") return { kind: "raw", html: block.html };
  return { kind: "paragraph", ...readFrame("paragraph", block) };
}

/** The piece of HTML an atom stands for, or nothing when it carries none. */
export function readAtom(marks: Marks | undefined): InlineHtml[] {
  const raw = objectOf(marks?.raw);
  if (typeof raw.html !== "string") return [];
  return [{ html: raw.html, marks: typeof raw.marks === "string" ? raw.marks : null }];
}

/** Tag, style and attributes of a node, with the usual tag for one that can't stand there. */
export function readFrame(name: keyof typeof nodeTags, given: { readonly [key: string]: unknown }): Frame {
  const { tag, style, rest } = given;
  return {
    tag: typeof tag === "string" && nodeTags[name].has(tag) ? tag : nodeAttributes[name].tag,
    style: typeof style === "string" && style !== "" ? style : null,
    rest: typeof rest === "string" && isAttributeList(rest) ? rest : null,
  };
}

/** The ancestors of a block, made to nest: only items in a list, and no item elsewhere. */
export function readPath(marks: Marks | undefined): Path {
  const ancestors: Ancestor[] = [];
  let opens: number | undefined;
  const within = Array.isArray(marks?.within) ? marks.within.slice(0, maxDepth) : [];
  within.forEach((value: Json, index) => {
    if (index === marks?.opens) opens = ancestors.length;
    const ancestor = readAncestor(value);
    const isInList = ancestors.at(-1)?.kind === "list";
    if (!ancestor || (ancestor.kind === "item" && !isInList)) return;
    if (isInList && ancestor.kind !== "item") ancestors.push(plainItem);
    ancestors.push(ancestor);
  });
  if (ancestors.at(-1)?.kind === "list") ancestors.push(plainItem);
  return { ancestors, opens: opens ?? ancestors.length };
}

/** The item around what stands in a list without one. */
export const plainItem: Ancestor<"item"> = { kind: "item", tag: "li", style: null, rest: null };
const containerKinds: readonly ContainerKind[] = ["list", "item", "box"];

function readAncestor(value: Json): Ancestor | undefined {
  const given = objectOf(value);
  const kind = containerKinds.find((known) => known === given.kind);
  return kind && { kind, ...readFrame(kind, given) };
}

function objectOf(value: Json | undefined): { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
}
