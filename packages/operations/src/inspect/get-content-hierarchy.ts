import { WaggleError } from "@waggle/contract";
import { type Draft, type ModuleType, moduleTypes, type NodeData } from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { blockTypeName, blockTypeOf } from "../elements/block-type.ts";
import { nearest } from "../elements/nearest.ts";
import { requireSection } from "../elements/placement.ts";
import { findEditable } from "../modules/editable.ts";
import { textStart } from "../text/read-text.ts";
import { type Numbered, type Place, pageOf, placesOf } from "./hierarchy-page.ts";

const previewLength = 80;
const defaultLimit = 100;

const option = (description: string) => z._default(z.boolean().check(z.describe(description)), true);

const input = z.strictObject({
  includeIds: option("Ids, which every other tool needs."),
  includePositions: option("0-based positions of sections, columns and blocks."),
  includeBlockTypes: option("Type of each block: title, paragraph, button, image, …"),
  includeText: option(`First ${previewLength} characters of each text; alt text of a picture, names of icons.`),
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
  limit: z._default(
    z.int().check(z.gte(1), z.lte(1000), z.describe(`At most this many blocks. Default ${defaultLimit}.`)),
    defaultLimit,
  ),
  cursor: z.optional(
    z.string().check(z.minLength(1), z.describe("nextCursor of the answer before, for the blocks that follow.")),
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
    "Read the structure of the email: sections from the top, their columns from the left, the blocks in them, with ids and the start of each text. Call it first, and again when an id is not found. Long emails come in pages: while there is a nextCursor there is more; ask for one section or some blockTypes where that is enough.",
  kind: "read",
  destructive: false,
  idempotent: true,
  input,
  output: z.strictObject({
    sections: z.array(section),
    nextCursor: z.optional(z.string().check(z.describe("Pass it as cursor for what follows."))),
    left: z.optional(z.int().check(z.describe("Blocks that follow."))),
  }),
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    { note: "Everything", input: {} },
    { note: "All buttons", input: { blockTypes: ["button"], includePositions: false } },
    { note: "One section", input: { section: 3 } },
  ],
  apply: ({ draft }, options) => {
    const places = placesOf(draft, {
      section: options.section === undefined ? undefined : requireSection(draft, options.section),
      blockTypes: options.blockTypes && requireBlockTypes(options.blockTypes),
    });
    const { limit, cursor } = options;
    const { places: page, next, left } = pageOf(draft, places, { limit, cursor });
    const sections = new Outline(draft, options).describe(page);
    return { sections, ...(next === undefined ? {} : { nextCursor: next, left }) };
  },
});

const knownTypes = (Object.keys(moduleTypes) as ModuleType[]).map(blockTypeName);

/** The types as blocks tell them; names of tools and of the page JSON will do, too. */
function requireBlockTypes(wanted: readonly string[]): ReadonlySet<string> {
  const others: Readonly<Record<string, string>> = { heading: "title", icon: "icons" };
  const types = wanted.map((type) => others[type] ?? type);
  const unknown = types.find((type) => !knownTypes.includes(type));
  if (unknown === undefined) return new Set(types);
  const near = nearest(unknown, knownTypes);
  throw new WaggleError("INVALID_INPUT", {
    message: `blockTypes: there is no such type.${near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ""} Allowed: ${knownTypes.join(", ")}.`,
    data: { argument: "blockTypes", allowed: knownTypes, nearest: near },
  });
}

type Section = z.output<typeof section>;
type Column = z.output<typeof column>;
type Block = z.output<typeof block>;

/** Puts the lines of a page together to a tree again. */
class Outline {
  readonly #draft: Draft;
  readonly #options: Input;

  constructor(draft: Draft, options: Input) {
    this.#draft = draft;
    this.#options = options;
  }

  describe(places: readonly Place[]): Section[] {
    const sections = new Map<string, Section>();
    const columns = new Map<string, Column>();
    for (const place of places) {
      const inSection = kept(sections, place.section, () => this.#section(place.section));
      if (!place.column) continue;
      const at = place.column;
      const isNew = !columns.has(at.id);
      const inColumn = kept(columns, at, () => this.#column(at));
      if (isNew) inSection.columns.push(inColumn);
      if (place.block) inColumn.blocks.push(this.#block(place.block));
    }
    return [...sections.values()];
  }

  #section(at: Numbered): Section {
    const name = this.#draft.get(at.id, "/name");
    return { ...this.#place(at), ...(typeof name === "string" && name !== "" ? { name } : {}), columns: [] };
  }

  #column(at: Numbered): Column {
    const width = this.#draft.get(at.id, "/grid-columns");
    return { ...this.#place(at), width: typeof width === "number" ? width : 12, blocks: [] };
  }

  #block(at: Numbered): Block {
    const node = this.#draft.require(at.id);
    const text = this.#options.includeText ? startOf(node) : "";
    return {
      ...this.#place(at),
      ...(this.#options.includeBlockTypes ? { type: blockTypeOf(node) } : {}),
      ...(text === "" ? {} : { text }),
    };
  }

  #place({ id, index }: Numbered): { id?: string; index?: number } {
    const { includeIds, includePositions } = this.#options;
    return { ...(includeIds ? { id } : {}), ...(includePositions ? { index } : {}) };
  }
}

function startOf(node: NodeData): string {
  const text = textStart(node, previewLength) || (findEditable(node)?.words?.(node) ?? "").replace(/\s+/g, " ").trim();
  return text.length > previewLength ? `${text.slice(0, previewLength - 1).trimEnd()}…` : text;
}

function kept<Each>(all: Map<string, Each>, { id }: Numbered, make: () => Each): Each {
  const known = all.get(id) ?? make();
  all.set(id, known);
  return known;
}
