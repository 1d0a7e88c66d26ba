import { WaggleError } from "@waggle/contract";

/** `$0.elementId`: a whole text, so that a price like "$5.99" or a sentence about one is never taken for a reference. */
const reference = /^\$(\d{1,3})\.([A-Za-z]\w*(?:\.\w+)*)$/;

/** The arguments of an edit with every `$n.field` replaced by what edit n answered there. Throws INVALID_INPUT. */
export function resolveReferences(value: unknown, results: readonly unknown[]): unknown {
  if (typeof value === "string") return resolveText(value, results);
  if (Array.isArray(value)) return value.map((each) => resolveReferences(each, results));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolveReferences(each, results)]));
}

function resolveText(text: string, results: readonly unknown[]): unknown {
  const [, edit, path] = reference.exec(text) ?? [];
  if (edit === undefined || path === undefined) return text;
  const index = Number(edit);
  if (index >= results.length) throw noSuchEdit(text, results.length);
  const found = path.split(".").reduce<unknown>(memberOf, results[index]);
  if (found === undefined) throw noSuchField(text, index, results[index]);
  return found;
}

function memberOf(owner: unknown, name: string): unknown {
  if (typeof owner !== "object" || owner === null || !Object.hasOwn(owner, name)) return undefined;
  return (owner as Record<string, unknown>)[name];
}

function noSuchEdit(text: string, done: number): WaggleError {
  const allowed = done === 0 ? "the first edit has none before it" : `0 to ${done - 1} are before this one`;
  return new WaggleError("INVALID_INPUT", {
    message: `${text} refers to an edit that does not come before this one: ${allowed}.`,
    data: { argument: "edits", reference: text },
  });
}

function noSuchField(text: string, index: number, result: unknown): WaggleError {
  const allowed = typeof result === "object" && result !== null ? Object.keys(result) : [];
  return new WaggleError("INVALID_INPUT", {
    message: `${text}: edit ${index} answered with ${allowed.join(", ")} and nothing else.`,
    data: { argument: "edits", reference: text, allowed },
  });
}
