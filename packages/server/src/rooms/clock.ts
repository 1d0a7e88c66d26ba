/** Time, passed in so that tests decide when it passes. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Calls back once after the delay, unless the returned function was called first. Keeps no process alive. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
