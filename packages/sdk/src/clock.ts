/** Time as the SDK sees it; tests pass one they can move. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Runs `run` once after `delayMs`. Returns what cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
