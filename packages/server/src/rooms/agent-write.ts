import {
  applyChange,
  applyDelta,
  type ChangeSet,
  canonicalText,
  composeDeltas,
  creates,
  diffText,
  type ElementId,
  invertDelta,
  isRichText,
  isTextCell,
  type LogEntry,
  type NodeChange,
  overlaps,
  type Snapshot,
  type TextDelta,
  transformDelta,
  type Value,
} from "@waggle/template";
import type { AgentView, UnreadText } from "./agent-view.ts";
import { recoverOperation } from "./lost-writes.ts";
import type { RecentLog } from "./recent-log.ts";
import { type StaleElement, staleElements, staleWrite } from "./stale-write.ts";

/** What an operation made of a snapshot. */
export interface DraftedWrite {
  readonly change: ChangeSet;
  readonly output: unknown;
}

/** Where an agent's write is judged. */
export interface AgentWriteContext {
  readonly snapshot: Snapshot;
  readonly log: RecentLog;
  readonly view: AgentView;
  /** Applies the operation to a snapshot. Called again, with the same new ids, on the text the agent has in mind. */
  readonly draft: (snapshot: Snapshot) => DraftedWrite;
  /** Throws when the agent may not make this change. */
  readonly gate?: ((change: ChangeSet) => void) | undefined;
}

/** A text the agent wrote, and what of the others' typing it has still not read. */
export interface WrittenText {
  readonly elementId: ElementId;
  readonly key: string;
  readonly unread: TextDelta;
  /** Others typed in the very words the agent replaced: both are in the text now, perhaps oddly joined. */
  readonly isMixed: boolean;
}

export interface PlannedWrite extends DraftedWrite {
  readonly texts: readonly WrittenText[];
}

/**
 * An agent's write that destroys nothing it has not seen. Other people's properties: STALE_WRITE. Texts: the agent's words
 * are compared with the text it had in mind and carried over to the text there is, so that typing survives.
 */
export function planAgentWrite(context: AgentWriteContext): PlannedWrite {
  const { snapshot, log, view } = context;
  const drafted = context.draft(snapshot);
  context.gate?.(drafted.change);
  const texts = textsOf(drafted.change).map((cell) => ({ ...cell, unread: unreadText(log, view, cell) }));
  const lost = texts.filter(({ unread }) => unread === undefined);
  const stale = [...staleElements(drafted.change, context), ...lost.map(toStaleElement)];
  if (stale.length > 0) {
    view.sawElements(
      stale.map(({ elementId }) => elementId),
      log.revision,
    );
    throw staleWrite(stale, context);
  }
  return mergeTexts(context, drafted, texts.map(withUnread));
}

interface TextOfElement {
  readonly elementId: ElementId;
  readonly key: string;
}

interface TextToMerge extends TextOfElement {
  readonly unread: TextDelta;
}

function toStaleElement({ elementId, key }: TextOfElement): StaleElement {
  return { elementId, keys: [key] };
}

function withUnread({ unread = [], ...text }: TextOfElement & { readonly unread: TextDelta | undefined }): TextToMerge {
  return { ...text, unread };
}

/** The texts a change edits; those of new elements nobody else can have touched. */
function textsOf(change: ChangeSet): TextOfElement[] {
  return Object.entries(change).flatMap(([elementId, nodeChange]) =>
    creates(nodeChange) ? [] : textKeysOf(nodeChange).map((key) => ({ elementId, key })),
  );
}

function textKeysOf(change: NodeChange): string[] {
  return Object.keys(change).filter((key) => deltaOf(change, key) !== undefined);
}

function deltaOf(change: NodeChange | undefined, key: string): TextDelta | undefined {
  const cell = change?.[key];
  return cell && isTextCell(cell) ? cell.text : undefined;
}

/**
 * What others did to a text since the agent read or wrote it, as one delta. Undefined when that cannot be told: the text
 * was replaced as a whole, or it was too long ago.
 */
function unreadText(log: RecentLog, view: AgentView, { elementId, key }: TextOfElement): TextDelta | undefined {
  const start: UnreadText = view.unreadSinceOwnWrite(elementId, key) ?? {
    revision: view.seenRevision(elementId),
    unread: [],
  };
  const isUntouched = !log.isChangedByOthers({ elementId, key }, { agentId: view.agentId, revision: start.revision });
  if (isUntouched && start.unread.length === 0 && log.reaches(start.revision)) return start.unread;
  const entries = log.since(start.revision);
  if (!entries) return undefined;
  let unread: TextDelta | undefined = start.unread;
  for (const entry of entries) unread = unread && unreadAfter(unread, entry, { elementId, key, agentId: view.agentId });
  return unread;
}

function unreadAfter(
  unread: TextDelta,
  entry: LogEntry,
  { elementId, key, agentId }: TextOfElement & { readonly agentId: string },
): TextDelta | undefined {
  const cell = entry.change[elementId]?.[key];
  if (!cell) return unread;
  // What a server before this one wrote for agents and lost, it wrote for this one or another: it is nobody's typing.
  const isOwn = entry.actor.id === agentId || entry.operation === recoverOperation;
  // Whoever set the whole value knows it; for the others their text is gone.
  if (!isTextCell(cell)) return isOwn ? [] : undefined;
  if (!isOwn) return composeDeltas(unread, cell.text);
  // An own edit from before the room was opened: what was unread then is not known any more.
  return unread.length === 0 ? unread : undefined;
}

function mergeTexts(context: AgentWriteContext, drafted: DraftedWrite, texts: readonly TextToMerge[]): PlannedWrite {
  const outdated = texts.filter(({ unread }) => unread.length > 0);
  const current = texts
    .filter(({ unread }) => unread.length === 0)
    .map((text): WrittenText => ({ ...text, isMixed: false }));
  if (outdated.length === 0) return { ...drafted, texts: current };
  const intended = context.draft(applyChange(context.snapshot, takingBack(outdated))).change;
  const change: Record<ElementId, NodeChange> = { ...drafted.change };
  const merged = outdated.map((text): WrittenText => {
    const mine = deltaOf(intended[text.elementId], text.key) ?? [];
    const { delta, unread } = carryOver(mine, text.unread, context.snapshot.nodes.get(text.elementId)?.[text.key]);
    setText(change, text, delta);
    return { ...text, unread, isMixed: overlaps(mine, text.unread) };
  });
  return { output: drafted.output, change, texts: [...current, ...merged] };
}

/** The agent's delta for the text there is, and what is unread after it. */
function carryOver(mine: TextDelta, unread: TextDelta, current: Value | undefined) {
  const delta = transformDelta(mine, unread, { first: false, wins: true });
  const merged = applyDelta(isRichText(current) ? current : { rich: [] }, delta);
  // Two people's edits can leave a line without its end: it is mended here, as the document would do it.
  const mending = diffText(merged, canonicalText(merged));
  const unreadAfter = transformDelta(unread, mine, { first: true, wins: false });
  return { delta: composeDeltas(delta, mending), unread: composeDeltas(unreadAfter, mending) };
}

/** Leads from the texts there are to the texts the agent has in mind. */
function takingBack(texts: readonly TextToMerge[]): ChangeSet {
  const change: Record<ElementId, NodeChange> = {};
  for (const { elementId, key, unread } of texts) {
    change[elementId] = { ...change[elementId], [key]: { text: invertDelta(unread) } };
  }
  return change;
}

function setText(change: Record<ElementId, NodeChange>, { elementId, key }: TextOfElement, text: TextDelta): void {
  const { [key]: _drafted, ...rest } = change[elementId] ?? {};
  const nodeChange = text.length > 0 ? { ...rest, [key]: { text } } : rest;
  if (Object.keys(nodeChange).length > 0) change[elementId] = nodeChange;
  else delete change[elementId];
}
