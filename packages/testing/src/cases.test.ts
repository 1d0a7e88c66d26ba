import { expect, test } from "vitest";
import { forEachSeed } from "./cases.ts";

// One seed is replayed through the environment; these rules are about many.
const isReplay = process.env.WAGGLE_SEED !== undefined;

test.skipIf(isReplay)("a failing case names its seed and how to repeat it", () => {
  const failAtThree = (): void =>
    forEachSeed({ count: 5, atLeast: {} }, (_random, _tally, seed) => {
      if (seed === 3) throw new Error("Broken.");
    });
  expect(failAtThree).toThrow("Seed 3 failed; repeat it with WAGGLE_SEED=3. Broken.");
});

test.skipIf(isReplay)("a property that was hardly put to the test fails", () => {
  const rarely = (): void =>
    forEachSeed({ count: 10, atLeast: { "a clash": 0.5 } }, (_random, tally, seed) => {
      if (seed === 1) tally.count("a clash");
    });
  expect(rarely).toThrow('"a clash" happened 1 times in');
});

test.skipIf(isReplay)("a seed gives the same choices every time, and another seed others", () => {
  const choices = new Map<number, number>();
  const collect = (): void =>
    forEachSeed({ count: 20, atLeast: {} }, (random, _tally, seed) => {
      const choice = random.next();
      expect(choices.get(seed) ?? choice).toBe(choice);
      choices.set(seed, choice);
    });
  collect();
  collect();
  expect(new Set(choices.values()).size).toBe(choices.size);
});
