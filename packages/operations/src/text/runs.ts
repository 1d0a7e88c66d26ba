import { atom, blockEnd, equalValues, type Marks, type Run } from "@waggle/template";

/** One block of a text: what stands in it, and the marks of the character that ends it. */
export interface RunBlock {
  readonly runs: readonly Run[];
  readonly end: Marks;
}

/** The end of a line without an element around it. */
export const bareLine: Marks = { block: { kind: "paragraph", tag: "", style: null, rest: null } };

/** Cuts runs at the block ends. */
export function blocksOf(runs: readonly Run[]): readonly RunBlock[] {
  const blocks: RunBlock[] = [];
  let open: Run[] = [];
  for (const [text, marks] of runs) {
    const pieces = text.split(blockEnd);
    pieces.forEach((piece, at) => {
      if (piece !== "") open.push(marks ? [piece, marks] : [piece]);
      if (at === pieces.length - 1) return;
      blocks.push({ runs: open, end: marks ?? {} });
      open = [];
    });
  }
  if (open.length > 0) blocks.push({ runs: open, end: {} });
  return blocks;
}

export function runsOf(blocks: readonly RunBlock[]): readonly Run[] {
  return blocks.flatMap(({ runs, end }): Run[] => [...runs, [blockEnd, end]]);
}

/** The tag of a paragraph block; undefined for blocks of other kinds. A line without a tag of its own has "". */
export function tagOf({ end }: RunBlock): string | undefined {
  const { block } = end;
  if (typeof block !== "object" || block === null || Array.isArray(block)) return undefined;
  const { kind, tag } = block as { readonly kind?: unknown; readonly tag?: unknown };
  return kind === "paragraph" && typeof tag === "string" ? tag : undefined;
}

/** Whether the block stands in a list or box, so that its end belongs to a larger structure. */
export function isNested({ end }: RunBlock): boolean {
  return Array.isArray(end.within) && end.within.length > 0;
}

/** Marks that cover every letter of the text: its look as a whole. */
export function marksOfWhole(blocks: readonly RunBlock[]): Marks {
  const letters = blocks.flatMap(({ runs }) => runs).filter(([text]) => text.replaceAll(atom, "").trim() !== "");
  const [first, ...others] = letters.map(([, marks]) => marks ?? {});
  if (!first) return {};
  const shared = Object.entries(first).filter(([name, value]) =>
    others.every((marks) => marks[name] !== undefined && equalValues(marks[name], value)),
  );
  return Object.fromEntries(shared);
}

/** Gives unmarked letters these marks. */
export function withMarks(block: RunBlock, marks: Marks): RunBlock {
  if (Object.keys(marks).length === 0) return block;
  return { ...block, runs: block.runs.map(([text, own]): Run => [text, { ...marks, ...own }]) };
}
