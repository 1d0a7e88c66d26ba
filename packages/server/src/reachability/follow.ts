import { type Answer, type Guard, guardedRequest, RefusedDestination } from "./guarded-request.ts";

export interface FollowOptions {
  readonly guard: Guard;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** For each request. */
  readonly timeoutMs: number;
  /** Asks a second time when the first answer does not say what is wanted. */
  readonly isEnough: (answer: Answer) => boolean;
}

/** Where an address leads in the end. */
export interface Followed {
  readonly answer: Answer;
  /** The last address. */
  readonly url: URL;
  readonly redirects: number;
}

/** Why an address could not be followed, in words for people. */
export class NotFollowed extends Error {
  override readonly name = "NotFollowed";
  /** The fault lies with us or the network: nothing is known of the address. */
  readonly isOurs: boolean;

  constructor(reason: string, { isOurs = false }: { isOurs?: boolean } = {}) {
    super(reason);
    this.isOurs = isOurs;
  }
}

const mostRedirects = 5;

/** Follows an address over its redirects, each checked like the first. Throws NotFollowed. */
export async function follow(address: string, options: FollowOptions): Promise<Followed> {
  let url = webAddress(address, undefined);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await ask(url, options);
    const next = redirectIn(answer);
    if (next === undefined) return { answer, url, redirects };
    url = webAddress(next, url);
  }
  throw new NotFollowed(`it redirects more than ${mostRedirects} times`);
}

function webAddress(address: string, base: URL | undefined): URL {
  const url = URL.parse(address, base?.href);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new NotFollowed(base ? "it redirects to something that is no web address" : "it is no web address");
}

function redirectIn({ status, headers }: Answer): string | undefined {
  return [301, 302, 303, 307, 308].includes(status) ? headers.location : undefined;
}

/** The cheap question first; many servers answer only the other one. */
async function ask(url: URL, { guard, signal, timeoutMs, isEnough }: FollowOptions): Promise<Answer> {
  const send = (method: "HEAD" | "GET"): Promise<Answer> => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    return guardedRequest(url, { method, guard, signal: limited });
  };
  try {
    const answer = await send("HEAD").catch((error: unknown) => {
      if (!isBroken(error)) throw error;
      return undefined;
    });
    if (answer && (redirectIn(answer) !== undefined || isEnough(answer))) return answer;
    return await send("GET");
  } catch (error) {
    throw reasonOf(error, { signal, timeoutMs });
  }
}

/** The connection broke off; some servers do that to every question but the usual one. */
function isBroken(error: unknown): boolean {
  return ["ECONNRESET", "EPIPE"].includes(codeOf(error)) || codeOf(error).startsWith("HPE_");
}

/** Our own network or name server is out of order. */
const ours: ReadonlySet<string> = new Set(["ESERVFAIL", "ETIMEOUT", "EREFUSED", "ENETUNREACH", "ENETDOWN", "EMFILE"]);
const noHost: ReadonlySet<string> = new Set(["ENOTFOUND", "ENODATA", "EBADNAME", "EBADRESP", "EFORMERR"]);

function reasonOf(error: unknown, { signal, timeoutMs }: Pick<FollowOptions, "signal" | "timeoutMs">): unknown {
  if (signal.aborted) return new NotFollowed("there was no time left to look", { isOurs: true });
  const code = codeOf(error);
  // In one breath: who asks is not told which names exist inside a private network.
  if (error instanceof RefusedDestination || noHost.has(code)) return new NotFollowed("its host has no public address");
  if (isTimeout(error) || code === "ETIMEDOUT")
    return new NotFollowed(`it did not answer within ${timeoutMs / 1000} s`);
  if (ours.has(code)) return new NotFollowed(`it could not be looked up (${code})`, { isOurs: true });
  if (/CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS/.test(code)) return new NotFollowed("its certificate is not valid");
  if (code !== "") return new NotFollowed(`the connection failed (${code})`);
  return error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}
