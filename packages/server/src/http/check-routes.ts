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

/** What a request says of mail clients. */
export type AskedSupport = z.output<typeof supportRequest>;

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
const supportRequest = z.object({
  template: z.unknown().optional().describe("The page JSON."),
  language: z
    .string()
    .max(35)
    .nullish()
    .describe("The translation to look at, as the template names it; its own language when absent or `default`."),
  clients: z
    .array(z.string().max(64))
    .max(200)
    .optional()
    .describe("Clients (`gmail.ios`) or families of them (`gmail`): see the reference of checks. All when absent."),
});
const supportAnswer = z.object({
  lastUpdate: z.string().describe("The day of the last change to the data, such as 2026-05-13."),
  clients: z.array(z.object({ name: z.string(), title: z.string() })).readonly(),
  features: z
    .array(
      z.object({
        slug: z.string(),
        title: z.string(),
        url: z.string().describe("The page that says more."),
        support: z
          .record(z.string(), z.enum(["yes", "partly", "no", "unknown"]))
          .describe("By the name of the client."),
        places: z.number().describe("How often it is written."),
        notes: z.array(z.object({ clients: z.array(z.string()).readonly(), says: z.string() })).readonly(),
      }),
    )
    .readonly()
    .describe("What the fewest clients support comes first."),
});
const problem = z.object({ code: z.number(), message: z.string(), details: z.record(z.string(), z.unknown()) });

/**
 * `POST /v1/{message,page,row}/check`: what is wrong with a template that is sent along, and how to mend it.
 * `POST /v1/message/client-support`: what of its HTML mail clients show.
 */
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
  const support = {
    ...describe("an e-mail"),
    summary: "Which mail clients show what an e-mail's HTML and CSS are made of.",
    body: supportRequest,
    response: { 200: supportAnswer, "4xx": problem, "5xx": problem },
  };
  app.post("/v1/message/client-support", { onRequest: backend.check, schema: support }, async ({ body }) => {
    const { answerClientSupport } = await loadClientSupport();
    return answerClientSupport(body);
  });
}

const documents = [
  ["message", "an e-mail"],
  ["page", "a page"],
] as const;

// They bring a library of colours in hundreds of small files: a server that is not asked for them starts without.
const loadChecks = () => import("./check-answers.ts");
const loadClientSupport = () => import("./client-support-answer.ts");
