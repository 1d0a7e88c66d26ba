import type { ThrownPlace } from "./protocol.ts";

/** The name of the script in stack traces. */
export const scriptFile = "script.ts";
/** Lines in front of the script in each of its wrappers. */
const linesBefore = 1;

/** The script as the type checker reads it: `return` and `await` are welcome at its top level. */
export function wrapForCheck(script: string): string {
  return `export {};(async()=>{\n${script}\n});`;
}

/** The script as it is run: its value is a promise of what it returns. */
export function wrapForRun(script: string): string {
  return `(async()=>{\n${script}\n})()`;
}

/** A place in the wrapped script as the place in the script, both from 1. A place behind its end is its last line. */
export function lineInScript(wrappedLine: number, script: string): number {
  return Math.min(Math.max(1, wrappedLine - linesBefore), script.split("\n").length);
}

/** The innermost place of a stack trace that is in the script. */
export function placeInScript(stack: string): ThrownPlace {
  const found = /script\.ts:(\d+)(?::(\d+))?/.exec(stack);
  if (!found) return {};
  const line = Number(found[1]) - linesBefore;
  return line < 1 ? {} : { line, column: found[2] === undefined ? undefined : Number(found[2]) };
}
