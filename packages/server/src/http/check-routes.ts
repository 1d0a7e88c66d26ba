import * as z from "zod";
import type { Reachability } from "../reachability/reachability.ts";
import type { Clock } from "../rooms/clock.ts";
import { Admission } from "./admission.ts";
import type { RestApp } from "./app.ts";
import type { Authenticator, KeyIdentity } from "./ports.ts";

export interface CheckRoutesOptions {
  readonly authentication: Pick<Authenticator, "requireKey">;
  readonly clock: Pick<Clock, "now">;
  /** Looks at links and pictures; absent when the server may not. */
  readonly reachability?: Reachability | undefined;
}

const checkRequest = z.object({
  category: z.string().max(64).describe("A check by its name: see the reference of checks."),
  limit: z.number().min(0).max(1_000_000).optional().describe("KB, px or a count: see the reference of checks."),
  beautified: z.boolean().optional().describe("Of overageHtmlWeight: measure the HTML with line breaks."),
  allowed_hosts: z
    .array(z.string().max(253))
    .max(200)
    .optional()
    .describe("Of unreachableWebLink: hosts whose links are taken to work."),
});

/** What a request says of one check. */
export type AskedCheck = z.output<typeof checkRequest>;

/** The languages one template may have. */
const mostLanguages = 20;

const asked = {
  languages: z
    .array(z.string().min(1).max(35))
    .max(mostLanguages)
    .optional()
    .describe(
      "Languages to check, as the template names its translations; `default` for its own. Default only when absent.",
    ),
  checks: z.array(checkRequest).max(50).optional().describe("All there are for this kind of document when absent."),
};

const status = z.enum(["passed", "suggestion", "warning"]);
const target = z.looseObject({ message: z.string(), fix: z.string() });
const entry = z.looseObject({
  type: z.string(),
  targetsCount: z.number(),
  checkStatus: status,
  targets: z.array(target).readonly(),
});
const answer = z.array(
  z.object({
    language: z.string(),
    status,
    checks: z.array(entry).readonly(),
    checksFailedCount: z.number().describe("Findings: warnings and suggestions."),
    checksWarningCount: z.number(),
    checksSuggestionCount: z.number(),
    dateTime: z.string(),
  }),
);
const problem = z.object({ code: z.number(), message: z.string(), details: z.record(z.string(), z.unknown()) });

/** `POST /v1/{message,page,row}/check`: what is wrong with a template that is sent along, and how to mend it. */
export function addCheckRoutes(app: RestApp, options: CheckRoutesOptions): void {
  const backend = new Admission<KeyIdentity>((authorization) => options.authentication.requireKey(authorization));
  const describe = (what: string) => ({
    tags: ["checks"],
    summary: `What is wrong with ${what}, and how to mend it.`,
    security: [{ apiKey: [] }],
    response: { 200: answer, "4xx": problem, "5xx": problem },
  });
  for (const [medium, what] of documents) {
    const body = z.object({ ...asked, template: z.unknown().optional().describe("The page JSON.") });
    app.post(
      `/v1/${medium}/check`,
      { onRequest: backend.check, schema: { ...describe(what), body } },
      async ({ body: { template, ...rest } }) => {
        const { answerChecks, snapshotOfPage } = await loadChecks();
        return answerChecks({ ...rest, medium, snapshot: snapshotOfPage(template) }, options);
      },
    );
  }
  const body = z.object({ ...asked, row: z.unknown().optional().describe("The JSON of one row.") });
  app.post(
    "/v1/row/check",
    { onRequest: backend.check, schema: { ...describe("a row"), body } },
    async ({ body: { row, ...rest } }) => {
      const { answerChecks, snapshotOfRow } = await loadChecks();
      return answerChecks({ ...rest, medium: "row", snapshot: snapshotOfRow(row) }, options);
    },
  );
}

const documents = [
  ["message", "an e-mail"],
  ["page", "a page"],
] as const;

// They bring a library of colours in hundreds of small files: a server that is not asked for them starts without.
const loadChecks = () => import("./check-answers.ts");
