import type { Duplex } from "node:stream";
import swagger from "@fastify/swagger";
import { sizes, WaggleError } from "@waggle/contract";
import fastify, {
  type ConnectionError,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { describeError, type LogLevel } from "../observability/log.ts";
import { requirePlainBody, tooLarge } from "./body-limits.ts";
import { errorAnswer } from "./error-body.ts";
import type { FrontDoor } from "./front-door.ts";
import { refuseOnSocket } from "./raw-answer.ts";
import { RouteBook } from "./route-book.ts";
import { wellFormedJson } from "./well-formed.ts";

/** The web framework as routes see it: zod schemas in, typed requests out. */
export type RestApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

const notJson = "The body is not JSON. Send UTF-8 text as JSON.stringify makes it.";
const forbiddenKey =
  "The body has a key __proto__, or a key constructor with prototype in it. Leave it out or give it another name.";
const bodyRefusals: Readonly<Record<string, string>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: "The body is empty. Send JSON, or leave the header Content-Type out.",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "Send JSON, with the header Content-Type: application/json.",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "The body is not as long as Content-Length says. Send its length in bytes.",
};
/** Longer paths are shortened in what is answered. */
const longestShownPath = 200;

export interface AppOptions {
  readonly front: FrontDoor;
  readonly logLevel: LogLevel;
  readonly version: string;
}

/** The web framework behind the front door, without routes. Errors of every route leave it in one shape. */
export async function createApp({ front, logLevel, version }: AppOptions): Promise<RestApp> {
  const app = fastify({
    serverFactory: (rest) => front.createServer(rest),
    bodyLimit: sizes.httpBody,
    forceCloseConnections: "idle",
    // The front door answers while closing, in the shape of every error.
    return503OnClosing: false,
    logger: {
      level: logLevel,
      serializers: {
        req: describeRequest,
        err: (error) => describeError(error),
        error: (error) => describeError(error),
      },
    },
    clientErrorHandler: (error, socket) => front.afterAnswers(socket, () => answerBrokenRequest(error, socket)),
    frameworkErrors: answerBadAddress,
    logController: new LogController({ disableRequestLogging: true }),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  readJsonOnly(app);
  app.setErrorHandler(answerError);
  const book = new RouteBook();
  app.addHook("onRoute", (route) => book.note(route));
  // Before the body, which would be read for nothing.
  app.addHook("onRequest", async (request) => {
    if (request.is404) throw notFound(request, book);
  });
  app.addHook("preParsing", async ({ headers }) => requirePlainBody(headers));
  app.addHook("onResponse", logAnswer);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.1",
      info: { title: "Waggle", version, description: "Live co-editing of e-mail templates by people and AI agents." },
      components: {
        securitySchemes: {
          apiKey: { type: "http", scheme: "bearer", description: "An API key: `wgl_…`." },
          browserToken: { type: "http", scheme: "bearer", description: "The access_token of POST /loginV2." },
        },
      },
    },
    transform: jsonSchemaTransform,
    // Routes a host adds are its own business.
    hideUntagged: true,
  });
  app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
  return app;
}

/** Without the framework's parser of plain text: JSON under a wrong name would be taken for a wrong body. */
function readJsonOnly(app: RestApp): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) =>
    parse(request, wellFormedJson(body), (error, parsed) => {
      done(error && isJson(body) ? new WaggleError("INVALID_INPUT", { message: forbiddenKey }) : error, parsed);
    }),
  );
}

/** Tells a body that was refused for its keys from one that is no JSON. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

// Neither headers nor the query: both may hold tokens.
function describeRequest(request: FastifyRequest): { method: string; path: string } {
  return { method: request.method, path: request.url.split("?", 1)[0] ?? "" };
}

async function logAnswer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const facts = { ...describeRequest(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
  request.log.info(facts, "Answered.");
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toWaggleError(error);
  if (known.code === "INTERNAL") request.log.error({ err: error, req: request }, "A request failed.");
  const { status, headers, body } = errorAnswer(known);
  return reply.code(status).headers(headers).send(body);
}

/** The path can't be decoded, or is longer than any of ours. */
function answerBadAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const message = "There is no such address. What there is: /openapi.json.";
  return answerError(new WaggleError("NOT_FOUND", { message }), request, reply);
}

/** What arrived is no request, or came too slowly: there is nothing to route. */
function answerBrokenRequest(error: ConnectionError, socket: Duplex): void {
  const messages: Readonly<Record<string, string>> = {
    HPE_HEADER_OVERFLOW: "The headers are larger than 16 KB. Send less in them.",
    ERR_HTTP_REQUEST_TIMEOUT: "The request took too long to arrive. Send it again.",
  };
  const message = messages[error.code] ?? "This is not HTTP as it has to be.";
  refuseOnSocket(socket, new WaggleError("INVALID_FRAME", { message }));
}

/** What is not there, and the nearest thing that is. */
function notFound(request: FastifyRequest, book: RouteBook): WaggleError {
  const { method, path } = describeRequest(request);
  const shown = path.length > longestShownPath ? `${path.slice(0, longestShownPath)}…` : path;
  const allowed = book.methodsOf(path);
  if (allowed.length > 0) {
    const message = `${shown} is not answered to ${method}. Use ${allowed.join(" or ")}; see /openapi.json.`;
    return new WaggleError("METHOD_NOT_ALLOWED", { message, data: { allowed } });
  }
  const meant = book.meantBy(path);
  const hint = meant === undefined ? "" : ` ${meant} is there.`;
  const message = `Nothing answers ${method} ${shown}.${hint} What there is: /openapi.json.`;
  return new WaggleError("NOT_FOUND", { message });
}

function toWaggleError(error: unknown): WaggleError {
  if (error instanceof WaggleError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, message }) => ({ path: instancePath || "/", message }));
    const message = `The request is not as it has to be: ${issues.map(({ path, message }) => `${path} ${message}`).join("; ")}.`;
    return new WaggleError("INVALID_INPUT", { message, data: { issues } });
  }
  if (isFastifyError(error)) return fromFramework(error);
  return internal(error);
}

function fromFramework(error: FastifyError): WaggleError {
  if (error.statusCode === 413) return tooLarge();
  if ((error.statusCode ?? 500) >= 500) return internal(error);
  // The framework's own messages quote the body.
  return new WaggleError("INVALID_INPUT", { message: bodyRefusals[error.code] ?? notJson });
}

function internal(cause: unknown): WaggleError {
  return new WaggleError("INTERNAL", { message: "The request failed on our side. Try again.", cause });
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
}
