import type { FastifyReply } from "fastify";
import * as z from "zod";
import { Admission } from "./admission.ts";
import type { RestApp } from "./app.ts";
import type { Authenticator, KeyIdentity } from "./ports.ts";

export interface ExchangeOptions {
  readonly authentication: Pick<Authenticator, "requireKey">;
}

const problem = z.object({ code: z.number(), message: z.string(), details: z.record(z.string(), z.unknown()) });
const failures = { "4xx": problem, "5xx": problem };
const json = z.unknown();
const template = json.describe("The template's page JSON.");
const label = z.string().min(1).max(256).describe("The key of a row's metadata that identifies saved rows.");

const rendering = z.looseObject({
  page: json.describe("The page of the template; the body as a whole is its page JSON."),
  language: z.string().max(35).nullish().describe("Of the translations to show, as the template names it."),
  beautifyHtmlEnabled: z.boolean().nullish().describe("With line breaks and indents."),
});

const replacing = z.object({
  path: z
    .string()
    .min(1)
    .max(1024)
    .describe(
      "JSONPath (RFC 9535) of what is replaced, such as $..rows[?(@.metadata.uid=='u1')]. Without functions; filters look at what is below @ by name, and compare it with a text, a number, true, false or null.",
    ),
  value: json.describe("What stands there instead."),
});

const mergedAnswer = z.object({
  json,
  html: z.string(),
  unmatched: z.array(z.string()).optional().describe("Paths that found nothing."),
});

/**
 * The documents that are sent along, converted: page JSON to HTML and plain text, Simple Schema and page JSON into each
 * other, e-mails and pages into each other, saved rows merged. Nothing is stored.
 */
export function addExchangeRoutes(app: RestApp, options: ExchangeOptions): void {
  const routes = new ExchangeRoutes(app, options);
  routes.addRendering();
  routes.addConversions();
  routes.addMerging();
}

/** What the routes have in common: a key, and answers described in the OpenAPI document. */
class ExchangeRoutes {
  readonly #app: RestApp;
  readonly #backend: Admission<KeyIdentity>;

  constructor(app: RestApp, { authentication }: ExchangeOptions) {
    this.#app = app;
    this.#backend = new Admission((authorization) => authentication.requireKey(authorization));
  }

  addRendering(): void {
    for (const kind of ["message", "page", "popup"] as const) {
      const route = this.#route("rendering", `The HTML of this ${names[kind]}.`, z.string());
      this.#app.post(
        `/v1/${kind}/html`,
        { ...route, schema: { ...route.schema, body: rendering } },
        async (request, reply) => {
          const { htmlOf } = await loadExchange();
          return text(reply, "text/html", htmlOf(request.body, kind));
        },
      );
    }
    const route = this.#route("rendering", "The e-mail without HTML.", z.string());
    this.#app.post(
      "/v1/message/plain-text",
      { ...route, schema: { ...route.schema, body: rendering } },
      async (request, reply) => {
        const { plainTextOf } = await loadExchange();
        return text(reply, "text/plain", plainTextOf(request.body));
      },
    );
  }

  addConversions(): void {
    const toFull = this.#route("conversion", "Page JSON from Simple Schema.", json);
    this.#app.post(
      "/v1/conversion/simple-to-full-json",
      {
        ...toFull,
        schema: { ...toFull.schema, body: z.object({ template: json.describe("A Simple Schema document.") }) },
      },
      async ({ body }) => (await loadExchange()).fullOf(body),
    );
    const toSimple = this.#route("conversion", "Simple Schema from page JSON.", json);
    const querystring = z.object({
      losses: z.stringbool().optional().describe("Say in `lost` what Simple Schema has no words for."),
    });
    this.#app.post(
      "/v1/conversion/full-to-simple-json",
      {
        ...toSimple,
        schema: { ...toSimple.schema, querystring, body: z.object({ page: json, comments: json.optional() }) },
      },
      async ({ body, query }) => {
        const { simple, lost } = (await loadExchange()).simpleOf(body);
        return query.losses ? { ...simple, lost } : simple;
      },
    );
    for (const [path, summary] of [
      ["page-to-email", "An e-mail from a page; what mail clients can't show is left out."],
      ["email-to-page", "A page from an e-mail."],
    ] as const) {
      const route = this.#route("conversion", summary, json);
      this.#app.post(
        `/v1/conversion/${path}`,
        { ...route, schema: { ...route.schema, body: z.object({ template }) } },
        async ({ body }) => (await loadExchange()).repurposed(body.template, path),
      );
    }
  }

  addMerging(): void {
    for (const kind of ["message", "page"] as const) {
      const merge = this.#route(
        "merging",
        "Replaces what JSONPaths find; answers with the JSON and its HTML.",
        mergedAnswer,
      );
      const body = z.object({ source: template, replace: z.array(replacing).max(mostReplacements) });
      this.#app.post(`/v1/${kind}/merge`, { ...merge, schema: { ...merge.schema, body } }, async (request) =>
        (await loadExchange()).merged(request.body, kind),
      );
      this.#addSavedRows(kind);
    }
  }

  #addSavedRows(kind: "message" | "page"): void {
    const mergeRows = this.#route("merging", "Brings saved rows up to date.", z.object({ template: json }));
    const given = z.object({
      template,
      rows: json.describe("The rows as they are now."),
      rowIdentifierLabel: label,
      webFonts: json.optional(),
    });
    this.#app.post(
      `/v1/${kind}/merge-rows`,
      { ...mergeRows, schema: { ...mergeRows.schema, body: given } },
      async ({ body }) => (await loadExchange()).withRows(body),
    );
    const places = z.object({ syncedRows: z.array(z.object({ rowIdentifier: json, rowIndex: z.number() })) });
    const synced = this.#route("merging", "Where synced rows stand.", places);
    this.#app.post(
      `/v1/${kind}/synced-rows`,
      { ...synced, schema: { ...synced.schema, body: z.object({ template, rowIdentifierLabel: label }) } },
      async ({ body }) => ({ syncedRows: (await loadExchange()).placesOfSyncedRows(body) }),
    );
    const index = this.#route("merging", "The metadata of the rows that have some.", z.array(json));
    this.#app.post(
      `/v1/${kind}/merge/index`,
      { ...index, schema: { ...index.schema, body: z.object({ source: template }) } },
      async ({ body }) => (await loadExchange()).metadataOfRows(body.source),
    );
  }

  #route<Answer extends z.ZodType>(tag: string, summary: string, answer: Answer) {
    const response = { 200: answer, ...failures };
    return { onRequest: this.#backend.check, schema: { tags: [tag], summary, security: [{ apiKey: [] }], response } };
  }
}

const mostReplacements = 200;
const names = { message: "e-mail", page: "page", popup: "popup" } as const;

// The renderer and Simple Schema come with the first request for them.
const loadExchange = () => import("./exchange.ts");

function text(reply: FastifyReply, type: "text/html" | "text/plain", content: string): string {
  // What a template says must not run at the server's own address, should a browser ever show the answer.
  reply.header("content-security-policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src * data:");
  reply.header("x-content-type-options", "nosniff");
  reply.type(`${type}; charset=utf-8`);
  return content;
}
