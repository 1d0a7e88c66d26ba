import {
  type ChangeSet,
  childrenOf,
  type ElementId,
  type ElementKind,
  equalValues,
  isVisible,
  type Json,
  kindOf,
  type NodeKind,
  parentOf,
  rootId,
  type Snapshot,
  settingsId,
  walk,
} from "@waggle/template";

/** One operation of RFC 6902. Paths are relative to the `page` of the template. */
export type JsonPatchOperation =
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: Json }
  | { readonly op: "remove"; readonly path: string };

/** A template as it was at one moment. */
export interface TemplateState {
  readonly snapshot: Snapshot;
  readonly json: Json;
}

export interface TemplateStep {
  readonly change: ChangeSet;
  readonly before: TemplateState;
  readonly after: TemplateState;
}

type JsonObject = { readonly [key: string]: Json };

/** Where elements of a kind stand in what holds them. */
const listNames = { row: "rows", column: "columns", module: "modules" } as const satisfies Record<ElementKind, string>;
/** The list that what is of this kind holds. */
const ownLists: Readonly<Record<NodeKind, string | undefined>> = {
  settings: listNames.row,
  row: listNames.column,
  column: listNames.module,
  module: undefined,
};

/**
 * The patch that makes the page before a change into the page after it. What moved is removed and added again. Changes
 * outside of `page`, such as comments, have no place in it.
 */
export function pagePatch({ change, before, after }: TemplateStep): readonly JsonPatchOperation[] {
  const touched = Object.keys(change).filter((id) => change[id]?.pos || change[id]?.type);
  const leaving = topmost(touched, before.snapshot);
  const coming = topmost(touched, after.snapshot);
  const arrived = new Set(touched);
  return [
    // From the end, so that no removal moves what is removed after it.
    ...leaving.reverse().map((id) => ({ op: "remove" as const, path: pathOf(before.snapshot, id) })),
    ...additions(coming, before, after),
    ...Object.keys(change)
      .filter((id) => !hasArrived(id, after.snapshot, arrived))
      .flatMap((id) => [...ownDifferences(id, before, after)]),
    ...emptiedLists(arrived, before, after),
  ];
}

/** Those that are visible and not inside another one of them, in document order. */
function topmost(ids: readonly ElementId[], snapshot: Snapshot): ElementId[] {
  const among = new Set(ids.filter((id) => isVisible(snapshot, id)));
  if (among.size === 0) return [];
  const order = [...walk(snapshot)].map(({ id }) => id);
  return order.filter((id) => among.has(id) && !hasArrived(parentIn(snapshot, id), snapshot, among));
}

/** Whether the element, or what holds it, is one of these. */
function hasArrived(id: ElementId | undefined, snapshot: Snapshot, arrived: ReadonlySet<ElementId>): boolean {
  for (let each = id; each !== undefined && each !== rootId; each = parentIn(snapshot, each)) {
    if (arrived.has(each)) return true;
  }
  return false;
}

function* additions(
  coming: readonly ElementId[],
  before: TemplateState,
  after: TemplateState,
): Generator<JsonPatchOperation> {
  const withList = new Set<ElementId>();
  for (const id of coming) {
    const parent = parentIn(after.snapshot, id) ?? rootId;
    const path = pathOf(after.snapshot, id);
    if (!withList.has(parent) && listOf(before, parent) === undefined) {
      yield { op: "add", path: path.slice(0, path.lastIndexOf("/")), value: [] };
    }
    withList.add(parent);
    yield { op: "add", path, value: valueAt(after, path) ?? null };
  }
}

/** Lists that stand in the page before and not in the one after. */
function* emptiedLists(
  touched: ReadonlySet<ElementId>,
  before: TemplateState,
  after: TemplateState,
): Generator<JsonPatchOperation> {
  const parents = new Set([...touched].map((id) => parentIn(before.snapshot, id) ?? rootId));
  for (const parent of parents) {
    // What arrived has its lists as they are now.
    if (hasArrived(parent, after.snapshot, touched)) continue;
    if (listOf(before, parent) === undefined || listOf(after, parent) !== undefined) continue;
    if (parent === rootId || isVisible(after.snapshot, parent)) {
      yield { op: "remove", path: listPath(after.snapshot, parent) };
    }
  }
}

function* ownDifferences(id: ElementId, before: TemplateState, after: TemplateState): Generator<JsonPatchOperation> {
  if (!isVisible(before.snapshot, id) || !isVisible(after.snapshot, id)) return;
  const paths = [before, after].map(({ snapshot }) => (id === settingsId ? "" : pathOf(snapshot, id)));
  const [old, next] = [valueAt(before, paths[0] ?? ""), valueAt(after, paths[1] ?? "")];
  const node = after.snapshot.nodes.get(id);
  if (!node || !isObject(old) || !isObject(next)) return;
  const list = ownLists[kindOf(node)];
  yield* differences(without(old, list), without(next, list), paths[1] ?? "");
}

function* differences(before: JsonObject, after: JsonObject, path: string): Generator<JsonPatchOperation> {
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) yield { op: "remove", path: `${path}/${escapeSegment(key)}` };
  }
  for (const [key, value] of Object.entries(after)) {
    const place = `${path}/${escapeSegment(key)}`;
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (old === undefined) yield { op: "add", path: place, value };
    else if (isObject(old) && isObject(value)) yield* differences(old, value, place);
    else if (!equalValues(old, value)) yield { op: "replace", path: place, value };
  }
}

function pathOf(snapshot: Snapshot, id: ElementId): string {
  const parent = parentIn(snapshot, id) ?? rootId;
  return `${listPath(snapshot, parent)}/${childrenOf(snapshot, parent).indexOf(id)}`;
}

function listPath(snapshot: Snapshot, parent: ElementId): string {
  if (parent === rootId) return `/${listNames.row}`;
  const node = snapshot.nodes.get(parent);
  const list = node && kindOf(node) === "row" ? listNames.column : listNames.module;
  return `${pathOf(snapshot, parent)}/${list}`;
}

function listOf(state: TemplateState, parent: ElementId): Json | undefined {
  if (parent !== rootId && !isVisible(state.snapshot, parent)) return undefined;
  return valueAt(state, listPath(state.snapshot, parent));
}

function parentIn(snapshot: Snapshot, id: ElementId): ElementId | undefined {
  const node = snapshot.nodes.get(id);
  return node && parentOf(node);
}

/** Paths here lead through lists and their elements only, which need no unescaping. */
function valueAt({ json }: TemplateState, path: string): Json | undefined {
  let value: Json | undefined = isObject(json) ? json.page : undefined;
  for (const segment of path.split("/").slice(1)) {
    if (isList(value)) value = value[Number(segment)];
    else value = isObject(value) ? value[segment] : undefined;
  }
  return value;
}

function without(element: JsonObject, key: string | undefined): JsonObject {
  return Object.fromEntries(Object.entries(element).filter(([each]) => each !== key));
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escapeSegment(segment: string): string {
  return segment.replaceAll("~", "~0").replaceAll("/", "~1");
}
