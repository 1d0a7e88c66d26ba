import type { FullConfig, FullResult, Reporter, Suite } from "@playwright/test/reporter";

/** Closes the run with one plain line that any reader of a log understands. */
class PassedFailedReporter implements Reporter {
  #root: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#root = suite;
  }

  onEnd(_result: FullResult): void {
    const outcomes = (this.#root?.allTests() ?? []).map((test) => test.outcome());
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
    console.log(
      `stories: ${count("expected") + count("flaky")} passed, ${count("unexpected")} failed, ${count("skipped")} skipped`,
    );
  }
}

// Playwright loads a reporter as the module's default export.
export default PassedFailedReporter;
