import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";

/** Below the server: agents who write should not feel one who sends riddles. */
const politePriority = 10;

/** For a process, or for a thread on Linux, which counts its threads like processes. */
export function lowerPriority(number: number | undefined): void {
  if (number === undefined) return;
  try {
    setPriority(number, politePriority);
  } catch {
    // Some systems forbid it; it is a courtesy.
  }
}

/** The number of the thread that asks; undefined where threads have none of their own. */
export function threadNumber(): number | undefined {
  try {
    return Number(/\d+$/.exec(readlinkSync("/proc/thread-self"))?.[0]) || undefined;
  } catch {
    return undefined;
  }
}
