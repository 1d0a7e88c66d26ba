import type { ServerResponse } from "node:http";
import {
  isJSONRPCRequest,
  type ListToolsResult,
  type RequestId,
  SUPPORTED_PROTOCOL_VERSIONS,
} from "@modelcontextprotocol/server";
import type { Exchange } from "./exchange.ts";
import { findHeader, memberOf } from "./named-values.ts";

/** What the protocol library is given to list instead, and writes in an answer of its own. */
export const placeholder: ListToolsResult = { tools: [] };
const placeholderText = '"tools":[]';
const jsonAndStream = ["application/json", "text/event-stream"];

/** Lists of tools as bytes, made once: writing a hundred kilobytes of JSON costs more than all the rest of an answer. */
export class ReadyLists {
  readonly #bytes = new WeakMap<ListToolsResult, Buffer>();

  /** The answer to a request that `asksForList`, with what the protocol library has to say around it. */
  splice(answer: string, list: ListToolsResult): Buffer {
    const at = answer.indexOf(placeholderText);
    // A refusal, such as that of a cursor that is no text.
    if (at < 0) return Buffer.from(answer);
    const before = answer.slice(0, at) + placeholderText.slice(0, -"[]".length);
    return Buffer.concat([
      Buffer.from(before),
      this.#toolsOf(list),
      Buffer.from(answer.slice(at + placeholderText.length)),
    ]);
  }

  /** Answers a request of a 2025-era session that `asksPlainly`, as the protocol library would. */
  answer(response: ServerResponse, list: ListToolsResult, { sessionId, id }: ListRequest): void {
    const rpc = JSON.stringify({ result: placeholder, jsonrpc: "2.0", id });
    const body = this.splice(`event: message\ndata: ${rpc}\n\n`, list);
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "mcp-session-id": sessionId,
      "content-length": body.length,
    });
    response.end(body);
  }

  #toolsOf(list: ListToolsResult): Buffer {
    const known = this.#bytes.get(list) ?? Buffer.from(JSON.stringify(list.tools));
    this.#bytes.set(list, known);
    return known;
  }
}

export interface ListRequest {
  readonly sessionId: string;
  readonly id: RequestId;
}

export function asksForList(body: unknown): boolean {
  return memberOf(body, "method") === "tools/list";
}

/**
 * The id of a `tools/list` of a 2025-era session that the protocol library would answer with the list alone. Everything
 * else, and what it would refuse, is left to the library.
 */
export function asksPlainly({ request, body }: Pick<Exchange, "request" | "body">): RequestId | undefined {
  if (!asksForList(body) || !isJSONRPCRequest(body) || body.params?.cursor !== undefined) return undefined;
  const accepted = findHeader(request, "accept") ?? "";
  const version = findHeader(request, "mcp-protocol-version");
  const isAccepted = jsonAndStream.every((type) => accepted.includes(type));
  const isSpoken = version === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(version);
  return isAccepted && isSpoken ? body.id : undefined;
}
