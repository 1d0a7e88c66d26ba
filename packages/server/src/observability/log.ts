/** The names of WAGGLE_LOG, most silent first. */
export const logLevels = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Where the server tells its operator what happened: facts first, then a sentence. Facts are ids, codes, counts and
 * durations; never tokens, template content or prompts.
 */
export interface Log {
  debug(facts: object, sentence: string): void;
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
}

/** What is told of an error. Not its `data` or own fields: those may quote what somebody wrote. */
export type ErrorFacts = {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: ErrorFacts;
};

const deepestCause = 4;

/** The serialiser of errors in log lines. */
export function describeError(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: "Something else than an error was thrown.", stack: "" };
  }
  return {
    type: error.name,
    ...("code" in error && typeof error.code === "string" && { code: error.code }),
    message: error.message,
    stack: error.stack ?? "",
    ...(error.cause !== undefined && depth < deepestCause && { cause: describeError(error.cause, depth + 1) }),
  };
}
