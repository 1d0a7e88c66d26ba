import { routes, type SessionGrant, WaggleError } from "@waggle/contract";
import type { Json } from "@waggle/template";
import type { FastifyRequest } from "fastify";
import * as z from "zod";
import type { Login } from "../auth/authentication.ts";
import { requireBearer } from "../auth/bearer.ts";
import type { TokenGrant } from "../auth/browser-tokens.ts";
import { policySchema } from "../policy/policy.ts";
import { type KnownTools, readPolicy } from "../policy/read-policy.ts";
import type { Clock } from "../rooms/clock.ts";
import { Admission } from "./admission.ts";
import type { RestApp } from "./app.ts";
import type { Authenticator, BrowserIdentity, KeyIdentity, Sessions } from "./ports.ts";

/** Logs people in, besides telling who someone is. */
export interface LoginDesk extends Authenticator {
  login(login: Login): Promise<TokenGrant>;
  renew(token: string | undefined): Promise<TokenGrant>;
}

export interface RestOptions {
  readonly authentication: LoginDesk;
  readonly sessions: Sessions;
  readonly publicUrl: URL | undefined;
  /** Rejects when the store does not answer. */
  readonly checkStorage: () => Promise<void>;
  readonly version: string;
  readonly clock: Pick<Clock, "now">;
  /** The tools that policies may name. */
  readonly tools: KnownTools;
}

const problem = z
  .object({ code: z.number(), message: z.string(), details: z.record(z.string(), z.unknown()) })
  .describe("A failure, with the number and what to do next.");
const failures = { "4xx": problem, "5xx": problem };
const deepestMergeTags = 16;
const byKey = [{ apiKey: [] }];
const byToken = [{ browserToken: [] }];

const templateJson = z.unknown().describe("The template's page JSON.");
/** Zod's own schema of JSON descends without end. */
const mergeTagValues = z
  .unknown()
  .refine((value) => depthOf(value) <= deepestMergeTags, `Nested more than ${deepestMergeTags} levels deep`)
  .describe("Values for the preview of merge tags.");
const tokenGrant = z.object({
  access_token: z.string(),
  v2: z.literal(true),
  expires_in: z.number().describe("Seconds."),
});

/** The REST side of the server; MCP and the sync socket have doors of their own. */
export function addRestRoutes(app: RestApp, options: RestOptions): void {
  addHealth(app, options);
  addLogin(app, options);
  addSessions(app, options);
  addTemplates(app, options);
}

function addHealth(app: RestApp, { checkStorage, version, clock }: RestOptions): void {
  const startedAt = clock.now();
  const health = z.object({
    status: z.enum(["ok", "failing"]),
    version: z.string(),
    uptimeSeconds: z.number(),
    storage: z.enum(["ok", "failing"]),
  });
  const schema = { tags: ["server"], summary: "Is the server well?", response: { 200: health, 503: health } };
  app.get(routes.health, { schema }, async (_request, reply) => {
    const storage = await checkStorage().then(
      () => "ok" as const,
      () => "failing" as const,
    );
    const uptimeSeconds = Math.floor((clock.now() - startedAt) / 1000);
    reply.code(storage === "ok" ? 200 : 503).header("cache-control", "no-store");
    return { status: storage, version, uptimeSeconds, storage };
  });
}

function addLogin(app: RestApp, { authentication }: RestOptions): void {
  const credentials = z.object({
    client_id: z.string().max(256),
    client_secret: z.string().max(256),
    uid: z
      .string()
      .min(1)
      .max(256)
      .refine((uid) => uid.isWellFormed(), "has to be Unicode text")
      .describe("The person's id on your side."),
  });
  app.post(
    routes.login,
    {
      schema: {
        tags: ["tokens"],
        summary: "A browser token for one of your people; call it from your backend.",
        body: credentials,
        response: { 200: tokenGrant, ...failures },
      },
    },
    async ({ body }, reply) => {
      reply.header("cache-control", "no-store");
      return authentication.login({ clientId: body.client_id, clientSecret: body.client_secret, uid: body.uid });
    },
  );
  const holder = people(authentication);
  app.post(
    routes.token,
    {
      onRequest: holder.check,
      schema: {
        tags: ["tokens"],
        summary: "A fresh browser token for the holder of a live one.",
        security: byToken,
        response: { 200: tokenGrant, ...failures },
      },
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      return authentication.renew(requireBearer(request.headers.authorization));
    },
  );
}

function addSessions(app: RestApp, options: RestOptions): void {
  const { authentication, sessions } = options;
  const person = people(authentication);
  const grant = z.object({
    templateId: z.string(),
    syncUrl: z.string().describe("WebSocket address without the template id."),
    expiresAt: z.number().describe("Unix time in milliseconds."),
    generation: z.number(),
  });
  app.post(
    routes.session,
    {
      onRequest: person.check,
      schema: {
        tags: ["sessions"],
        summary: "Starts the session of an editor that holds this template.",
        security: byToken,
        body: z.object({ template: templateJson, policy: policySchema.optional() }),
        response: { 200: grant, ...failures },
      },
    },
    async (request): Promise<SessionGrant> => {
      const { clientId, handle } = person.of(request);
      const { template, policy } = request.body;
      const session = await sessions.createEditorSession({
        template,
        clientId,
        handle,
        ...(policy && { policy: readPolicy(policy, options.tools) }),
      });
      return { ...session, syncUrl: syncUrlFor(request, options) };
    },
  );
}

function addTemplates(app: RestApp, { authentication, sessions, tools }: RestOptions): void {
  const backend = keys(authentication);
  const body = z
    .object({
      template: templateJson.optional(),
      mergeTags: mergeTagValues.optional(),
      policy: policySchema.optional().describe("What agents may do with it, whichever key they have."),
    })
    .describe("Without a template the document starts empty.");
  app.post(
    routes.template,
    {
      onRequest: backend.check,
      schema: {
        tags: ["templates"],
        summary: "A template that agents and people can edit.",
        security: byKey,
        body: body.nullish(),
        response: { 200: z.object({ templateId: z.string() }), ...failures },
      },
    },
    async (request) => {
      const { clientId } = backend.of(request);
      const { template, mergeTags, policy } = request.body ?? {};
      return sessions.createTemplate({
        clientId,
        ...(template !== undefined && { template }),
        // The body was JSON.
        ...(mergeTags !== undefined && { mergeTags: mergeTags as Json }),
        ...(policy && { policy: readPolicy(policy, tools) }),
      });
    },
  );
  app.get(
    `${routes.template}/:templateId`,
    {
      onRequest: backend.check,
      schema: {
        tags: ["templates"],
        summary: "The template as it is now.",
        security: byKey,
        params: z.object({ templateId: z.string() }),
        response: { 200: templateJson, ...failures },
      },
    },
    async (request, reply) => {
      const { templateId } = request.params;
      if (templateId === "") throw unnamed();
      reply.header("cache-control", "no-store");
      return sessions.exportTemplate(templateId, backend.of(request).clientId);
    },
  );
  app.get(routes.template, { onRequest: backend.check, schema: { hide: true } }, async () => {
    throw unnamed();
  });
}

function unnamed(): WaggleError {
  return new WaggleError("NOT_FOUND", { message: `Name the template: GET ${routes.template}/<templateId>.` });
}

function people(authentication: Authenticator): Admission<BrowserIdentity> {
  return new Admission(async (authorization) => authentication.requireBrowser(requireBearer(authorization)));
}

function keys(authentication: Authenticator): Admission<KeyIdentity> {
  return new Admission((authorization) => authentication.requireKey(authorization));
}

// The host name has passed the guard. Behind a proxy that ends TLS, only the public address knows the scheme.
function syncUrlFor({ host }: FastifyRequest, { publicUrl }: RestOptions): string {
  const base = publicUrl ?? new URL(`http://${host}`);
  return `${base.protocol === "https:" ? "wss" : "ws"}://${base.host}${routes.sync}`;
}

/** Level by level, because a body of some megabytes may be nested deeper than the stack is. */
function depthOf(value: unknown): number {
  let depth = 0;
  let level = [value];
  while (level.length > 0 && depth <= deepestMergeTags) {
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
    depth += 1;
  }
  return depth;
}
