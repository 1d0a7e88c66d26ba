import fc from "fast-check";
import type { Marks, Run } from "../document/value.ts";
import { type Block } from "./blocks.ts";
/** Complete marks, or none. */
export declare const marks: fc.Arbitrary<Marks | undefined>;
/** Block trees as they read back: neighbouring stretches with the same marks are one. */
export declare const blocks: fc.Arbitrary<Block[]>;
/** Runs of texts, in canonical form. */
export declare const runs: fc.Arbitrary<Run[]>;
/** Runs without any order: some true ones, some junk. */
export declare const anyRuns: fc.Arbitrary<Run[]>;
/** The words of a tree in order, without structure. */
export declare function wordsOf(tree: readonly Block[]): string;
//# sourceMappingURL=arbitraries.test.support.d.ts.map
