import { atom, blockEnd, isRichText, type NodeData, plainText } from "@waggle/template";

/** Text of a property as it stands, or "". */
export function textAt(node: NodeData, pointer: string | undefined): string {
  const value = pointer === undefined ? undefined : node[pointer];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Pixels of "16px" or 16; undefined for anything else. */
export function pixelsAt(node: NodeData, pointer: string | undefined): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)(?:px)?$/.exec(textAt(node, pointer).trim());
  return match ? Number(match[1]) : undefined;
}

/** Per cent of "50%". */
export function percentAt(node: NodeData, pointer: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(textAt(node, pointer).trim());
  return match ? Number(match[1]) : undefined;
}

export function isOnAt(node: NodeData, pointer: string): boolean {
  return node[pointer] === true;
}

/**
 * The text of a one-line property, when a field can show all of it. Undefined where parts of it look different, for
 * a field would make them alike.
 */
export function plainLineAt(node: NodeData, pointer: string): string | undefined {
  const value = node[pointer];
  if (!isRichText(value)) return typeof value === "string" && !/[<&]/.test(value) ? value : undefined;
  const stretches = value.rich.filter(([text]) => text !== blockEnd);
  const looks = new Set(stretches.map(([, marks]) => JSON.stringify(marks ?? {})));
  const text = plainText(value).replace(/\u2029$/, "");
  return looks.size > 1 || text.includes(atom) || /[\n\u2029]/.test(text) ? undefined : text;
}
