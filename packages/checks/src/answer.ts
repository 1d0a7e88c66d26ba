import type { Json } from "@waggle/template";
import type { Facts, Finding, Severity } from "./check.ts";
import type { CheckReport } from "./run-checks.ts";

/** One place to mend; beside these fields it names the element, and has the facts of its check. */
export interface CheckTarget {
  readonly [fact: string]: Json;
  readonly message: string;
  readonly fix: string;
}

/** The answer of the REST calls for one language. */
export interface CheckAnswer {
  /** `default`, or a language of the template. */
  readonly language: string;
  /** The worst of its checks. */
  readonly status: "passed" | Severity;
  readonly checks: readonly CheckEntry[];
  /** Findings, not checks: both kinds, then each. */
  readonly checksFailedCount: number;
  readonly checksWarningCount: number;
  readonly checksSuggestionCount: number;
  /** ISO 8601. */
  readonly dateTime: string;
}

/** One check; beside these fields it has what the check counts: `limit`, `evaluated`, `maxWeight`, `ignored`, … */
export interface CheckEntry {
  readonly [fact: string]: Json;
  readonly type: string;
  readonly targetsCount: number;
  readonly checkStatus: "passed" | Severity;
  readonly targets: readonly CheckTarget[];
}

export interface AnswerOptions {
  readonly language: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Reports as the contract has them. `uuid` is the module's. */
export function checkAnswer(reports: readonly CheckReport[], { language, now }: AnswerOptions): CheckAnswer {
  const count = (severity: Severity): number =>
    reports.filter(({ status }) => status === severity).reduce((sum, { findings }) => sum + findings.length, 0);
  const [warnings, suggestions] = [count("warning"), count("suggestion")];
  return {
    language,
    status: warnings > 0 ? "warning" : suggestions > 0 ? "suggestion" : "passed",
    checks: reports.map(entryOf),
    checksFailedCount: warnings + suggestions,
    checksWarningCount: warnings,
    checksSuggestionCount: suggestions,
    dateTime: new Date(now).toISOString(),
  };
}

function entryOf({ category, status, findings, facts }: CheckReport): CheckEntry {
  const targets = findings.map(targetOf);
  return { ...facts, type: category, targetsCount: targets.length, checkStatus: status, targets };
}

function targetOf({ element, message, fix, data }: Finding): CheckTarget {
  const place: Facts = element
    ? {
        uuid: element.id,
        widgetType: element.widgetType,
        widgetLabel: element.label,
        locked: element.isLocked,
        synced: element.isSynced,
        moduleIndex: element.moduleIndex,
      }
    : {};
  return { ...place, ...data, message, fix };
}
