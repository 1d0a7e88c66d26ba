import { WaggleError } from "@waggle/contract";
import * as z from "zod/mini";
import type { Json } from "../document/value.ts";
import { describeJson, requireJson } from "../page-json/check-json.ts";
import { isJsonObject, joinPointer } from "../page-json/pointer.ts";
import {
  buttonSchema,
  columnSchema,
  dividerSchema,
  htmlSchema,
  iconsSchema,
  imageSchema,
  listSchema,
  menuSchema,
  paragraphSchema,
  rowSchema,
  type SimpleDocument,
  type SimpleRow,
  templateSchema,
  titleSchema,
} from "./schema.ts";

/** Where a document leaves Simple Schema. */
export interface SimpleProblem {
  /** JSON pointer of the place. */
  readonly pointer: string;
  /** What may stand there: "a whole number from 0 to 60". */
  readonly allowed: string;
  /** What stands there: "the number 61". Never texts. */
  readonly found: string;
  /** All of it as a sentence. */
  readonly message: string;
}

// A module checked alone is known by the schema it is checked against, so that its type may be missing.
const alone = <Shape extends z.core.$ZodLooseShape & { type: z.ZodMiniType }>(schema: z.ZodMiniObject<Shape>) =>
  z.extend(schema, { type: z.optional(schema.shape.type) });

/** The published schemas by name. `template` is the unified one. */
export const simpleSchemas = {
  template: templateSchema,
  row: rowSchema,
  column: columnSchema,
  title: alone(titleSchema),
  paragraph: alone(paragraphSchema),
  list: alone(listSchema),
  button: alone(buttonSchema),
  divider: alone(dividerSchema),
  html: alone(htmlSchema),
  image: alone(imageSchema),
  icons: alone(iconsSchema),
  menu: alone(menuSchema),
} as const;

export type SimpleSchemaName = keyof typeof simpleSchemas;

/**
 * What is wrong with a document, or with a part of it by itself; empty when it is valid. Throws INVALID_TEMPLATE only where
 * the value is no JSON at all, or nested without end.
 */
export function checkSimple(json: unknown, schema: SimpleSchemaName = "template"): readonly SimpleProblem[] {
  requireJson(json);
  const result = simpleSchemas[schema].safeParse(json);
  return result.success ? [] : result.error.issues.flatMap((issue) => problemsOf(issue, json));
}

/** The document as Simple Schema, or INVALID_TEMPLATE with the first place in `data.pointer` and all in `data.problems`. */
export function requireSimple(json: unknown): SimpleDocument {
  refuseProblems(checkSimple(json));
  return templateSchema.parse(json);
}

/** One row in Simple Schema, or INVALID_TEMPLATE. */
export function requireSimpleRow(json: unknown): SimpleRow {
  refuseProblems(checkSimple(json, "row"));
  return rowSchema.parse(json);
}

const mostProblems = 100;

function refuseProblems(problems: readonly SimpleProblem[]): void {
  const [first] = problems;
  if (!first) return;
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : "";
  throw new WaggleError("INVALID_TEMPLATE", {
    message: `The template is not Simple Schema: ${first.message}${more}`,
    // An error travels; whoever wants them all asks checkSimple.
    data: { pointer: first.pointer, problems: problems.slice(0, mostProblems) },
  });
}

function problemsOf(issue: z.core.$ZodIssue, json: Json): readonly SimpleProblem[] {
  const pointer = issue.path.reduce<string>((base, step) => joinPointer(base, String(step)), "");
  if (issue.code !== "unrecognized_keys")
    return [problem(pointer, { allowed: issue.message, found: at(json, issue.path) })];
  return issue.keys.map((key) => {
    const place = joinPointer(pointer, key);
    const found = describeFound(at(json, [...issue.path, key]));
    return { pointer: place, allowed: issue.message, found, message: `${place} has to go: ${issue.message}.` };
  });
}

function problem(pointer: string, { allowed, found }: { allowed: string; found: Json | undefined }): SimpleProblem {
  const place = pointer || "it";
  const described = describeFound(found);
  const verdict = found === undefined ? "it is missing" : `it is ${described}`;
  return { pointer, allowed, found: described, message: `${place} has to be ${allowed}; ${verdict}.` };
}

/** A single word may be shown: where one of some words is asked for, it is a slip of the pen and not content. */
function describeFound(found: Json | undefined): string {
  if (typeof found === "string" && /^[\w-]{1,20}$/.test(found)) return `“${found}”`;
  return typeof found === "number" ? `the number ${found}` : describeJson(found);
}

function at(json: Json, path: readonly PropertyKey[]): Json | undefined {
  return path.reduce<Json | undefined>((owner, step) => {
    if (Array.isArray(owner)) return owner[Number(step)];
    return isJsonObject(owner) && Object.hasOwn(owner, step) ? owner[String(step)] : undefined;
  }, json);
}
