import { type CheckReport, type Finding, type Medium, runChecks } from "@waggle/checks";
import { renderHtml } from "@waggle/render/html";
import { applyChange, type Draft, type Snapshot } from "@waggle/template";
import * as z from "zod/mini";
import type { OperationContext } from "../context.ts";
import { checkFlags, chooseChecks } from "./check-flags.ts";

const defaultLimit = 20;

/** Arguments of both checks. */
export const checkArguments = {
  ...checkFlags,
  limit: z._default(
    z
      .int()
      .check(z.gte(1), z.lte(200), z.describe(`At most this many findings, warnings first. Default ${defaultLimit}.`)),
    defaultLimit,
  ),
};

const finding = z.strictObject({
  elementId: z.optional(z.string().check(z.describe("Absent when it is about the whole email."))),
  category: z.string(),
  severity: z.enum(["warning", "suggestion"]),
  message: z.string().check(z.describe("What is wrong; words in “” are quoted from the email.")),
  fix: z.string().check(z.describe("What to do.")),
});

/** Answer of both checks. */
export const checkedTemplate = z.strictObject({
  warnings: z.int().check(z.describe("Findings that cost readers something.")),
  suggestions: z.int(),
  passed: z.int().check(z.describe("Checks that found nothing.")),
  findings: z.array(finding),
  more: z.optional(z.int().check(z.describe("Findings left out; ask for one category, or a higher limit."))),
  notChecked: z.optional(z.array(z.string()).check(z.describe("Checks that could not judge from the template alone."))),
});

interface CheckWish {
  readonly medium: Medium;
  readonly input: Readonly<Record<string, unknown>> & { readonly limit: number };
  /** What is checked. */
  readonly snapshot: Snapshot;
}

/** Runs the checks that the flags choose. */
export function answerCheck(
  { codec }: Pick<OperationContext, "codec">,
  { medium, input, snapshot }: CheckWish,
): z.output<typeof checkedTemplate> {
  const { categories, impossible } = chooseChecks(input, medium);
  const reports = runChecks(snapshot, {
    medium,
    categories: categories.map((category) => ({ category })),
    ports: { html: (template, { beautified }) => renderHtml(template, { sanitise: codec.sanitise, beautified }) },
  });
  const findings = reports.flatMap((report) => report.findings);
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  const notChecked = [...impossible, ...reports.filter(couldNotJudge).map(({ category }) => category)];
  return {
    ...count(findings),
    passed: reports.filter((report) => !couldNotJudge(report) && report.findings.length === 0).length,
    findings: sorted.slice(0, input.limit).map(toldOf),
    ...(sorted.length > input.limit ? { more: sorted.length - input.limit } : {}),
    ...(notChecked.length > 0 ? { notChecked } : {}),
  };
}

/** The template as it stands in a draft. Reads see one that nothing was written to; code that checks its writes does not. */
export function drafted(draft: Draft): Snapshot {
  const change = draft.changeSet();
  return Object.keys(change).length === 0 ? draft.base : applyChange(draft.base, change);
}

const rank = ({ severity }: Finding): number => (severity === "warning" ? 0 : 1);

/** Weights and addresses that only a look at the web could tell. */
const couldNotJudge = ({ facts, findings }: CheckReport): boolean => facts.processed === false && findings.length === 0;

function count(findings: readonly Finding[]): { warnings: number; suggestions: number } {
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  return { warnings, suggestions: findings.length - warnings };
}

function toldOf({ element, category, severity, message, fix }: Finding): z.output<typeof finding> {
  return { ...(element ? { elementId: element.id } : {}), category, severity, message, fix };
}
