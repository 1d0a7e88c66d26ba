import type { ElementId } from "../document/node.ts";
import type { Json } from "../document/value.ts";
import { invalidTemplate, mismatchAt, pageLimits, requireJson, requireSize } from "./check-json.ts";
import { isJsonObject, type JsonObject, joinPointer } from "./pointer.ts";

export interface MergeRowsInput {
  /** Page JSON. */
  readonly template: unknown;
  /** Rows of page JSON, each with its identifier in its metadata. */
  readonly rows: unknown;
  /** The key of `metadata` that names a saved row: "guid". */
  readonly rowIdentifierLabel: string;
  /** Fonts the rows need, as they stand in `page.body.webFonts`. */
  readonly webFonts?: unknown;
}

export interface MergeRowsOptions {
  /** Ids for elements of a row that would stand in the template twice. */
  readonly newId: () => ElementId;
}

/** A place where a saved row stands. */
export interface SavedRowPlace {
  readonly rowIdentifier: Json;
  /** Counted from 0. */
  readonly rowIndex: number;
}

export interface MergedRows {
  readonly template: JsonObject;
  /** Where rows were replaced. */
  readonly replaced: readonly SavedRowPlace[];
}

/**
 * The template with newer versions of its saved rows: each row whose identifier is that of a given one is replaced by it as a
 * whole. Fonts that are not there yet are added. Rows nobody asked for stay away. Throws INVALID_TEMPLATE with the place,
 * also where one row would stand so often that the template would be larger than `pageLimits`.
 *
 * @example
 * const { template, replaced } = mergeRows({ template: page, rows: [footer], rowIdentifierLabel: "guid" }, { newId: newElementId });
 */
export function mergeRows(input: MergeRowsInput, { newId }: MergeRowsOptions): MergedRows {
  const { page, rows, whole } = requirePage(input.template, "/template");
  const saved = savedRows(input);
  const label = input.rowIdentifierLabel;
  requireRoom(input.template, rows, { saved, label });
  const kept = rows.filter((row) => newVersionOf(row, { saved, label }) === undefined);
  const ids = new Set(kept.flatMap(idsIn));
  const replaced: SavedRowPlace[] = [];
  const merged = rows.map((row, rowIndex): Json => {
    const version = newVersionOf(row, { saved, label });
    if (version === undefined) return row;
    replaced.push({ rowIdentifier: identifierOf(row, label) ?? null, rowIndex });
    return withFreeIds(version, { ids, newId });
  });
  const body = withFonts(page.body, fontsIn(input.webFonts));
  const next = {
    ...page,
    ...(body === undefined ? {} : { body }),
    ...(page.rows === undefined ? {} : { rows: merged }),
  };
  return { template: { ...whole, page: next }, replaced };
}

/** The synced rows of a template and their identifiers; null where a synced row has none. */
export function syncedRows(template: unknown, rowIdentifierLabel: string): readonly SavedRowPlace[] {
  const { rows } = requirePage(template, "/template");
  return rows.flatMap((row, rowIndex) =>
    isJsonObject(row) && row.synced === true
      ? [{ rowIdentifier: identifierOf(row, rowIdentifierLabel) ?? null, rowIndex }]
      : [],
  );
}

/** The metadata of the rows that have some, in order. */
export function mergeIndex(source: unknown): readonly JsonObject[] {
  return requirePage(source, "/source").rows.flatMap((row) => {
    const metadata = isJsonObject(row) ? row.metadata : undefined;
    return isJsonObject(metadata) ? [metadata] : [];
  });
}

interface PageParts {
  readonly whole: JsonObject;
  readonly page: JsonObject;
  readonly rows: readonly Json[];
}

/** Pointers start at the argument, as the caller of an endpoint sees it. */
function requirePage(json: unknown, argument: string): PageParts {
  requireJson(json);
  const page = isJsonObject(json) ? json.page : undefined;
  if (!isJsonObject(json) || !isJsonObject(page)) throw mismatchAt(`${argument}/page`, "an object with the page", page);
  const { rows = [] } = page;
  if (!Array.isArray(rows)) throw mismatchAt(`${argument}/page/rows`, "a list of rows", rows);
  return { whole: json, page, rows };
}

function savedRows({ rows, rowIdentifierLabel: label }: MergeRowsInput): ReadonlyMap<Json, JsonObject> {
  requireJson(rows);
  if (!Array.isArray(rows)) throw mismatchAt("/rows", "a list of rows", rows);
  const saved = new Map<Json, JsonObject>();
  for (const [index, row] of (rows as readonly Json[]).entries()) {
    const pointer = joinPointer("/rows", index);
    if (!isJsonObject(row)) throw mismatchAt(pointer, "an object with the row", row);
    const identifier = identifierOf(row, label);
    const place = joinPointer(joinPointer(pointer, "metadata"), label);
    if (identifier === undefined) throw mismatchAt(place, "the text or number that names the row", undefined);
    saved.set(identifier, row);
  }
  return saved;
}

interface Versions {
  readonly saved: ReadonlyMap<Json, JsonObject>;
  readonly label: string;
}

function newVersionOf(row: Json, { saved, label }: Versions): JsonObject | undefined {
  const identifier = identifierOf(row, label);
  return identifier === undefined ? undefined : saved.get(identifier);
}

function identifierOf(row: Json, label: string): string | number | undefined {
  const metadata = isJsonObject(row) ? row.metadata : undefined;
  const value = isJsonObject(metadata) && Object.hasOwn(metadata, label) ? metadata[label] : undefined;
  return typeof value === "number" || (typeof value === "string" && value !== "") ? value : undefined;
}

type Counts = Readonly<Record<"values" | "characters" | "elements", number>>;

/** A few bytes of template with a guid can stand for a large row: what comes out is counted before it is built. */
function requireRoom(template: unknown, rows: readonly Json[], versions: Versions): void {
  const sizes = new Map<Json, Counts>();
  const sizeOf = (row: Json): Counts => {
    const size = sizes.get(row) ?? { ...requireSize(row), elements: elementsIn(row) };
    sizes.set(row, size);
    return size;
  };
  const total = { ...requireSize(template), elements: rows.reduce<number>((sum, row) => sum + elementsIn(row), 0) };
  for (const row of rows) {
    const version = newVersionOf(row, versions);
    if (version === undefined) continue;
    const [gone, come] = [sizeOf(row), sizeOf(version)];
    for (const what of limited) total[what] += come[what] - gone[what];
  }
  const over = limited.find((what) => total[what] > pageLimits[what]);
  if (over === undefined) return;
  const reason = `with the rows in it, it would have ${total[over]} ${over}; ${pageLimits[over]} is the most. Send smaller rows, or a template where they stand less often.`;
  throw invalidTemplate("/rows", reason);
}

const limited = ["values", "characters", "elements"] as const;

function elementsIn(row: Json): number {
  if (!isJsonObject(row)) return 0;
  return [...listOf(row.columns), ...listOf(row.modules)].reduce<number>((sum, each) => sum + elementsIn(each), 1);
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** The uuids of a row, its columns and their modules. */
function idsIn(row: Json): readonly Json[] {
  if (!isJsonObject(row)) return [];
  const below = [...listOf(row.columns), ...listOf(row.modules)];
  return [...(row.uuid === undefined ? [] : [row.uuid]), ...below.flatMap(idsIn)];
}

interface Ids extends MergeRowsOptions {
  /** Those that are taken; the element's own is added. */
  readonly ids: Set<Json>;
}

function withFreeIds(element: Json, { ids, newId }: Ids): Json {
  if (!isJsonObject(element)) return element;
  const entries = Object.entries(element).map(([key, value]): [string, Json] => {
    if (key === "columns" || key === "modules") return [key, renewed(value, { ids, newId })];
    if (key !== "uuid") return [key, value];
    const id = ids.has(value) ? newId() : value;
    ids.add(id);
    return [key, id];
  });
  return Object.fromEntries(entries);
}

const renewed = (list: Json, ids: Ids): Json =>
  Array.isArray(list) ? list.map((element: Json) => withFreeIds(element, ids)) : list;

function fontsIn(webFonts: unknown): readonly JsonObject[] {
  if (webFonts === undefined) return [];
  requireJson(webFonts);
  if (!Array.isArray(webFonts)) throw mismatchAt("/webFonts", "a list of fonts", webFonts);
  return (webFonts as readonly Json[]).map((font, index) => {
    if (!isJsonObject(font)) throw mismatchAt(joinPointer("/webFonts", index), "an object with the font", font);
    return font;
  });
}

/** The body with the fonts it does not have; undefined when there is no body and nothing to add. */
function withFonts(body: Json | undefined, fonts: readonly JsonObject[]): Json | undefined {
  if (fonts.length === 0) return body;
  const owner = isJsonObject(body) ? body : {};
  const present = listOf(owner.webFonts);
  const names = new Set(present.map(fontName));
  const added = fonts.filter((font) => !names.has(fontName(font)) && names.add(fontName(font)));
  return added.length === 0 ? body : { ...owner, webFonts: [...present, ...added] };
}

/** Files name a font in any of these. */
function fontName(font: Json): string {
  if (!isJsonObject(font)) return "";
  const name = font.name ?? font.fontName ?? font.fontFamily ?? font.family;
  return typeof name === "string" ? name.toLowerCase() : "";
}
