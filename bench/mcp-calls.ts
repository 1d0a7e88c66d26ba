import { Agent, request as httpRequest } from "node:http";

/** One keep-alive connection that makes tool calls in one protocol era, with as little client work as possible. */
export interface Caller {
  call(tool: string, input: Readonly<Record<string, unknown>>): Promise<string>;
  /** The answer to `tools/list`. */
  list(): Promise<string>;
  close(): void;
}

export interface CallerOptions {
  readonly url: string;
  readonly era: "2025" | "2026" | "http";
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const modern = "2026-07-28";

export async function connectCaller({ url, era, headers = {} }: CallerOptions): Promise<Caller> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let nextId = 1;
  const post = (extra: Readonly<Record<string, string>>, message: object): Promise<Answer> =>
    send({ url, agent, headers: { ...headers, ...extra }, body: JSON.stringify(message) });

  const eraHeaders =
    era === "2025" ? await openSession(post) : era === "2026" ? { "mcp-protocol-version": modern } : {};
  const meta =
    era === "2026"
      ? {
          _meta: {
            "io.modelcontextprotocol/protocolVersion": modern,
            "io.modelcontextprotocol/clientCapabilities": {},
            "io.modelcontextprotocol/clientInfo": { name: "bench", version: "1" },
          },
        }
      : {};
  const ask = async (method: string, params: object, name?: string): Promise<string> => {
    nextId += 1;
    const named: Record<string, string> =
      era === "2026" ? { "mcp-method": method, ...(name && { "mcp-name": name }) } : {};
    const message = { jsonrpc: "2.0", id: nextId, method, params: { ...params, ...meta } };
    const answer = await post({ ...eraHeaders, ...named }, message);
    if (answer.status !== 200 || answer.body.includes('"isError":true'))
      throw new Error(`${url}: ${answer.status} ${answer.body.slice(0, 400)}`);
    return answer.body;
  };
  return {
    call: (tool, input) => ask("tools/call", { name: tool, arguments: input }, tool),
    list: () => ask("tools/list", {}),
    close: () => agent.destroy(),
  };
}

/** The id of what an `add_*` tool made, from its answer. */
export function elementIdOf(answer: string): string {
  const elementId = /elementId\\?"\s*:\s*\\?"([^"\\]+)/.exec(answer)?.[1];
  if (!elementId) throw new Error(`No elementId in ${answer}`);
  return elementId;
}

async function openSession(
  post: (extra: Readonly<Record<string, string>>, message: object) => Promise<Answer>,
): Promise<Readonly<Record<string, string>>> {
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "bench", version: "1" } };
  const hello = await post({}, { jsonrpc: "2.0", id: 0, method: "initialize", params });
  if (hello.status !== 200) throw new Error(`initialize: ${hello.status} ${hello.body.slice(0, 400)}`);
  const session = { "mcp-session-id": String(hello.headers["mcp-session-id"]), "mcp-protocol-version": "2025-11-25" };
  await post(session, { jsonrpc: "2.0", method: "notifications/initialized" });
  return session;
}

function send({
  url,
  agent,
  headers,
  body,
}: {
  url: string;
  agent: Agent;
  headers: Readonly<Record<string, string>>;
  body: string;
}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fixed = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "content-length": String(Buffer.byteLength(body)),
    };
    const request = httpRequest(url, { agent, method: "POST", headers: { ...fixed, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}
