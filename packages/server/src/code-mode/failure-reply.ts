import { type AnyOperation, toCommandName, WaggleError } from "@waggle/contract";
import { killAfterMs, type ScriptLimits } from "./limits.ts";
import type { ScriptEnding, StopReason, ThrownPlace } from "./protocol.ts";
import type { ScriptDraft } from "./script-draft.ts";
import type { CheckOutcome } from "./type-checker.ts";

type FailedEnding = Exclude<ScriptEnding, { kind: "returned" }>;

export interface FailedScript {
  readonly script: string;
  readonly ending: FailedEnding;
  readonly draft: ScriptDraft;
  readonly log: string;
  readonly limits: ScriptLimits;
  /** What its messages name the operations by. */
  readonly named: (text: string) => string;
}

const longestSource = 160;
const again = "Mend it and send the whole script again.";

/** The words of a script that failed: where, why, what had been done and is undone, and how to go on. */
export function scriptFailed(failed: FailedScript): WaggleError {
  const { script, ending, draft, log } = failed;
  const { line, column }: ThrownPlace = "line" in ending ? ending : {};
  const { summary } = draft;
  const undone =
    summary === "" ? "Nothing had been written." : `What it had done is undone, nothing was written: ${summary}.`;
  const where = line === undefined ? "The script" : `Line ${line}`;
  const { why, data } = reasonOf(failed);
  const source = line === undefined ? undefined : script.split("\n")[line - 1]?.trim().slice(0, longestSource);
  return new WaggleError("SCRIPT_FAILED", {
    message: `${where} ${why} ${undone} ${again}`,
    data: {
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
      ...(source === undefined ? {} : { source }),
      ...data,
      ...(log === "" ? {} : { log }),
    },
  });
}

/** The words of a script that was not run, because it does not fit the API. */
export function scriptInvalid({ problems, more }: Extract<CheckOutcome, { kind: "checked" }>): WaggleError {
  const rest = more > 0 ? ` ${more} more are not listed.` : "";
  return new WaggleError("SCRIPT_INVALID", {
    message: `The script does not fit the API, so nothing of it was run.${rest} Mend the lines in \`problems\` and send the whole script again.`,
    data: { problems },
  });
}

/** The words of a script that can't be read in time. */
export function scriptTooHard(): WaggleError {
  return new WaggleError("SCRIPT_INVALID", {
    message:
      "The types of the script take too long to check, so nothing of it was run. Write it with plain objects and loops, without types of its own, or in several smaller scripts. If it is plain already, the server is busy: send it again in a few seconds.",
  });
}

/** The words of a script whose types can't be taken out. */
export function scriptUnreadable(reason: string): WaggleError {
  return new WaggleError("SCRIPT_INVALID", {
    message: `The script can't be read, so nothing of it was run. ${reason}`,
  });
}

interface Reason {
  /** Follows "Line 3" or "The script". */
  readonly why: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

function reasonOf({ ending, draft, limits, named }: FailedScript): Reason {
  if (ending.kind === "stopped") return stopReason(ending, limits);
  const failure = draft.findFailure(ending.call);
  if (failure) {
    const { code, message, data } = failure.error;
    return { why: `was refused: ${named(message)}`, data: { code, ...withoutIds(data, draft.undoneIds) } };
  }
  // Its own words may hold what is in the template: they are data.
  const { name, message } = ending;
  return { why: "threw an error; it is in `thrown`.", data: { thrown: name === "" ? message : `${name}: ${message}` } };
}

function stopReason(ending: Extract<FailedEnding, { kind: "stopped" }>, limits: ScriptLimits): Reason {
  const why = stopWords(limits)[ending.reason];
  if (ending.reason !== "time" || ending.lastCallLine === undefined) return { why };
  const { lastCallLine } = ending;
  return { why: `${why} Its last call of a function was in line ${lastCallLine}.`, data: { lastCallLine } };
}

/** Ids that are gone with what is undone would only lead astray. */
function withoutIds(
  data: Readonly<Record<string, unknown>>,
  undone: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  const kept = Object.entries(data).map(([key, value]): [string, unknown] => [
    key,
    Array.isArray(value) ? value.filter((each) => !undone.has(each)) : value,
  ]);
  return Object.fromEntries(kept.filter(([, value]) => !Array.isArray(value) || value.length > 0));
}

function stopWords({ runMs, memoryBytes, calls, callsMs }: ScriptLimits): Readonly<Record<StopReason, string>> {
  const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;
  return {
    time: `took longer than ${seconds(runMs)} and was stopped. Look for a loop without an end.`,
    killed: `stayed in one built-in function longer than ${seconds(runMs + killAfterMs)} and was stopped. Work on less at once.`,
    memory: `used more than ${Math.round(memoryBytes / 1024 / 1024)} MB and was stopped. Work on less at once.`,
    "waits-forever":
      "waits for a promise that nothing settles. There is nothing to wait for: every function answers at once.",
    calls: `made more than ${calls} calls and was stopped. Do it in several scripts.`,
    "calls-time": `kept the server busy for more than ${seconds(callsMs)} with its calls and was stopped. Read less often, or do it in several scripts.`,
    ended: "was stopped, because the server is closing.",
  };
}

/** Names of tools in a message, as scripts have them: `add_title` becomes `bee.addTitle`. */
export function functionNames(catalogue: readonly AnyOperation[]): (text: string) => string {
  const names = catalogue.map(({ name }) => name).join("|");
  const pattern = new RegExp(`(?<![\\w-])(?:${names})(?![\\w-])`, "g");
  return (text) => (names === "" ? text : text.replace(pattern, (name) => `bee.${toCommandName(name)}`));
}
