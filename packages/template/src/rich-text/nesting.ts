import type { Json, Marks } from "../document/value.ts";
import { attribute } from "./escape.ts";
import { type MarkName, markNames, markProperties, markTags } from "./marks.ts";

/** An inline element around some text. */
export interface InlineTag {
  readonly mark: MarkName;
  readonly open: string;
  readonly close: string;
}

type MarkAttributes = { readonly [name: string]: Json };

const ranks: ReadonlyMap<string, number> = new Map(markNames.map((name, rank) => [name, rank]));

/** Place of a mark in the default nesting; 0 is outermost. */
export function rankOf(name: MarkName): number {
  return ranks.get(name) ?? 0;
}

/** The elements that complete marks stand for, outermost first. */
export function tagsOf(marks: Marks | undefined): InlineTag[] {
  if (marks === undefined) return [];
  return Object.entries(marks)
    .map(([name, attributes]) => {
      // Marks are complete here: `completeMarks` lets no other names and no other shapes through.
      const [mark, values] = [name as MarkName, attributes as MarkAttributes];
      return { depth: depthOf(mark, values), tag: tagOf(mark, values) };
    })
    .sort((a, b) => a.depth - b.depth || rankOf(a.tag.mark) - rankOf(b.tag.mark))
    .map(({ tag }) => tag);
}

/** Without a depth of its own a mark nests by rank, inside of those that have one. */
function depthOf(mark: MarkName, attributes: MarkAttributes): number {
  return typeof attributes.o === "number" ? attributes.o : 1000 + rankOf(mark);
}

/** The element a mark stands for. */
export function tagOf(mark: MarkName, attributes: MarkAttributes): InlineTag {
  if (mark === "link") return { mark, open: `<a ${linkAttributes(attributes)}>`, close: "</a>" };
  if (mark in markProperties) {
    const property = markProperties[mark as keyof typeof markProperties];
    return { mark, open: `<span ${attribute("style", `${property}: ${attributes.v};`)}>`, close: "</span>" };
  }
  const usual = markTags[mark as keyof typeof markTags] ?? "span";
  const start = typeof attributes.as === "string" ? attributes.as : usual;
  return { mark, open: `<${start}>`, close: `</${start.split(" ", 1)[0]}>` };
}

function linkAttributes({ href, target, style, rest }: MarkAttributes): string {
  const written = [attribute("href", String(href))];
  if (typeof target === "string") written.push(attribute("target", target));
  if (typeof style === "string") written.push(attribute("style", style));
  if (typeof rest === "string") written.push(rest);
  return written.join(" ");
}

/** How many outer elements two stretches of text share. */
export function sharedDepth(a: readonly InlineTag[], b: readonly InlineTag[]): number {
  let depth = 0;
  while (depth < a.length && depth < b.length && a[depth]?.open === b[depth]?.open) depth++;
  return depth;
}
