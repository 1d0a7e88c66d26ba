import {
  type Conflict,
  type ElementId,
  equalValues,
  isRichText,
  isVisible,
  type NodeData,
  parentOf,
  type RichText,
  type Snapshot,
  snapshotOf,
  type Value,
} from "@waggle/template";

export interface Judgement {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly conflicts: readonly Conflict[];
  /** The judge's documents, with insertions left and right of removed characters. */
  readonly left: ReadonlyMap<ElementId, NodeData>;
  readonly right: ReadonlyMap<ElementId, NodeData>;
}

export interface Comparison {
  /** Differences from the judge that no conflict accounts for; empty when the revert is right. */
  readonly wrong: readonly string[];
  /** Whether a conflict accounts for some difference. */
  readonly isReported: boolean;
  /** Texts that differ only in the order of their characters, which the judge can't decide. */
  readonly reordered: number;
  readonly texts: number;
}

const accountable = new Set<Conflict["kind"]>(["adopted", "parent-gone", "layout-kept", "restored-by-other"]);

/** Compares a reverted document with the judge's, deleted elements included, but for what the conflicts report. */
export function compareToVerdict(judgement: Judgement): Comparison {
  const { after, left, right } = judgement;
  const reported = reportedElements(judgement);
  const judged = snapshotOf(left);
  const result = { wrong: [] as string[], isReported: reported.size > 0, reordered: 0, texts: 0 };
  for (const id of new Set([...ids(after), ...left.keys()])) {
    if (reported.has(id)) continue;
    const [mine, wanted] = [after.nodes.get(id), left.get(id)];
    const isHidden = !isVisible(after, id) && !isVisible(judged, id);
    if (mine && wanted) compareNode(result, id, { mine, wanted, alternative: right.get(id), isHidden });
    // What was left out is in the trash, so it exists on one side only.
    else if (mine && isVisible(after, id)) result.wrong.push(`${id} should not be there`);
    else if (wanted && isVisible(judged, id)) result.wrong.push(`${id} is missing`);
  }
  return result;
}

function ids(snapshot: Snapshot): ElementId[] {
  return [...snapshot.nodes.entries()].map(([id]) => id);
}

/** What conflicts name, the columns of kept layouts, and what is only there because of those. */
function reportedElements({ before, after, conflicts, left }: Judgement): Set<ElementId> {
  const reported = new Set<ElementId>();
  const find = [
    (id: ElementId) => before.nodes.get(id),
    (id: ElementId) => after.nodes.get(id),
    (id: ElementId) => left.get(id),
  ];
  const everything = new Set([...ids(before), ...ids(after), ...left.keys()]);
  const isIn = (id: ElementId, parent: (id: ElementId) => boolean): boolean =>
    find.some((each) => {
      const node = each(id);
      const holder = node && parentOf(node);
      return holder !== undefined && parent(holder);
    });
  for (const { kind, elementId } of conflicts) {
    if (!accountable.has(kind)) continue;
    reported.add(elementId);
    if (kind !== "layout-kept") continue;
    for (const id of everything) if (isIn(id, (parent) => parent === elementId)) reported.add(id);
  }
  for (let size = -1; size !== reported.size; ) {
    size = reported.size;
    for (const id of everything) {
      if (after.nodes.has(id) !== left.has(id) && isIn(id, (parent) => reported.has(parent))) reported.add(id);
    }
  }
  return reported;
}

interface Versions {
  readonly mine: NodeData;
  readonly wanted: NodeData;
  readonly alternative: NodeData | undefined;
  readonly isHidden: boolean;
}

function compareNode(
  result: { wrong: string[]; reordered: number; texts: number },
  id: ElementId,
  { mine, wanted, alternative, isHidden }: Versions,
): void {
  for (const key of Object.keys({ ...mine, ...wanted })) {
    const [is, should] = [mine[key], wanted[key]];
    if (isRichText(is)) result.texts += 1;
    // In the trash it does not matter where something lies.
    if (key === "pos" && isHidden) continue;
    if (equalValues(is, should) || equalValues(is, alternative?.[key])) continue;
    if (haveSameCharacters(is, should)) result.reordered += 1;
    else result.wrong.push(`${key} of ${id} is ${JSON.stringify(is)} and should be ${JSON.stringify(should)}`);
  }
}

function haveSameCharacters(a: Value | undefined, b: Value | undefined): boolean {
  return isRichText(a) && isRichText(b) && equalValues(sortedCharacters(a), sortedCharacters(b));
}

function sortedCharacters(text: RichText): string[] {
  return text.rich
    .flatMap(([run, marks]) => run.split("").map((each) => each + JSON.stringify(sortKeys(marks))))
    .sort();
}

function sortKeys(marks: object | undefined): unknown {
  return marks && Object.entries(marks).sort(([a], [b]) => (a < b ? -1 : 1));
}
