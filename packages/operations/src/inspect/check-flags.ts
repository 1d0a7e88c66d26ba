import { type CheckCategory, checkCategories, checks, type Medium } from "@waggle/checks";
import * as z from "zod/mini";

/** The checks of an e-mail; those of landing pages alone have no flag. */
const emailCategories = checkCategories.filter((category) => checks[category].media.includes("message"));

const flagOf = (category: CheckCategory): string => `include${category.charAt(0).toUpperCase()}${category.slice(1)}`;

type FlagName = `include${Capitalize<Exclude<CheckCategory, "missingDetailsPage">>}`;

const entries = emailCategories.map((category) => [
  flagOf(category),
  z.optional(z.boolean().check(z.describe(`${checks[category].title}.`))),
]);

/** One argument a category: `includeMissingAltText`. */
// Built from the categories; TypeScript cannot follow that through `fromEntries`.
export const checkFlags = Object.fromEntries(entries) as Record<FlagName, z.ZodMiniOptional<z.ZodMiniBoolean>>;

/** What the flags come to. */
export interface ChosenChecks {
  readonly categories: readonly CheckCategory[];
  /** Asked for by name, and not possible for this medium. */
  readonly impossible: readonly CheckCategory[];
}

/** Flags that are true choose; where none is, all run but those that are false. */
export function chooseChecks(input: Readonly<Record<string, unknown>>, medium: Medium): ChosenChecks {
  const asked = emailCategories.filter((category) => input[flagOf(category)] === true);
  const wanted = asked.length > 0 ? asked : emailCategories.filter((category) => input[flagOf(category)] !== false);
  const isPossible = (category: CheckCategory): boolean => checks[category].media.includes(medium);
  return { categories: wanted.filter(isPossible), impossible: asked.filter((category) => !isPossible(category)) };
}
