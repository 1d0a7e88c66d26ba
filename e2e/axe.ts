import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Something wrong on a screen, with what is needed to find it. */
export interface Finding {
  readonly rule: string;
  readonly target: string;
  readonly message: string;
}

type Axe = {
  run(context: Document, options: object): ReturnType<AxeBuilder["analyze"]>;
};

/** `target-size` is off by default although it is WCAG 2.2 AA. What is in frames is the person's email and checked apart. */
const options = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
  iframes: false,
  resultTypes: ["violations"],
};
/** All that can differ between two themes. */
const colorOptions = { ...options, runOnly: ["color-contrast", "link-in-text-block"], rules: {} };

/** What axe finds wrong on a page. */
export async function axeFindings(page: Page, { isColorOnly = false } = {}): Promise<readonly Finding[]> {
  await bringAxe(page);
  const { violations } = await page.evaluate(
    (given) => {
      // The builder has put it there.
      const { axe } = window as unknown as { axe: Axe };
      return axe.run(document, given);
    },
    isColorOnly ? colorOptions : options,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) => ({
      rule: id,
      target: target.flat().join(" "),
      message: failureSummary.replace(/\s+/g, " "),
    })),
  );
}

/** The builder brings axe along on every run, which takes longer than the run; here it does once per page. */
async function bringAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => "axe" in window)) return;
  await new AxeBuilder({ page }).setLegacyMode().withRules("document-title").analyze();
}
