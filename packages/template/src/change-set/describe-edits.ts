import { kindOf, type NodeData } from "../document/node.ts";
import type { Value } from "../document/value.ts";
import { isTextKey, moduleTypeOf, translationLanguage } from "../modules/module-types.ts";
import { isStatement, propertyLabel } from "../modules/property-labels.ts";
import { describeText, excerpt } from "./describe-text.ts";

/** An element as it was and as it is. */
export interface Versions {
  readonly old: NodeData;
  readonly next: NodeData;
}

/** What was edited of an element that was and is there: a sentence for each text, one for its properties, one for its place. */
export function describeEdits(label: string, keys: readonly string[], { old, next }: Versions): string[] {
  const type = kindOf(next) === "module" ? moduleTypeOf(next) : undefined;
  const isText = (key: string): boolean => type !== undefined && isTextKey(type, key);
  const properties = keys.filter((key) => !isText(key) && key.startsWith("/"));
  const sentences = keys.filter(isText).map((key) => {
    const language = translationLanguage(key);
    const text = language === undefined ? "text" : `text in ${language}`;
    return `${label} ${text} ${describeText(old[key], next[key])}`;
  });
  if (properties.length > 0) sentences.push(`${label} ${describeProperties(properties, { old, next })}`);
  if (keys.includes("pos")) sentences.push(`${label} moved`);
  return sentences;
}

const namedProperties = 3;

function describeProperties(keys: readonly string[], { old, next }: Versions): string {
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return describeProperty(only, { old, next });
  const names = [...new Set(keys.map(propertyLabel))];
  const named = names.slice(0, namedProperties);
  const more = names.length - named.length;
  return `changed: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function describeProperty(key: string, { old, next }: Versions): string {
  const [label, before, after] = [propertyLabel(key), old[key], next[key]];
  if (isStatement(key)) return `${label}: ${describeValues(before, after, ["no", "yes"])}`;
  return `${label} ${describeValues(before, after, ["off", "on"])}`;
}

type Flags = readonly [no: string, yes: string];

function describeValues(before: Value | undefined, after: Value | undefined, flags: Flags): string {
  if (after === undefined) return "removed";
  const [old, next] = [valueInWords(before, flags), valueInWords(after, flags)];
  if (next === undefined) return "changed";
  return old === undefined ? `set to ${next}` : `${old} → ${next}`;
}

/** Nothing for values that have no short form. */
function valueInWords(value: Value | undefined, [no, yes]: Flags): string | undefined {
  if (typeof value === "boolean") return value ? yes : no;
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? excerpt(value) : undefined;
}
