import { WaggleError } from "@waggle/contract";
import { type Draft, type ElementId, rootId } from "@waggle/template";
import { blockTypeOf } from "../elements/block-type.ts";
import { requireElement } from "../elements/require-element.ts";
import { visibleChildren } from "../elements/visible.ts";

/** One line of the hierarchy: a block with what it stands in, or a column or section that is empty. */
export interface Place {
  readonly section: Numbered;
  readonly column?: Numbered;
  readonly block?: Numbered;
}

/** An element and its place among its siblings, deleted ones left out. */
export interface Numbered {
  readonly id: ElementId;
  readonly index: number;
}

interface Wish {
  /** Only this row. */
  readonly section?: ElementId | undefined;
  /** Only blocks of these types; empty columns and sections are left out then. */
  readonly blockTypes?: ReadonlySet<string> | undefined;
}

/** The lines of the hierarchy in the order of the email. */
export function placesOf(draft: Draft, { section: only, blockTypes }: Wish): readonly Place[] {
  const places: Place[] = [];
  const sections = numbered(draft, rootId).filter(({ id }) => only === undefined || id === only);
  for (const section of sections) {
    const columns = numbered(draft, section.id);
    if (columns.length === 0 && !blockTypes) places.push({ section });
    for (const column of columns) {
      const blocks = numbered(draft, column.id).filter(
        ({ id }) => !blockTypes || blockTypes.has(blockTypeOf(draft.require(id))),
      );
      if (blocks.length === 0 && !blockTypes) places.push({ section, column });
      for (const block of blocks) places.push({ section, column, block });
    }
  }
  return places;
}

const numbered = (draft: Draft, parent: ElementId): readonly Numbered[] =>
  visibleChildren(draft, parent).map((id, index) => ({ id, index }));

const idOf = ({ section, column, block }: Place): ElementId => (block ?? column ?? section).id;

/** Tells a cursor from an id: what only begins the next page was not shown yet. */
const cursorPrefix = "from:";

interface PageWish {
  readonly limit: number;
  readonly cursor: string | undefined;
}

interface PlacePage {
  readonly places: readonly Place[];
  /** Says where the next page begins. */
  readonly next?: string;
  /** Lines behind this page. */
  readonly left: number;
}

/** Some of the lines, from the one a cursor names. Throws ELEMENT_NOT_FOUND when that is gone. */
export function pageOf(draft: Draft, places: readonly Place[], { limit, cursor }: PageWish): PlacePage {
  const start = cursor?.startsWith(cursorPrefix) ? cursor.slice(cursorPrefix.length) : cursor;
  const from = start === undefined ? 0 : places.findIndex((place) => idOf(place) === start);
  if (from < 0) throw lost(draft, start ?? "");
  const next = places[from + limit];
  const page = places.slice(from, from + limit);
  return {
    places: page,
    left: Math.max(0, places.length - from - limit),
    ...(next ? { next: cursorPrefix + idOf(next) } : {}),
  };
}

function lost(draft: Draft, cursor: ElementId): WaggleError {
  requireElement(draft, cursor, { argument: "cursor" });
  return new WaggleError("INVALID_INPUT", {
    message:
      "cursor: the list no longer begins there, or section and blockTypes are others than in the call before. Call again without cursor.",
    data: { argument: "cursor", elementId: cursor },
  });
}
