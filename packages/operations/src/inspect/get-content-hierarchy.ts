import { type Draft, type ElementId, rootId } from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { blockTypeOf } from "../elements/block-type.ts";
import { requireSection } from "../elements/placement.ts";
import { visibleChildren } from "../elements/visible.ts";
import { textStart } from "../text/read-text.ts";

const previewLength = 80;

const option = (description: string) => z._default(z.boolean().check(z.describe(description)), true);

const input = z.strictObject({
  includeIds: option("Ids, which every other tool needs."),
  includePositions: option("0-based positions of sections, columns and blocks."),
  includeBlockTypes: option("Type of each block: title, paragraph, button, image, …"),
  includeText: option(`First ${previewLength} characters of each text.`),
  section: z.optional(
    z
      .union(
        [z.string().check(z.minLength(1)), z.int().check(z.gte(0), z.lte(9999))],
        "has to be a section id or its 0-based index",
      )
      .check(z.describe("Only this section: its id or 0-based position.")),
  ),
  blockTypes: z.optional(
    z
      .array(z.string())
      .check(z.describe('Only blocks of these types, like ["title", "button"]; empty columns are left out.')),
  ),
});

type Input = z.output<typeof input>;

const block = z.strictObject({
  id: z.optional(z.string()),
  index: z.optional(z.number()),
  type: z.optional(z.string()),
  text: z.optional(z.string()),
});

const column = z.strictObject({
  id: z.optional(z.string()),
  index: z.optional(z.number()),
  width: z.number().check(z.describe("Twelfths of the section.")),
  blocks: z.array(block),
});

const section = z.strictObject({
  id: z.optional(z.string()),
  index: z.optional(z.number()),
  name: z.optional(z.string()),
  columns: z.array(column),
});

/** The tree of the template in few words. */
export const getContentHierarchy = defineOperation({
  name: "get_content_hierarchy",
  title: "Get content hierarchy",
  description:
    "Read the structure of the email: sections from the top, their columns from the left, the blocks in them, with ids and the start of each text. Call it first, and again when an id is not found.",
  kind: "read",
  destructive: false,
  idempotent: true,
  input,
  output: z.strictObject({ sections: z.array(section) }),
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    { note: "Everything", input: {} },
    { note: "All buttons", input: { blockTypes: ["button"], includePositions: false } },
  ],
  apply: ({ draft }, options) => {
    const rows = visibleChildren(draft, rootId);
    const wanted = options.section === undefined ? rows : [requireSection(draft, options.section)];
    const sections = wanted.map((id) => describeSection(draft, { id, index: rows.indexOf(id), options }));
    return { sections: options.blockTypes ? sections.filter(({ columns }) => columns.length > 0) : sections };
  },
});

interface Described {
  readonly id: ElementId;
  readonly index: number;
  readonly options: Input;
}

function describeSection(draft: Draft, described: Described): z.output<typeof section> {
  const name = draft.get(described.id, "/name");
  const columns = visibleChildren(draft, described.id).map((id, index) =>
    describeColumn(draft, { id, index, options: described.options }),
  );
  return {
    ...place(described),
    ...(typeof name === "string" && name !== "" ? { name } : {}),
    columns: described.options.blockTypes ? columns.filter(({ blocks }) => blocks.length > 0) : columns,
  };
}

function describeColumn(draft: Draft, described: Described): z.output<typeof column> {
  const { id, options } = described;
  const width = draft.get(id, "/grid-columns");
  const blocks = visibleChildren(draft, id)
    .map((blockId, index) => describeBlock(draft, { id: blockId, index, options }))
    .filter((each) => each !== undefined);
  return { ...place(described), width: typeof width === "number" ? width : 12, blocks };
}

function describeBlock(draft: Draft, described: Described): z.output<typeof block> | undefined {
  const { id, options } = described;
  const node = draft.require(id);
  const type = blockTypeOf(node);
  if (options.blockTypes && !options.blockTypes.includes(type)) return undefined;
  const text = options.includeText ? textStart(node, previewLength) : "";
  return {
    ...place(described),
    ...(options.includeBlockTypes ? { type } : {}),
    ...(text === "" ? {} : { text }),
  };
}

function place({ id, index, options }: Described): { id?: string; index?: number } {
  return { ...(options.includeIds ? { id } : {}), ...(options.includePositions ? { index } : {}) };
}
