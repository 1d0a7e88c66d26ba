import { WaggleError } from "@waggle/contract";
import type { ChangeSet, ElementId, Snapshot } from "@waggle/template";
import { type Aspect, aspectsOf } from "./aspects.ts";
import { type Hold, requireNotHeld } from "./holds.ts";
import type { Access, Policy } from "./policy.ts";
import { reachedBy } from "./reach.ts";
import { toolRefused } from "./tool-choice.ts";

/** A change that an operation made on a draft of `snapshot`; nothing is written yet. */
export interface DraftedChange {
  readonly operation: string;
  readonly change: ChangeSet;
  readonly snapshot: Snapshot;
}

/** What counts for the actor of a change. */
export interface Rules {
  /** Of the API key and of the session. What one of them forbids is forbidden. */
  readonly policies: readonly Policy[];
  /** What people have locked and the actor has to leave alone. */
  readonly holds: readonly Hold[];
}

interface AccessRow {
  readonly aspects: ReadonlySet<Aspect>;
  /** The end of "Agents here may …". */
  readonly allowed: string;
}

const row = (allowed: string, ...aspects: readonly Aspect[]): AccessRow => ({ aspects: new Set(aspects), allowed });

const accessTable: Readonly<Record<Access, AccessRow>> = {
  full: row("change everything", "text", "style", "content", "structure"),
  "no-structure": row("change what there is, but not add, delete or move elements", "text", "style", "content"),
  "text-only": row("change texts only", "text"),
  "style-only": row("change styles and visibility only", "style"),
  "read-only": row("only read"),
};

const aspectNames: Readonly<Record<Aspect, string>> = {
  text: "text",
  style: "style",
  content: "links, pictures or other contents",
  structure: "the structure (which elements there are, and where)",
};

const longestList = 20;

/**
 * The one gate for what agents write, on every way there is: single tools, batches, scripts. Throws LOCKED or
 * POLICY_REFUSED, each with what is allowed.
 */
export function requireAllowed(drafted: DraftedChange, { policies, holds }: Rules): void {
  for (const policy of policies) requireByPolicy(drafted, policy);
  requireNotHeld(drafted.change, holds, drafted.snapshot);
}

/** Throws POLICY_REFUSED when a policy lets nobody write: said before anything is tried. */
export function requireWriter(operation: string, policies: readonly Policy[]): void {
  const isReader = policies.some(({ access }) => access === "read-only");
  if (isReader) throw accessRefused(operation, "read-only");
}

/** Throws POLICY_REFUSED when a policy leaves out one of these operations, named without prefix as in policies that were read. */
export function requireTools(operations: readonly string[], policies: readonly Policy[]): void {
  for (const { tools } of policies) {
    const refused = tools && operations.find((name) => !tools.includes(name));
    if (refused !== undefined) throw toolRefused(refused, tools ?? []);
  }
}

function requireByPolicy(drafted: DraftedChange, { access = "full", protectedElements = [] }: Policy): void {
  if (access !== "full") requireAspects(drafted, access);
  if (protectedElements.length > 0) requireUnprotected(drafted, new Set(protectedElements));
}

function requireAspects({ operation, change, snapshot }: DraftedChange, access: Access): void {
  const { aspects: allowed } = accessTable[access];
  const refused = aspectsOf(change, snapshot).flatMap(({ elementId, aspects }) =>
    [...aspects].filter((aspect) => !allowed.has(aspect)).map((aspect) => ({ elementId, aspect })),
  );
  if (refused.length > 0) throw accessRefused(operation, access, refused);
}

interface RefusedAspect {
  readonly elementId: ElementId;
  readonly aspect: Aspect;
}

function accessRefused(operation: string, access: Access, refused: readonly RefusedAspect[] = []): WaggleError {
  const { allowed, aspects } = accessTable[access];
  const kinds = [...new Set(refused.map(({ aspect }) => aspect))];
  const would =
    kinds.length > 0 ? `, and this call would change ${kinds.map((each) => aspectNames[each]).join(" and ")}` : "";
  return new WaggleError("POLICY_REFUSED", {
    message: `${operation}: agents may ${allowed} here${would}. Nothing was written.`,
    data: {
      access,
      allowed: [...aspects],
      ...(kinds.length > 0 && { refused: kinds, elements: named(refused.map(({ elementId }) => elementId)) }),
    },
  });
}

function requireUnprotected({ operation, change, snapshot }: DraftedChange, wanted: ReadonlySet<ElementId>): void {
  const reached = reachedBy(change, wanted, { snapshot, holdsAll: true });
  if (reached.length === 0) return;
  const ids = reached.map(({ elementId }) => elementId);
  throw new WaggleError("POLICY_REFUSED", {
    message: `${operation}: ${ids.slice(0, 3).join(", ")} ${ids.length === 1 ? "is" : "are"} protected here, with all inside. Nothing was written. Everything that is not under \`protectedElements\` may be changed.`,
    data: {
      elements: reached.slice(0, longestList).map(({ through }) => ({ elementId: through })),
      protectedElements: [...wanted].slice(0, longestList),
    },
  });
}

function named(ids: readonly ElementId[]): { readonly elementId: ElementId }[] {
  return [...new Set(ids)].slice(0, longestList).map((elementId) => ({ elementId }));
}
