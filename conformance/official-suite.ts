import { spawn } from "node:child_process";
import { join } from "node:path";

/** The revisions of the protocol that Waggle speaks and the official suites score. */
export const revisions = ["2025-11-25", "2026-07-28"] as const;
export type Revision = (typeof revisions)[number];

/** What a suite found in one scenario. */
export interface ScenarioResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Whether the revision demands it. Others are run and reported: extensions, and what is not settled yet. */
  readonly isScored: boolean;
}

export interface SuiteResult {
  readonly exitCode: number | null;
  readonly scenarios: readonly ScenarioResult[];
  /** All that the suite printed. */
  readonly output: string;
}

export interface SuiteRun {
  readonly url: URL;
  readonly revision: Revision;
  /** Told of each scenario when it begins. */
  readonly onScenario?: (name: string) => void;
}

const runner = join(import.meta.dirname, "..", "node_modules/@modelcontextprotocol/conformance/dist/index.js");
const beginning = /^=== Running scenario: (.+) ===$/;
const verdict = /^[✓✗] (\S+): (\d+) passed, (\d+) failed$/;
const unscored = /^ {2}[✓✗] (\S+) \(/;

/** Runs what one revision of the protocol requires of a server, frozen at its release, against a running one. */
export function runOfficialSuite({ url, revision, onScenario }: SuiteRun): Promise<SuiteResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [runner, "server", "--url", url.href, "--requirements", revision]);
    let output = "";
    let shown = 0;
    const take = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      const lines = output.split("\n").slice(0, -1);
      for (const line of lines.slice(shown)) {
        const [, name] = beginning.exec(line) ?? [];
        if (name !== undefined) onScenario?.(name);
      }
      shown = lines.length;
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, scenarios: scenariosIn(output), output }));
  });
}

/** What keeps a run from being a pass, in sentences; none when every scored scenario passed. */
export function shortcomingsOf({ exitCode, scenarios }: SuiteResult): readonly string[] {
  const scored = scenarios.filter(({ isScored }) => isScored);
  const failing = scored.filter(({ failed }) => failed > 0).map(({ name, failed }) => `${name}: ${failed} failed.`);
  const empty = scored
    .filter(({ passed, failed }) => passed + failed === 0)
    .map(({ name }) => `${name} checked nothing.`);
  return [
    ...failing,
    ...empty,
    ...(scored.length === 0 ? ["No scored scenario was run."] : []),
    ...(exitCode === 0 ? [] : [`The suite ended with ${exitCode}.`]),
  ];
}

function scenariosIn(output: string): readonly ScenarioResult[] {
  const lines = output.split("\n");
  const notScored = new Set(lines.map((line) => unscored.exec(line)?.[1]));
  return lines.flatMap((line) => {
    const [, name, passed, failed] = verdict.exec(line) ?? [];
    if (name === undefined) return [];
    return [{ name, passed: Number(passed), failed: Number(failed), isScored: !notScored.has(name) }];
  });
}
