import { Resolver } from "node:dns/promises";
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
  type RequestOptions,
} from "node:http";
import { request as secureRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** Where a connection is about to go. */
export interface Destination {
  readonly hostname: string;
  readonly address: string;
  readonly port: number;
}

/** What decides where requests may go. */
export interface Guard {
  /** The addresses of a host name. Rejects when it has none. */
  resolve(hostname: string): Promise<readonly string[]>;
  mayConnect(destination: Destination): boolean;
}

/** A destination that the guard refuses. */
export class RefusedDestination extends Error {
  override readonly name = "RefusedDestination";
}

const webPorts: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);

/** Asks name servers, not the system's resolver: that has few threads, and a slow server would hold them all. */
export function publicGuard(): Guard {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  return {
    resolve: async (hostname) => {
      const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
      const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
      const failure = answers.find((answer) => answer.status === "rejected");
      if (addresses.length === 0) throw failure?.reason;
      return addresses;
    },
    mayConnect: ({ address, port }) => webPorts.has(port) && isPublicAddress(address),
  };
}

/** What a server said, without the body. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

interface GuardedRequest {
  readonly method: "HEAD" | "GET";
  readonly guard: Guard;
  readonly signal: AbortSignal;
}

/** One request of which only the head of the answer counts: the body is not read. Otherwise as `openGuarded`. */
export async function guardedRequest(url: URL, { method, guard, signal }: GuardedRequest): Promise<Answer> {
  const headers = {
    "user-agent": "Mozilla/5.0 (compatible; Waggle link check)",
    accept: "*/*",
    ...(method === "GET" && { range: "bytes=0-0" }),
  };
  const response = await openGuarded(url, { method, guard, signal, headers });
  // Whatever follows, an endless body or a slow one, is not waited for.
  response.on("error", () => {});
  response.destroy();
  return { status: response.statusCode ?? 0, headers: response.headers };
}

interface OpenedRequest extends GuardedRequest {
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One request, no redirects. The name is resolved once, every address it has is checked, and the connection goes to those
 * very addresses: a name that leads elsewhere the next time gains nothing. Whoever asks reads the body, or destroys it.
 */
export async function openGuarded(url: URL, request: OpenedRequest): Promise<IncomingMessage> {
  const { method, guard, signal, headers } = request;
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? defaultPort(url) : Number(url.port);
  const admit = (address: string): void => {
    if (!guard.mayConnect({ hostname, address, port })) throw new RefusedDestination(`${hostname} is refused`);
  };
  // An address in place of a name is connected to without being looked up.
  if (isIP(hostname) !== 0) admit(hostname);
  const answered = Promise.withResolvers<IncomingMessage>();
  const options: RequestOptions = {
    method,
    hostname,
    port,
    path: `${url.pathname}${url.search}`,
    agent: false,
    signal,
    lookup: checkedLookup(guard, admit),
    headers: { host: url.host, ...headers },
  };
  const sent = (url.protocol === "https:" ? secureRequest : plainRequest)(options, answered.resolve);
  sent.on("error", answered.reject);
  sent.end();
  return answered.promise;
}

const defaultPort = ({ protocol }: URL): number => (protocol === "https:" ? 443 : 80);

function checkedLookup(guard: Guard, admit: (address: string) => void): LookupFunction {
  return (hostname, options, callback) => {
    const resolved = guard.resolve(hostname).then((addresses) => {
      // One private address among public ones is reason enough: which one is taken is not ours to say.
      for (const address of addresses) admit(address);
      return addresses.map((address) => ({ address, family: isIP(address) }));
    });
    resolved.then(
      (list) => {
        const [first] = list;
        if (options.all) callback(null, list);
        else callback(null, first?.address ?? "", first?.family ?? 4);
      },
      (error: NodeJS.ErrnoException) => callback(error, ""),
    );
  };
}
