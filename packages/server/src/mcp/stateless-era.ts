import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import {
  CLIENT_INFO_META_KEY,
  createMcpHandler,
  type McpHttpHandler,
  type McpServer,
  Server,
} from "@modelcontextprotocol/server";
import { headers, WaggleError } from "@waggle/contract";
import { statelessAgent } from "./agent-identity.ts";
import { type AgentPlaces, arrive, type Caller, type ProtocolServers, unknownMethod } from "./agent-server.ts";
import type { Exchange } from "./exchange.ts";
import { findHeader, findNamedValue, memberOf } from "./named-values.ts";
import { asksForList, placeholder, ReadyLists } from "./ready-list.ts";

export interface StatelessEraOptions extends AgentPlaces {
  readonly servers: ProtocolServers;
}

/** The protocol from 2026-07-28 on: no sessions; every request says who calls and which template it is about. */
export class StatelessEra {
  readonly #options: StatelessEraOptions;
  readonly #handler: McpHttpHandler;
  /** Who is behind a request that is on its way through the protocol library. */
  readonly #callers = new WeakMap<Request, Caller>();
  readonly #lists = new ReadyLists();

  constructor(options: StatelessEraOptions) {
    this.#options = options;
    this.#handler = createMcpHandler(({ requestInfo }) => this.#createServer(requestInfo), { legacy: "reject" });
  }

  async serve({ request, response, key, body }: Exchange): Promise<void> {
    const caller = identify({ request, key, body });
    if (asksForList(body)) await this.#announce(caller);
    const closed = new AbortController();
    response.once("close", () => closed.abort());
    const webRequest = toWebRequest(request, closed.signal);
    this.#callers.set(webRequest, caller);
    const answer = await this.#handler.fetch(webRequest, { parsedBody: body });
    // The library only says that the method is not there.
    if (answer.status === 404) throw noSuchMethod(body);
    const list = asksForList(body) && answer.status === 200 ? this.#options.servers.findList?.(caller) : undefined;
    if (list) sendBytes(answer, response, this.#lists.splice(await answer.text(), list));
    else await sendResponse(answer, response);
  }

  close(): Promise<void> {
    return this.#handler.close();
  }

  #createServer(request: Request | undefined): Server | McpServer {
    const { servers } = this.#options;
    const server = servers.create({ caller: () => this.#callerOf(request), notify: this.#handler.notify });
    // Written into the answer when the library has had its say.
    if (servers.findList && server instanceof Server) server.setRequestHandler("tools/list", () => placeholder);
    return server;
  }

  /** An agent that looks at the tools of a template is there already; a template it cannot edit is no reason not to answer. */
  async #announce(caller: Caller): Promise<void> {
    if (caller.templateId === undefined) return;
    try {
      await arrive(this.#options, caller);
    } catch (failure) {
      if (!(failure instanceof WaggleError)) throw failure;
    }
  }

  #callerOf(request: Request | undefined): Caller {
    const caller = request && this.#callers.get(request);
    if (!caller) throw new Error("A request reached the protocol server without its caller.");
    return caller;
  }
}

function noSuchMethod(body: unknown): WaggleError {
  return new WaggleError("NOT_FOUND", { message: unknownMethod(String(memberOf(body, "method"))) });
}

function identify({ request, key, body }: Omit<Exchange, "response">): Caller {
  // Clients ask what this server is before they say what they want of it; nothing they name may stand in the way.
  const isProbe = memberOf(body, "method") === "server/discover";
  const templateId = isProbe ? undefined : findNamedValue(request, body, headers.templateId);
  const meta = memberOf(memberOf(body, "params"), "_meta");
  const clientName = memberOf(memberOf(meta, CLIENT_INFO_META_KEY), "name");
  const actor = statelessAgent({
    keyId: key.keyId,
    templateId,
    userHandle: findNamedValue(request, body, headers.userHandle),
    clientName: typeof clientName === "string" ? clientName : undefined,
    agent: findNamedValue(request, body, headers.agent),
  });
  return { ...key, actor, templateId };
}

const passedOn = ["content-type", "accept"];

/** The request without its body, which goes along parsed: the library's own adapter would write and read it once more. */
function toWebRequest(request: IncomingMessage, signal: AbortSignal): Request {
  // All of the protocol's own, which the library compares with the body.
  const names = [...passedOn, ...Object.keys(request.headers).filter((name) => name.startsWith("mcp-"))];
  const values = names.map((name): [string, string | undefined] => [name, findHeader(request, name)]);
  const present = values.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Request("http://localhost/", { method: "POST", headers: present, signal });
}

function sendBytes({ status, headers: fields }: Response, target: ServerResponse, body: Buffer): void {
  target.writeHead(status, { ...Object.fromEntries(fields), "content-length": body.length });
  target.end(body);
}

async function sendResponse(source: Response, target: ServerResponse): Promise<void> {
  if (source.headers.get("content-type") !== "text/event-stream") {
    sendBytes(source, target, Buffer.from(await source.text()));
    return;
  }
  target.writeHead(source.status, Object.fromEntries(source.headers));
  if (!source.body) {
    target.end();
    return;
  }
  // Node's and the DOM's stream types differ in name only.
  await pipeline(Readable.fromWeb(source.body as ReadableStream), target).catch(() => target.destroy());
}
