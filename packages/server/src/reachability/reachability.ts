import type { LinkState, PictureWeight } from "@waggle/checks";
import { type FollowOptions, follow, NotFollowed } from "./follow.ts";
import { type Answer, type Guard, publicGuard } from "./guarded-request.ts";
import { Turnstile } from "./turnstile.ts";

/** Looks at addresses on the web, for the checks that ask about links and pictures. */
export interface Reachability {
  /** Whether these links work. */
  links(addresses: readonly string[]): Promise<ReadonlyMap<string, LinkState>>;
  /** What these pictures weigh. */
  pictures(addresses: readonly string[]): Promise<ReadonlyMap<string, PictureWeight>>;
  /** Gives up on everything under way. */
  close(): void;
}

export interface ReachabilityOptions {
  readonly guard?: Guard;
  readonly requestMs?: number;
  readonly totalMs?: number;
}

const requestMs = 5000;
const totalMs = 20_000;
/** Over all who ask: this server must not become a means to flood others. */
const atOnce = 6;
/** No e-mail has more; what comes after is not looked at. */
const mostAddresses = 200;

/** The fetcher: it goes to public addresses only, at the first step and at each redirect, and reads no bodies. */
export class WebReachability implements Reachability {
  readonly #options: Required<ReachabilityOptions>;
  readonly #turnstile = new Turnstile(atOnce);
  readonly #closing = new AbortController();

  constructor(options: ReachabilityOptions = {}) {
    this.#options = { guard: publicGuard(), requestMs, totalMs, ...options };
  }

  links(addresses: readonly string[]): Promise<ReadonlyMap<string, LinkState>> {
    return this.#each(addresses, { isEnough: isGood, read: readLink, failed: linkFailure });
  }

  pictures(addresses: readonly string[]): Promise<ReadonlyMap<string, PictureWeight>> {
    return this.#each(addresses, {
      isEnough: saysSize,
      read: readWeight,
      failed: ({ message }) => ({ failed: message }),
    });
  }

  close(): void {
    this.#closing.abort();
  }

  async #each<Found>(addresses: readonly string[], question: Question<Found>): Promise<ReadonlyMap<string, Found>> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(this.#options.totalMs)]);
    const asked = [...new Set(addresses)].slice(0, mostAddresses);
    const found = await Promise.all(
      asked.map(async (address) => [address, await this.#one(address, question, signal)] as const),
    );
    return new Map(found);
  }

  async #one<Found>(address: string, { isEnough, read, failed }: Question<Found>, signal: AbortSignal): Promise<Found> {
    const { guard, requestMs: timeoutMs } = this.#options;
    const options: FollowOptions = { guard, signal, timeoutMs, isEnough };
    try {
      return await this.#turnstile.run(async () => {
        if (signal.aborted) throw new NotFollowed("there was no time left to look", { isOurs: true });
        return read(await follow(address, options));
      });
    } catch (error) {
      if (error instanceof NotFollowed) return failed(error);
      throw error;
    }
  }
}

interface Question<Found> {
  readonly isEnough: (answer: Answer) => boolean;
  readonly read: (followed: Awaited<ReturnType<typeof follow>>) => Found;
  readonly failed: (failure: NotFollowed) => Found;
}

const isGood = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Answers that sites give to programs while browsers get the page. */
const notForPrograms: ReadonlySet<number> = new Set([401, 403, 405, 406, 407, 416, 429, 503, 999]);

function readLink({ answer, url, redirects }: Awaited<ReturnType<typeof follow>>): LinkState {
  const { status } = answer;
  if (isGood(answer)) return redirects > 0 ? { state: "reached", redirectedTo: url.href } : { state: "reached" };
  if (notForPrograms.has(status)) return { state: "unknown", reason: `the site does not answer programs (${status})` };
  return { state: "unreached", reason: `the server answers ${status}` };
}

function linkFailure({ message, isOurs }: NotFollowed): LinkState {
  return { state: isOurs ? "unknown" : "unreached", reason: message };
}

const saysSize = (answer: Answer): boolean => isGood(answer) && sizeIn(answer) !== undefined;

/** The whole file's bytes, also where only a part was asked for. */
function sizeIn({ status, headers }: Answer): number | undefined {
  const text = status === 206 ? /\/(\d+)\s*$/.exec(headers["content-range"] ?? "")?.[1] : headers["content-length"];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function readWeight({ answer }: Awaited<ReturnType<typeof follow>>): PictureWeight {
  if (!isGood(answer)) return { failed: `the server answers ${answer.status}` };
  const bytes = sizeIn(answer);
  return bytes === undefined ? { failed: "the server does not say how large it is" } : { bytes };
}
