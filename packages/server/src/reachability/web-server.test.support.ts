import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Destination, Guard } from "./guarded-request.ts";
import { isPublicAddress } from "./public-address.ts";

/** A web server on this machine, and what it was asked. */
export interface TestSite {
  readonly port: number;
  readonly asked: readonly string[];
  /** An address on this site under a made-up name. */
  url(path: string, host?: string): string;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves what each path says while `use` runs. */
export async function withSite(
  answers: Readonly<Record<string, Answer>>,
  use: (site: TestSite) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? "";
    asked.push(`${request.method} ${path}`);
    (answers[path] ?? status(404))(request, response);
  };
  const server = createServer(listener);
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  try {
    await use({ port, asked, url: (path, host = "site.test") => `http://${host}:${port}${path}` });
  } finally {
    const closed = Promise.withResolvers<void>();
    server.close(() => closed.resolve());
    server.closeAllConnections();
    await closed.promise;
  }
}

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) => {
    response.writeHead(code, headers).end();
  };

export const redirect = (location: string): Answer => status(302, { location });

/** Names ending in .test lead to this machine and may be gone to; everything else is judged as in life. */
export function testGuard(
  names: Readonly<Record<string, readonly string[]>> = {},
): Guard & { readonly looked: string[] } {
  const looked: string[] = [];
  return {
    looked,
    resolve: async (hostname) => {
      looked.push(hostname);
      return names[hostname] ?? ["127.0.0.1"];
    },
    mayConnect: ({ hostname, address }: Destination) =>
      isPublicAddress(address) || (hostname.endsWith(".test") && address === "127.0.0.1"),
  };
}
