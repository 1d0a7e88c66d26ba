/** Time, passed in so that tests decide when it passes. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Calls back once after the delay, unless the returned function was called first. Keeps no process alive. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Timers of the platform fire at once when they are set for longer. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    let timer: NodeJS.Timeout | undefined;
    const arm = (restMs: number): void => {
      const nextMs = Math.min(restMs, longestTimerMs);
      timer = setTimeout(() => (restMs > nextMs ? arm(restMs - nextMs) : callback()), nextMs);
      timer.unref();
    };
    arm(delayMs);
    return () => clearTimeout(timer);
  },
};
