import type { Random } from "@waggle/testing";
import type { Claim, Ledger } from "./claims.ts";
import { subjectKey } from "./claims.ts";
import { type NextEdit, nextEdit, operationOf } from "./next-edit.ts";
import { credentials, pause } from "./server-process.ts";

export interface AgentOptions {
  readonly name: string;
  readonly origin: string;
  readonly templateId: string;
  /** Protocols up to 2025-11-25 have sessions, which a restart forgets; 2026-07-28 has none. */
  readonly era: "2025" | "2026";
  readonly random: Random;
  readonly ledger: Ledger;
  /** At most one agent of a template writes its subject line. */
  readonly ownsSubject: boolean;
}

interface ToolResult {
  readonly isError?: boolean;
  readonly content?: readonly { readonly text?: string }[];
  readonly structuredContent?: { readonly elementId?: string };
}

interface Answer {
  readonly result?: ToolResult;
  readonly error?: { readonly message: string };
}

const modern = "2026-07-28";
const older = "2025-11-25";

/** An agent that edits as fast as it is answered, and remembers what it was told. */
export class Agent {
  readonly #options: AgentOptions;
  #owned: Claim[] = [];
  #session: string | undefined;
  #edits = 0;
  #requests = 0;
  /** After an edit without an answer: it may have happened, or come back with somebody's browser. */
  #mustLook = true;

  constructor(options: AgentOptions) {
    this.#options = options;
    const { ledger, templateId } = options;
    if (options.ownsSubject) this.#owned.push(ledger.claim({ kind: "subject", templateId, key: subjectKey }));
  }

  /** Edits until it is told to stop. Rejects on an answer that should not be. */
  async work(signal: AbortSignal): Promise<void> {
    const { random, name } = this.#options;
    while (!signal.aborted) {
      this.#edits += 1;
      const value = `${name} ${this.#edits} end`;
      const isServed = await this.#edit(nextEdit(random, { owned: this.#owned, value }));
      await pause(isServed ? random.below(8) : 20);
    }
  }

  /** False when no answer came. */
  async #edit(edit: NextEdit): Promise<boolean> {
    const { ledger } = this.#options;
    const claim = edit.act === "add" ? undefined : edit.claim;
    const attempt = claim?.attempt(edit.act === "update" ? edit.value : undefined) ?? 0;
    const result = await this.#callInformed(operationOf(edit), edit.input).catch(ifServerIsGone);
    if (edit.act === "delete") this.#owned = this.#owned.filter((each) => each !== claim);
    if (!result) {
      this.#mustLook = true;
      return false;
    }
    if (result.isError) {
      claim?.withdraw();
      requireHonestRefusal(result);
      return true;
    }
    ledger.answered += 1;
    if (edit.act === "add") this.#added(edit, result);
    else claim?.confirm(attempt);
    return true;
  }

  #added({ kind, value }: Extract<NextEdit, { act: "add" }>, { structuredContent }: ToolResult): void {
    const { ledger, templateId } = this.#options;
    const claim = ledger.claim({ kind, templateId, key: structuredContent?.elementId ?? "" });
    claim.confirm(claim.attempt(value));
    this.#owned.push(claim);
  }

  /** What an agent has not seen is merged with what it writes, so it looks first where it can't know. */
  async #callInformed(tool: string, input: object): Promise<ToolResult> {
    if (this.#mustLook) await this.#call("get_content_hierarchy", {});
    this.#mustLook = false;
    return this.#call(tool, input);
  }

  async #call(tool: string, input: object): Promise<ToolResult> {
    const { era } = this.#options;
    if (era === "2025") this.#session ??= await this.#openSession();
    const name = `beefree_${tool}`;
    const params = { name, arguments: input, ...(era === "2026" ? { _meta: this.#meta() } : {}) };
    const response = await this.#post("tools/call", { params, headers: this.#eraHeaders(name) });
    if (response.status === 404 && this.#session !== undefined) {
      // The server that knew the session was killed.
      this.#session = undefined;
      this.#mustLook = true;
      return this.#callInformed(tool, input);
    }
    const { result, error } = await answerOf(response);
    if (response.status === 503) throw new ServerGoing();
    if (!result) throw new Error(`${name}: ${response.status} ${error?.message ?? ""}`);
    return result;
  }

  #eraHeaders(tool: string): Readonly<Record<string, string>> {
    return this.#options.era === "2026"
      ? { "mcp-protocol-version": modern, "mcp-method": "tools/call", "mcp-name": tool }
      : { "mcp-protocol-version": older, "mcp-session-id": this.#session ?? "" };
  }

  #meta(): object {
    return {
      "io.modelcontextprotocol/protocolVersion": modern,
      "io.modelcontextprotocol/clientCapabilities": {},
      "io.modelcontextprotocol/clientInfo": { name: this.#options.name, version: "1" },
    };
  }

  async #openSession(): Promise<string> {
    const clientInfo = { name: this.#options.name, version: "1" };
    const params = { protocolVersion: older, capabilities: {}, clientInfo };
    const hello = await this.#post("initialize", { params, headers: {} });
    const { error } = await answerOf(hello);
    if (hello.status === 503) throw new ServerGoing();
    if (error) throw new Error(`initialize: ${hello.status} ${error.message}`);
    return hello.headers.get("mcp-session-id") ?? "";
  }

  #post(
    method: string,
    { params, headers }: { readonly params: object; readonly headers: Readonly<Record<string, string>> },
  ): Promise<Response> {
    const { origin, templateId, name } = this.#options;
    this.#requests += 1;
    return fetch(`${origin}/v2/sdk/mcp`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${credentials.apiKey}`,
        "x-bee-template-id": templateId,
        "x-waggle-agent": name,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: this.#requests, method, params }),
    });
  }
}

/** A body is one JSON message, or a stream of events of which the answer is one. */
async function answerOf(response: Response): Promise<Answer> {
  const body = await response.text();
  const line = body.startsWith("{") ? body : (/^data: (\{.*)$/m.exec(body)?.[1] ?? "{}");
  return JSON.parse(line);
}

/** The server ends in order and says so. */
class ServerGoing extends Error {}

/** What `fetch` throws when a connection breaks or is refused is a TypeError; anything else is a mistake. */
function ifServerIsGone(failure: unknown): undefined {
  if (failure instanceof TypeError || failure instanceof ServerGoing) return undefined;
  throw failure;
}

/** Another writer's move of its neighbours may have touched an element; nothing else may stand in the way. */
function requireHonestRefusal({ content }: ToolResult): void {
  const text = content?.[0]?.text ?? "";
  if (!text.includes("STALE_WRITE")) throw new Error(`An edit was refused: ${text.slice(0, 500)}`);
}
