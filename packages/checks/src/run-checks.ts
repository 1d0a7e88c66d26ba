import { WaggleError } from "@waggle/contract";
import type { Snapshot } from "@waggle/template";
import { checks } from "./catalogue.ts";
import { picturesOf } from "./categories/overage-image-weight.ts";
import { linksOf } from "./categories/unreachable-web-link.ts";
import { type CheckCategory, checkCategories, type Medium } from "./categories.ts";
import type { CheckPorts, CheckRequest, Facts, Finding, Severity } from "./check.ts";
import { inLanguage } from "./language.ts";
import { embeddedBytes, kindOfAddress } from "./seen/addresses.ts";
import { Reading } from "./seen/reading.ts";

export interface CheckOptions {
  /** What the template is: decides which checks there are, and their limits. */
  readonly medium: Medium;
  /** All that there are for the medium, when absent. */
  readonly categories?: readonly CheckRequest[];
  /** Checks the template as readers of this language get it. */
  readonly language?: string;
  readonly ports?: CheckPorts;
}

/** What one check found. */
export interface CheckReport {
  readonly category: CheckCategory;
  readonly status: "passed" | Severity;
  readonly findings: readonly Finding[];
  /** Limit, counts, and what could not be judged, by their names in the contract. */
  readonly facts: Facts;
}

/**
 * Checks a template, in one pass and without any network. Never throws on what a template holds.
 * Throws INVALID_INPUT for a check that there is not for this medium, and for a language that the template is not in.
 *
 * @example
 * const [alt] = runChecks(bee.template, { medium: "message", categories: [{ category: "missingAltText" }] });
 * for (const { message, fix } of alt?.findings ?? []) console.log(message, fix);
 */
export function runChecks(snapshot: Snapshot, options: CheckOptions): readonly CheckReport[] {
  const { medium, categories = checksFor(medium), language, ports = {} } = options;
  requireChecks(medium, categories);
  const template = language === undefined ? snapshot : inLanguage(snapshot, language);
  const reading = new Reading(template);
  return categories.map((request) => report(reading, { request, medium, ports }));
}

/** The checks there are for a medium, with their own limits. */
export function checksFor(medium: Medium): readonly CheckRequest[] {
  return checkCategories
    .filter((category) => checks[category].media.includes(medium))
    .map((category) => ({ category }));
}

interface Asked {
  readonly request: CheckRequest;
  readonly medium: Medium;
  readonly ports: CheckPorts;
}

function report(reading: Reading, { request, medium, ports }: Asked): CheckReport {
  const { category, severity, limit: own, run } = checks[request.category];
  const limit = own && (request.limit ?? own.of[medium]);
  const { findings, facts } = run(reading, { ...request, medium, ports, limit: limit ?? 0 });
  return {
    category,
    status: findings.length > 0 ? severity : "passed",
    findings: findings.map((finding) => ({ category, severity, ...finding })),
    facts: { ...(limit !== undefined && { limit }), ...facts },
  };
}

/** Throws INVALID_INPUT when one of the checks is none for this medium. */
export function requireChecks(medium: Medium, categories: readonly CheckRequest[]): void {
  const wrong = categories.find(({ category }) => !checks[category].media.includes(medium));
  if (!wrong) return;
  const { category } = wrong;
  const allowed = checksFor(medium).map((request) => request.category);
  throw new WaggleError("INVALID_INPUT", {
    message: `${category} is no check of a ${medium}, but of a ${checks[category].media.join(" or ")}. For a ${medium} there are: ${allowed.join(", ")}.`,
    data: { category, allowed },
  });
}

/** Addresses on the web that two of the checks want to know more about. */
export interface AddressesToFetch {
  readonly pictures: readonly string[];
  readonly links: readonly string[];
}

/** What to fetch before `runChecks`, for its ports. Merge tags, mail and phone addresses and embedded pictures are left out. */
export function addressesToFetch(
  snapshot: Snapshot,
  { language }: Pick<CheckOptions, "language"> = {},
): AddressesToFetch {
  const template = language === undefined ? snapshot : inLanguage(snapshot, language);
  const reading = new Reading(template);
  const pictures = picturesOf(reading).filter(({ src }) => embeddedBytes(src) === undefined);
  const links = linksOf(reading).filter(({ href }) => kindOfAddress(href) === "web");
  return {
    pictures: [...new Set(pictures.map(({ src }) => src))],
    links: [...new Set(links.map(({ href }) => href.trim()))],
  };
}
