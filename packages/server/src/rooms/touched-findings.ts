import { type CheckCategory, checksFor, type Finding, runChecks } from "@waggle/checks";
import {
  type ChangeSet,
  childrenOf,
  creates,
  type ElementId,
  equalValues,
  fillsRow,
  isRichText,
  isVisible,
  kindOf,
  type NodeData,
  parentOf,
  type Snapshot,
  settingsId,
  snapshotOf,
  trashes,
  type Value,
} from "@waggle/template";

/** What is wrong with an element that was just written to. Facts only: no words of the template. */
export interface TouchedFinding {
  readonly elementId: ElementId;
  /** Category of the check, or `brokenColumns`. */
  readonly problem: CheckCategory | "brokenColumns";
  readonly contrastRatio?: number;
  /** A text colour that can be read. */
  readonly suggestedColor?: string;
}

/** Those that cost readers something and can be told from the element and what is around it. */
const judged: readonly CheckCategory[] = ["missingAltText", "missingCopyLink", "insufficientColorContrast"];
const categories = checksFor("message").filter(({ category }) => judged.includes(category));
/** A change of this many blocks is looked at in part; check_template looks at everything. */
const mostModules = 40;
/** Of a column. Elements come and go in it, and each that is remembered keeps its texts in memory. */
const mostRemembered = 60;

/** What is said of elements that agents write to, in one room. */
export class TouchedFindings {
  /**
   * What was found of modules last, by the column they stand in, the last one behind. Most edits rewrite words: that changes no
   * colour and no link, and drawing the module again would take longer than writing it.
   */
  readonly #judged = new WeakMap<NodeData, Map<ElementId, Judged>>();

  /**
   * What checks say of the elements a change touched, in `snapshot`, which holds it. Only those are looked at, with what they
   * stand in, so it costs the same in a large template as in a small one.
   */
  find(change: ChangeSet, snapshot: Snapshot): readonly TouchedFinding[] {
    const modules = new Set<ElementId>();
    const rows = new Set<ElementId>();
    for (const [id, nodeChange] of Object.entries(change)) {
      if (id === settingsId || trashes(nodeChange) || !isVisible(snapshot, id)) continue;
      const node = snapshot.nodes.get(id);
      if (!node) continue;
      // Inside of a new section or column everything is in the change itself.
      if (kindOf(node) === "module") modules.add(id);
      else if (!creates(nodeChange)) for (const each of modulesIn(snapshot, id)) modules.add(each);
      const row = rowOf(snapshot, id);
      if (row !== undefined && kindOf(node) !== "module") rows.add(row);
    }
    const broken = [...rows].filter((row) => !fillsRow(columnsOf(snapshot, row)));
    return [
      ...broken.map((elementId): TouchedFinding => ({ elementId, problem: "brokenColumns" })),
      ...this.#findIn([...modules].slice(0, mostModules), snapshot),
    ];
  }

  #findIn(modules: readonly ElementId[], snapshot: Snapshot): TouchedFinding[] {
    const found = new Map<ElementId, readonly TouchedFinding[]>();
    const looks = new Map<ElementId, Look>();
    for (const id of modules) {
      const look = lookOf(id, snapshot);
      const known = look && this.#recall(id, look);
      if (known) found.set(id, known);
      if (look) looks.set(id, look);
    }
    const unknown = modules.filter((id) => !found.has(id));
    for (const [id, findings] of judge(unknown, snapshot)) found.set(id, findings);
    for (const id of unknown) this.#remember(id, looks.get(id), found.get(id) ?? []);
    return modules.flatMap((id) => found.get(id) ?? []);
  }

  #recall(id: ElementId, { node, column, row, settings }: Look): readonly TouchedFinding[] | undefined {
    const known = this.#judged.get(column)?.get(id);
    if (!known || known.look.row !== row || known.look.settings !== settings) return undefined;
    return lookAlike(known.look.node, node) ? known.findings : undefined;
  }

  #remember(id: ElementId, look: Look | undefined, findings: readonly TouchedFinding[]): void {
    if (!look) return;
    const inColumn = this.#judged.get(look.column) ?? new Map<ElementId, Judged>();
    this.#judged.set(look.column, inColumn);
    inColumn.delete(id);
    inColumn.set(id, { look, findings });
    const [oldest] = inColumn.keys();
    if (inColumn.size > mostRemembered && oldest !== undefined) inColumn.delete(oldest);
  }
}

function judge(modules: readonly ElementId[], snapshot: Snapshot): ReadonlyMap<ElementId, readonly TouchedFinding[]> {
  if (modules.length === 0) return new Map();
  const reports = runChecks(excerpt(modules, snapshot), { medium: "message", categories });
  return Map.groupBy(
    reports.flatMap(({ findings }) => findings.flatMap(toTouched)),
    ({ elementId }) => elementId,
  );
}

/** All that decides how a module looks. */
interface Look {
  readonly node: NodeData;
  readonly column: NodeData;
  readonly row: NodeData;
  readonly settings: NodeData | undefined;
}

interface Judged {
  readonly look: Look;
  readonly findings: readonly TouchedFinding[];
}

function lookOf(id: ElementId, { nodes }: Snapshot): Look | undefined {
  const above = (node: NodeData | undefined): NodeData | undefined => nodes.get((node && parentOf(node)) ?? "");
  const node = nodes.get(id);
  const column = above(node);
  const row = above(column);
  return node && column && row && { node, column, row, settings: nodes.get(settingsId) };
}

/** Whether two states of a module differ in nothing but words. */
function lookAlike(one: NodeData, other: NodeData): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => valuesLookAlike(one[key], other[key]));
}

function valuesLookAlike(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true;
  if (!isRichText(one) || !isRichText(other)) return equalValues(one, other);
  if (one.html !== other.html || one.rich.length !== other.rich.length) return false;
  return one.rich.every(([text, marks], at) => {
    const [otherText = "", otherMarks] = other.rich[at] ?? [];
    return /\S/.test(text) === /\S/.test(otherText) && equalValues(marks, otherMarks);
  });
}

function toTouched({ category, element, data }: Finding): TouchedFinding[] {
  if (!element) return [];
  const [colors] = Array.isArray(data.colors) ? data.colors : [];
  return [{ elementId: element.id, problem: category, ...colorFacts(colors) }];
}

function colorFacts(colors: unknown): Pick<TouchedFinding, "contrastRatio" | "suggestedColor"> {
  if (typeof colors !== "object" || colors === null) return {};
  return {
    ...("contrastRatio" in colors &&
      typeof colors.contrastRatio === "number" && { contrastRatio: colors.contrastRatio }),
    ...("suggestedColor" in colors &&
      typeof colors.suggestedColor === "string" && { suggestedColor: colors.suggestedColor }),
  };
}

/** These modules with their columns, rows and the settings: all that decides how they look. */
function excerpt(modules: readonly ElementId[], snapshot: Snapshot): Snapshot {
  const nodes = new Map<ElementId, NodeData>();
  const add = (id: ElementId | undefined): void => {
    const node = id === undefined ? undefined : snapshot.nodes.get(id);
    if (id === undefined || !node || nodes.has(id)) return;
    nodes.set(id, node);
    add(parentOf(node));
  };
  add(settingsId);
  for (const id of modules) add(id);
  return snapshotOf(nodes);
}

function modulesIn(snapshot: Snapshot, id: ElementId): readonly ElementId[] {
  const children = childrenOf(snapshot, id);
  return children.flatMap((child) => {
    const node = snapshot.nodes.get(child);
    if (!node) return [];
    return kindOf(node) === "module" ? [child] : modulesIn(snapshot, child);
  });
}

function rowOf(snapshot: Snapshot, id: ElementId): ElementId | undefined {
  const node = snapshot.nodes.get(id);
  if (!node) return undefined;
  const kind = kindOf(node);
  if (kind === "row") return id;
  const parent = parentOf(node);
  return kind === "column" ? parent : undefined;
}

function columnsOf(snapshot: Snapshot, row: ElementId): NodeData[] {
  return childrenOf(snapshot, row)
    .map((id) => snapshot.nodes.get(id))
    .filter((node) => node !== undefined);
}
