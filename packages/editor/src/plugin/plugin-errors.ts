import { type ErrorCode, errorTable, WaggleError } from "@waggle/contract";

/** How the contract's `onError` hears of a failure. */
export interface PluginError {
  /** 5001 general, 5100 open failed, 5150 no such session, 5200 sync failed, 5300 server closed, 5400 network lost, 5500 not allowed, 5600 unavailable. */
  readonly code: number;
  readonly message: string;
  /** The same failure in Waggle's own words. */
  readonly detail: { readonly code: ErrorCode };
}

const general = 5001;
/** How the server closes on who may not come in. */
const notAllowedClose = errorTable.FORBIDDEN.close;

const pluginCodes: Partial<Readonly<Record<ErrorCode, number>>> = {
  NOT_READY: 5100,
  INVALID_TEMPLATE: 5100,
  SESSION_REFUSED: 5100,
  SESSION_RUNNING: 5100,
  TEMPLATE_NOT_FOUND: 5150,
  SESSION_ENDED: 5150,
  INVALID_CHANGE: 5200,
  INVALID_FRAME: 5200,
  NOT_SAVED: 5200,
  STALE_WRITE: 5200,
  SHUTTING_DOWN: 5300,
  TOO_SLOW: 5300,
  CONNECTION_LOST: 5400,
  AUTH_MISSING: 5500,
  AUTH_INVALID: 5500,
  AUTH_EXPIRED: 5500,
  FORBIDDEN: 5500,
  HOST_REFUSED: 5500,
  SEATS_TAKEN: 5500,
  RATE_LIMITED: 5600,
  SERVER_UNREACHABLE: 5600,
};

export function toPluginError(failure: unknown): PluginError {
  if (!(failure instanceof WaggleError)) {
    return { code: general, message: "Something broke in the editor.", detail: { code: "INTERNAL" } };
  }
  return { code: pluginCodeOf(failure), message: failure.message, detail: { code: failure.code } };
}

function pluginCodeOf({ code, data }: WaggleError): number {
  // A session that belongs to somebody else could have been opened, though not by this person.
  if (code === "SESSION_REFUSED" && data.closeCode === notAllowedClose) return 5500;
  return pluginCodes[code] ?? general;
}
