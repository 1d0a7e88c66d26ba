/** How an error looks at each door. Total over the codes, so a new code without an answer does not compile. */
interface ErrorRow {
  /** HTTP status of REST answers. */
  readonly http: number;
  /** Numeric `code` of REST bodies `{code, message, details}`; the vendor's where one is known (contract §3). */
  readonly rest: number;
  /** JSON-RPC code of MCP protocol errors; tool failures are results with `isError` instead. */
  readonly rpc: number;
  /** WebSocket close code; 44xx is permanent for y-websocket, others are tried again. */
  readonly close: number;
  /** Whether the same call may succeed later without being changed. */
  readonly retry: boolean;
}

const row = (
  [http, rest, rpc, close]: readonly [number, number, number, number],
  options?: { retry: true },
): ErrorRow => ({
  http,
  rest,
  rpc,
  close,
  retry: options?.retry ?? false,
});

/** Every error Waggle answers with. */
export const errorTable = {
  AUTH_MISSING: row([401, 4001, -32001, 4401]),
  AUTH_INVALID: row([401, 4005, -32001, 4401]),
  AUTH_EXPIRED: row([401, 4010, -32001, 4401]),
  FORBIDDEN: row([403, 4030, -32003, 4403]),
  HOST_REFUSED: row([403, 4031, -32003, 4403]),
  TEMPLATE_NOT_FOUND: row([404, 4040, -32002, 4404]),
  ELEMENT_NOT_FOUND: row([404, 4041, -32602, 4404]),
  NOT_FOUND: row([404, 4042, -32601, 4404]),
  METHOD_NOT_ALLOWED: row([405, 4050, -32601, 4404]),
  GENERATION_CHANGED: row([409, 4090, -32009, 4409], { retry: true }),
  STALE_WRITE: row([409, 4091, -32009, 4400]),
  /** A person has the element selected, or edits it, and the agent works for somebody else. */
  LOCKED: row([423, 4230, -32009, 4400], { retry: true }),
  /** The policy of the API key or of the session does not allow it. */
  POLICY_REFUSED: row([403, 4034, -32003, 4403]),
  /** The idempotency key was used for another call. */
  KEY_REUSED: row([409, 4095, -32009, 4400]),
  SESSION_ENDED: row([410, 4100, -32010, 4410]),
  SESSION_RUNNING: row([409, 4092, -32009, 4400]),
  EDITOR_OUTDATED: row([409, 4094, -32009, 4400]),
  SESSION_REFUSED: row([403, 4032, -32003, 4403]),
  SEATS_TAKEN: row([403, 4033, -32003, 4403], { retry: true }),
  VERSION_GONE: row([410, 4101, -32010, 4410]),
  INVALID_INPUT: row([400, 2200, -32602, 4400]),
  INVALID_TEMPLATE: row([400, 2201, -32602, 4400]),
  INVALID_CHANGE: row([422, 2202, -32602, 4400]),
  INVALID_FRAME: row([400, 2203, -32600, 1008]),
  /** A script of code mode does not fit its API; nothing of it ran. */
  SCRIPT_INVALID: row([400, 2204, -32602, 4400]),
  /** A script of code mode threw or reached a limit; nothing of it was kept. */
  SCRIPT_FAILED: row([422, 2205, -32602, 4400]),
  BODY_TOO_LARGE: row([413, 4130, -32600, 1009]),
  RATE_LIMITED: row([429, 4290, -32029, 4429], { retry: true }),
  TOO_SLOW: row([503, 5030, -32030, 1013], { retry: true }),
  NOT_SAVED: row([503, 5031, -32030, 1011], { retry: true }),
  SHUTTING_DOWN: row([503, 5032, -32030, 1012], { retry: true }),
  NOT_READY: row([409, 4093, -32009, 4400], { retry: true }),
  SERVER_UNREACHABLE: row([503, 5033, -32030, 1013], { retry: true }),
  CONNECTION_LOST: row([503, 5400, -32030, 1013], { retry: true }),
  INTERNAL: row([500, 5001, -32603, 1011], { retry: true }),
} as const satisfies Record<string, ErrorRow>;

/** The closed set of error codes. */
export type ErrorCode = keyof typeof errorTable;

export interface WaggleErrorOptions {
  /** What happened and what to do next, for the reader at that door. Never holds template content, tokens or prompts. */
  readonly message: string;
  /** Machine-readable facts: ids, allowed values, JSON pointers. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The one error class. Host-facing promises reject with it; `error` has the contract's shape.
 *
 * @example
 * try { await bee.startMcpSession() } catch (failure) { console.log(failure.error.code) }
 */
export class WaggleError extends Error {
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, { message, data = {}, cause }: WaggleErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "WaggleError";
    this.code = code;
    this.data = data;
  }

  /** `{code, message}`, the shape of contract §1. */
  get error(): { readonly code: ErrorCode; readonly message: string } {
    return { code: this.code, message: this.message };
  }
}

/** Whether a value is an error code, for errors that arrive over a wire. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(errorTable, value);
}
