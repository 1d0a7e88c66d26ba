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
import { findNamedValue, memberOf } from "./named-values.ts";
import { asksForList, placeholder, ReadyLists } from "./ready-list.ts";
import { closedEarly, sendBytes, sendResponse, toWebRequest } from "./web-exchange.ts";

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
    const closed = closedEarly(response);
    const webRequest = toWebRequest(request, closed);
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
