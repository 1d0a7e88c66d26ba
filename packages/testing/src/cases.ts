import { Random } from "./random.ts";

/** What ran: for asserting that a property was put to the test and did not pass for want of cases. */
export class Tally {
  readonly #counts = new Map<string, number>();

  count(name: string, times = 1): void {
    this.#counts.set(name, this.of(name) + times);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  names(): readonly string[] {
    return [...this.#counts.keys()];
  }
}

/**
 * Runs a property on seeds 1 to `count`. A failure names its seed; `WAGGLE_SEED=17` runs that one alone, and
 * `WAGGLE_CASES=10` runs ten times as many and prints how many ran and what happened in them. Then each of `atLeast` has to have happened in that share of the runs; one
 * seed alone is excused from it.
 *
 * @example
 * forEachSeed({ count: 1000, atLeast: { edits: 0.9 } }, (random, tally) => {
 *   const delta = randomTyping(random, text);
 *   if (delta.length > 0) tally.count("edits");
 *   expect(applyDelta(applyDelta(text, delta), invertDelta(delta))).toEqual(text);
 * });
 */
export function forEachSeed(
  { count, atLeast }: { readonly count: number; readonly atLeast: Readonly<Record<string, number>> },
  run: (random: Random, tally: Tally, seed: number) => void,
): void {
  const seeds = seedsFor(count);
  const tally = new Tally();
  for (const seed of seeds) runSeed(seed, () => run(new Random(seed), tally, seed));
  if (seeds.length === 1) return;
  for (const [name, share] of Object.entries(atLeast)) {
    const [happened, needed] = [tally.of(name), share * seeds.length];
    if (happened < needed) throw new Error(`"${name}" happened ${happened} times in ${seeds.length}, not ${needed}.`);
  }
  if (process.env.WAGGLE_CASES !== undefined) process.stdout.write(`${closingLine(seeds.length, tally)}\n`);
}

/** Long runs are on record with what happened in them. */
function closingLine(cases: number, tally: Tally): string {
  const counts = tally.names().map((name) => `${name} ${tally.of(name)}`);
  return [`${cases} cases`, ...counts].join(", ");
}

function seedsFor(count: number): number[] {
  const { WAGGLE_SEED: seed, WAGGLE_CASES: scale } = process.env;
  if (seed !== undefined) return [Number(seed)];
  return Array.from({ length: Math.ceil(count * Number(scale ?? 1)) }, (_, index) => index + 1);
}

function runSeed(seed: number, run: () => void): void {
  try {
    run();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Seed ${seed} failed; repeat it with WAGGLE_SEED=${seed}. ${reason}`, { cause });
  }
}
