import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that speaks as Pexels does. */
export interface PexelsSite {
  readonly url: URL;
  /** What was asked, as queries. */
  readonly asked: URLSearchParams[];
  /** Answers the next requests, in order; then as Pexels does. */
  readonly instead: Answer[];
}

export const goodKey = "good-pexels-key-563492ad6f91700001000001";
export const monthEnds = 1_800_000_000;

/** Photo number `id`, as in the API's documentation. */
export function photo(id: number, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const original = `https://images.pexels.com/photos/${id}/pexels-photo-${id}.jpeg`;
  return {
    id,
    width: 4000,
    height: 3000,
    url: `https://www.pexels.com/photo/trees-during-day-${id}/`,
    photographer: "Joey Farina",
    photographer_url: "https://www.pexels.com/@joey",
    photographer_id: 680_589,
    avg_color: "#978E82",
    src: { original, large: `${original}?auto=compress&cs=tinysrgb&h=650&w=940` },
    liked: false,
    alt: "Brown Rocks During Golden Hour",
    ...changes,
  };
}

export const json =
  (body: unknown, { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };

export async function openPexelsSite(): Promise<PexelsSite> {
  const asked: URLSearchParams[] = [];
  const instead: Answer[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://pexels.test");
    asked.push(url.searchParams);
    (instead.shift() ?? usual(url))(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}`), asked, instead };
}

function usual({ pathname, searchParams }: URL): Answer {
  return (request, response) => {
    if (request.headers.authorization !== goodKey) json({ error: "Unauthorized" }, { status: 401 })(request, response);
    else if (pathname !== "/v1/search") json({ status: 404, error: "Not Found" }, { status: 404 })(request, response);
    else if (!searchParams.get("query")) json({ status: 400, code: "Bad Request" }, { status: 400 })(request, response);
    else json(...pageOf(searchParams))(request, response);
  };
}

function pageOf(query: URLSearchParams): Parameters<typeof json> {
  const [page, perPage] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? 15)];
  const photos = Array.from({ length: perPage }, (_, at) => photo((page - 1) * perPage + at + 1));
  const headers = {
    "x-ratelimit-limit": "20000",
    "x-ratelimit-remaining": "19684",
    "x-ratelimit-reset": String(monthEnds),
  };
  return [{ total_results: 8000, page, per_page: perPage, photos }, { headers }];
}
