import type { ElementId, Snapshot } from "@waggle/template";

/**
 * The elements a read told an agent about: the one it asked for by `elementId`, else every one the answer names. Asking for
 * one element names its neighbours as well, but does not show them.
 */
export function readElements(
  { input, output }: { readonly input: unknown; readonly output: unknown },
  snapshot: Snapshot,
): Iterable<ElementId> {
  const asked = typeof input === "object" && input !== null && "elementId" in input ? input.elementId : undefined;
  if (typeof asked === "string") return [asked];
  const named = new Set<ElementId>();
  collect(output, (text) => {
    if (snapshot.nodes.has(text)) named.add(text);
  });
  return named;
}

function collect(value: unknown, found: (text: string) => void): void {
  if (typeof value === "string") found(value);
  else if (typeof value === "object" && value !== null) for (const each of Object.values(value)) collect(each, found);
}
