import * as z from "zod/mini";
import { hasMergeTag } from "../text/plain-text.ts";

/** Text longer than this is not e-mail copy. */
const longest = 20_000;

export const htmlArgument = z
  .string()
  .check(
    z.maxLength(longest),
    z.describe("Plain text (empty line = new paragraph) or HTML: p, b, i, u, a, span, br, ul, ol. Merge tags stay."),
  );

export const titleArgument = z
  .string()
  .check(z.minLength(1), z.maxLength(longest), z.describe("Plain text or inline HTML (b, i, u, a, span, br)."));

export const buttonTextArgument = z
  .string()
  .check(z.minLength(1), z.maxLength(1000), z.describe("What the button says: plain text or inline HTML."));

export const mergeTagPassed = z.optional(
  z.boolean().check(z.describe("True when the text holds merge tags on purpose; you are told if none is found.")),
);

/** Tells when merge tags were announced and the text has none. */
export function mergeTagWarnings(text: string | undefined, announced: boolean | undefined): readonly string[] {
  if (!announced || text === undefined || hasMergeTag(text)) return [];
  return ["mergeTagPassed is true, but the text holds no merge tag such as {{first_name}}."];
}
