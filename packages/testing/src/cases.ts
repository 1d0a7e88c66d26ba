import { Random } from "./random.ts";

/**
 * Runs a property on seeds 1 to `count`. A failure names its seed; `WAGGLE_SEED=17` runs that one alone, and
 * `WAGGLE_CASES=10` runs ten times as many.
 *
 * @example
 * test("reversing twice changes nothing", () => {
 *   forEachSeed(1000, (random) => { … });
 * });
 */
export function forEachSeed(count: number, run: (random: Random, seed: number) => void): void {
  for (const seed of seedsFor(count)) {
    try {
      run(new Random(seed), seed);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Seed ${seed} failed; repeat it with WAGGLE_SEED=${seed}. ${reason}`, { cause });
    }
  }
}

/** Whether one seed is replayed: then a test can't expect that rare things happened. */
export function isReplay(): boolean {
  return process.env.WAGGLE_SEED !== undefined;
}

function seedsFor(count: number): number[] {
  const { WAGGLE_SEED: seed, WAGGLE_CASES: scale } = process.env;
  if (seed !== undefined) return [Number(seed)];
  return Array.from({ length: Math.ceil(count * Number(scale ?? 1)) }, (_, index) => index + 1);
}
