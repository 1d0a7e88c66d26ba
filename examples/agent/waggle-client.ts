import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import type { AgentOptions } from "./options.ts";

/** A tool call that the server refused, with its code. */
export class ToolRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type ToolInput = Readonly<Record<string, unknown>>;
export type ToolOutput = Readonly<Record<string, unknown>>;

/** The tools of one template. */
export interface WaggleTools {
  /** Calls a tool by its name without prefix. Rejects with ToolRefusal. */
  call(tool: string, input?: ToolInput): Promise<ToolOutput>;
}

/** An MCP client on one template. */
export class WaggleClient implements WaggleTools {
  readonly #client: Client;
  readonly #transport: StreamableHTTPClientTransport;
  readonly #era: AgentOptions["era"];
  #prefix = "";

  constructor({ url, template, key, era, name, handle }: Omit<AgentOptions, "paceMs">) {
    const headers = {
      authorization: `Bearer ${key}`,
      "x-bee-template-id": template,
      ...(handle === undefined ? {} : { "x-bee-user-handle": handle }),
    };
    const mode = era === "2026" ? { pin: "2026-07-28" } : "legacy";
    this.#era = era;
    this.#transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
    this.#client = new Client({ name, version: "0.1.0" }, { versionNegotiation: { mode } });
  }

  /** Connects and looks at the tools. Answers with how many there are. */
  async connect(): Promise<number> {
    await this.#client.connect(this.#transport);
    const { tools } = await this.#client.listTools();
    const known = "get_content_hierarchy";
    const reader = tools.find(({ name }) => name.endsWith(known));
    if (!reader) throw new Error(`The server has no tool ${known}: is this a Waggle MCP endpoint?`);
    this.#prefix = reader.name.slice(0, -known.length);
    return tools.length;
  }

  async call(tool: string, input: ToolInput = {}): Promise<ToolOutput> {
    const result = await this.#client.callTool({ name: this.#prefix + tool, arguments: { ...input } });
    if (result.isError) throw refusalOf(result);
    return isObject(result.structuredContent) ? result.structuredContent : {};
  }

  /** Says goodbye, so that people see at once that the agent is done, and disconnects. */
  async leave(): Promise<void> {
    try {
      if (this.#era === "2025") await this.#transport.terminateSession();
      else await this.#client.request({ method: "waggle/leave", params: {} }, anyResult);
    } finally {
      await this.#client.close();
    }
  }
}

/** The answer to a goodbye says nothing, so anything will do. */
const anyResult = {
  "~standard": { version: 1, vendor: "waggle", validate: (value: unknown) => ({ value }) },
} as const;

function refusalOf({ content }: Awaited<ReturnType<Client["callTool"]>>): ToolRefusal {
  const [first] = content;
  const text = first?.type === "text" ? first.text : "";
  const error = parseJson(text);
  const code = isObject(error) && typeof error.code === "string" ? error.code : "UNKNOWN";
  return new ToolRefusal(code, isObject(error) && typeof error.message === "string" ? error.message : text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is ToolOutput {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
