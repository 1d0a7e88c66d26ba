import { isObject, type WaggleTools } from "./waggle-client.ts";

/** A block as the agent reads it: where it stands and how its text begins. */
export interface OutlineBlock {
  readonly id: string;
  readonly type: string;
  /** The start of its text; "" when it has none. */
  readonly text: string;
  readonly sectionId: string;
  /** Position of its section from the top. */
  readonly section: number;
  readonly columnId: string;
}

export interface Outline {
  /** Ids of the sections from the top. */
  readonly sections: readonly string[];
  /** All blocks, in reading order. */
  readonly blocks: readonly OutlineBlock[];
}

/** Reads the structure of the template. */
export async function readOutline(tools: WaggleTools): Promise<Outline> {
  const { sections } = await tools.call("get_content_hierarchy");
  const rows = listOf(sections);
  return {
    sections: rows.map((row) => textOf(row.id)),
    blocks: rows.flatMap((row, section) =>
      listOf(row.columns).flatMap((column) =>
        listOf(column.blocks).map((block) => ({
          id: textOf(block.id),
          type: textOf(block.type),
          text: tidy(textOf(block.text)),
          sectionId: textOf(row.id),
          section,
          columnId: textOf(column.id),
        })),
      ),
    ),
  };
}

/** Single spaces, no non-breaking ones: texts are compared by their words. */
export const tidy = (text: string): string => text.replace(/[\s\u00a0]+/g, " ").trim();

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
