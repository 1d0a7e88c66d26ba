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
import { errorAnswer } from "./error-body.ts";
import type { FrontDoor } from "./front-door.ts";
import { refuseOnSocket } from "./raw-answer.ts";
import { wellFormedJson } from "./well-formed.ts";

/** The web framework as routes see it: zod schemas in, typed requests out. */
export type RestApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

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
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerBadAddress,
    logController: new LogController({ disableRequestLogging: true }),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  readJsonOnly(app);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
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
    parse(request, wellFormedJson(body), done),
  );
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

function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { method, path } = describeRequest(request);
  const message = `Nothing answers ${method} ${path}. What there is: /openapi.json.`;
  return answerError(new WaggleError("NOT_FOUND", { message }), request, reply);
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
  if (error.statusCode === 413) {
    const limit = sizes.httpBody;
    return new WaggleError("BODY_TOO_LARGE", { message: `A body may have ${limit} bytes at most.`, data: { limit } });
  }
  if (error.statusCode === 415) {
    return new WaggleError("INVALID_INPUT", { message: "Send JSON, with the header Content-Type: application/json." });
  }
  // The framework's own message quotes the body.
  if ((error.statusCode ?? 500) < 500) {
    return new WaggleError("INVALID_INPUT", { message: "The body has to be JSON, without a key named __proto__." });
  }
  return internal(error);
}

function internal(cause: unknown): WaggleError {
  return new WaggleError("INTERNAL", { message: "The request failed on our side. Try again.", cause });
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
}
