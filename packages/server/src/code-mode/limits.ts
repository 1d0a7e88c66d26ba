const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** What a script may take. */
export interface ScriptLimits {
  /** Bytes of the script as it is sent. */
  readonly scriptBytes: number;
  /** Time of its own; waiting for the server does not count. Milliseconds. */
  readonly runMs: number;
  /** Time the server may spend on its calls, in all. Milliseconds. */
  readonly callsMs: number;
  /** Calls of `bee`. */
  readonly calls: number;
  /** Characters of the arguments of one call, as JSON. */
  readonly argumentLength: number;
  /** Characters of what it logs; the rest is left out. */
  readonly logLength: number;
  /** Characters of what it returns, as JSON; the rest is left out. */
  readonly resultLength: number;
  /** Bytes of its heap. */
  readonly memoryBytes: number;
  /** Bytes of its stack. */
  readonly stackBytes: number;
}

/** Far more than an e-mail needs: 90 operations take about 20 ms and 2 MB. */
export const scriptLimits: ScriptLimits = {
  scriptBytes: 64 * kilobyte,
  runMs: 2_000,
  callsMs: 2_000,
  calls: 1_000,
  argumentLength: 256 * kilobyte,
  logLength: 4 * kilobyte,
  resultLength: 16 * kilobyte,
  memoryBytes: 32 * megabyte,
  stackBytes: 256 * kilobyte,
};

/** A script that does not stop by itself at its limit is killed this much later. */
export const killAfterMs = 250;
