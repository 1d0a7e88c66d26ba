import { WaggleError } from "@waggle/contract";
import {
  type Draft,
  type ElementId,
  type ElementKind,
  labelOf,
  type ModuleType,
  moduleTypeOf,
  moduleTypes,
  type NodeData,
} from "@waggle/template";
import { nearest } from "./nearest.ts";
import { findKind, visibleElements } from "./visible.ts";

interface WantedElement {
  /** Name of the argument that carried the id, for the message. */
  readonly argument: string;
  /** Which kinds will do; any when left out. */
  readonly kinds?: readonly ElementKind[];
}

/** The element with this id. Throws ELEMENT_NOT_FOUND with the nearest ids, INVALID_INPUT for another kind. */
export function requireElement(draft: Draft, id: ElementId, { argument, kinds }: WantedElement): NodeData {
  const kind = findKind(draft, id);
  const node = draft.find(id);
  if (kind === undefined || node === undefined) throw notFound(draft, id, { argument, ...(kinds ? { kinds } : {}) });
  if (kinds && !kinds.includes(kind)) {
    throw new WaggleError("INVALID_INPUT", {
      message: `${argument}: ${id} is a ${kind}; the id of a ${kinds.join(" or ")} is needed here.`,
      data: { argument, elementId: id, kind, allowed: kinds },
    });
  }
  return node;
}

function notFound(draft: Draft, id: ElementId, { argument, kinds }: WantedElement): WaggleError {
  const candidates = [...visibleElements(draft)].filter(({ kind }) => !kinds || kinds.includes(kind));
  const near = nearest(
    id,
    candidates.map((candidate) => candidate.id),
  );
  const hint = near.length > 0 ? ` Nearest: ${near.map((each) => describe(draft, each)).join(", ")}.` : "";
  return new WaggleError("ELEMENT_NOT_FOUND", {
    message: `${argument}: there is no element ${id} (it may have been deleted).${hint} Call get_content_hierarchy for the ids there are.`,
    data: { argument, elementId: id, nearest: near },
  });
}

function describe(draft: Draft, id: ElementId): string {
  const node = draft.find(id);
  return node ? `${id} (${labelOf(node).toLowerCase()})` : id;
}

interface WantedModule {
  readonly types: readonly ModuleType[];
  /** Name of the operation that wants it, for the message. */
  readonly operation: string;
}

/** The module with this id and one of these types. Throws as `requireElement` does. */
export function requireModule(draft: Draft, id: ElementId, { types, operation }: WantedModule): NodeData {
  const node = requireElement(draft, id, { argument: "elementId" });
  const kind = findKind(draft, id);
  const type = moduleTypeOf(node);
  if (kind === "module" && types.includes(type)) return node;
  const wanted = types.map((each) => moduleTypes[each].label.toLowerCase()).join(" or ");
  throw new WaggleError("INVALID_INPUT", {
    message: `elementId: ${id} is ${withArticle(labelOf(node).toLowerCase())}, and ${operation} changes ${withArticle(wanted)}. Call get_content_hierarchy with blockTypes to find one.`,
    data: { argument: "elementId", elementId: id, type, allowed: types },
  });
}

const withArticle = (words: string): string => `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`;
