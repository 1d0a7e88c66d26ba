import { readAttributes, readStartTag, safeAttribute } from "@waggle/template";

type Attributes = Readonly<Record<string, unknown>>;

/** The part of an element's attributes that may reach the page; the rest stays in the text, unseen. */
export function visibleAttributes(element: string, { rest, style, href }: Attributes): Record<string, string> {
  const own = { style, href };
  const pairs = Object.entries(own).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  return visible(element, [...readAttributes(typeof rest === "string" ? rest : null), ...pairs]);
}

/** Tag and visible attributes of a start tag such as `span class="x"`. */
export function visibleStartTag(tag: unknown): [name: string, attributes: Record<string, string>] {
  const { name, attributes } = readStartTag(String(tag));
  return [name, visible(name, attributes)];
}

function visible(element: string, pairs: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  const kept = pairs.flatMap(([name, value]) => {
    const safe = safeAttribute(element, name, value);
    return safe === undefined ? [] : [[name, safe] as const];
  });
  return Object.fromEntries(kept);
}
