import * as z from "zod/mini";
import { nearest } from "./elements/nearest.ts";

interface IssueContext {
  readonly schema: z.ZodMiniType;
  readonly rawInput: unknown;
}

/** What is wrong with the arguments, in words that say what to do, and as data. */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  context: IssueContext,
): { readonly message: string; readonly data: Readonly<Record<string, unknown>> } {
  const described = issues.slice(0, 3).map((issue) => describeIssue(issue, context));
  const more = issues.length > 3 ? ` And ${issues.length - 3} more.` : "";
  return { message: described.map(({ text }) => text).join(" ") + more, data: { ...described[0]?.data } };
}

interface DescribedIssue {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function describeIssue(issue: z.core.$ZodIssue, context: IssueContext): DescribedIssue {
  const argument = issue.path.join(".");
  if (issue.code === "unrecognized_keys") return unknownArguments(issue, context);
  if (argument === "") return { text: "The arguments have to be an object.", data: {} };
  const isMissing = valueAt(context.rawInput, issue.path) === undefined;
  const rule = ruleOf(issue);
  return {
    text: isMissing ? `${argument} is required: it ${rule}.` : `${argument} ${rule}.`,
    data: { argument, ...("values" in issue ? { allowed: issue.values } : {}) },
  };
}

function unknownArguments({ keys, path }: z.core.$ZodIssueUnrecognizedKeys, { schema }: IssueContext): DescribedIssue {
  const owner = path.reduce<unknown>(schemaBelow, schema);
  const allowed = owner instanceof z.ZodMiniObject ? Object.keys(owner.shape) : [];
  const [key = ""] = keys;
  const argument = [...path, key].join(".");
  const near = nearest(key, allowed);
  const hint = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : "";
  return {
    text: `Unknown argument ${argument}.${hint} Allowed: ${allowed.join(", ")}.`,
    data: { argument, allowed, nearest: near },
  };
}

/** The schema of a property or of the entries of a list; undefined for schemas that are neither. */
function schemaBelow(schema: unknown, key: PropertyKey): unknown {
  const bare = schema instanceof z.ZodMiniOptional ? schema.def.innerType : schema;
  if (bare instanceof z.ZodMiniArray) return bare.def.element;
  const shape: Readonly<Record<PropertyKey, unknown>> = bare instanceof z.ZodMiniObject ? bare.shape : {};
  const below = shape[key];
  return below instanceof z.ZodMiniOptional ? below.def.innerType : below;
}

const typeNames: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** The rule an issue states, as the end of the sentence "fontSize …". */
function ruleOf(issue: z.core.$ZodIssue): string {
  // Rules of our own carry their words. The library's depend on which part of it was loaded, so they are said anew here.
  if (issue.message.startsWith("has to")) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return `has to be ${typeNames[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `has to be ${issue.values.map(String).join(" or ")}`;
    case "too_small":
      return `has to be at least ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `has to be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "not_multiple_of":
      return `has to be a multiple of ${issue.divisor}`;
    default:
      return "has a value that cannot be used";
  }
}

const unitOf = (origin: string): string => ({ string: " characters long", array: " entries long" })[origin] ?? "";

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((owner, key) => {
    if (typeof owner !== "object" || owner === null) return undefined;
    return Object.hasOwn(owner, key) ? (owner as Record<PropertyKey, unknown>)[key] : undefined;
  }, value);
}
