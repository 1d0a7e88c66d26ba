import type { IncomingMessage, ServerResponse } from "node:http";
import type { AnyOperation } from "@waggle/contract";
import type { OperationContext } from "@waggle/operations";
import type { McpEndpoint } from "../http/ports.ts";
import { createMcpEndpoint, type McpEndpointOptions } from "../mcp/endpoint.ts";
import type { CodeMode } from "./code-mode.ts";

export interface CodeModeDoorOptions extends Omit<McpEndpointOptions, "catalogue"> {
  /** What scripts can call. */
  readonly catalogue: readonly AnyOperation<OperationContext>[];
}

interface Opened {
  readonly codeMode: CodeMode;
  readonly endpoint: McpEndpoint;
}

/**
 * The address of code mode: the same endpoint as that of the tools, with `execute` as its only tool. Compiler and engine
 * are loaded for the first request, so that a server nobody sends scripts to is up sooner and smaller.
 */
export class CodeModeDoor implements McpEndpoint {
  readonly #options: CodeModeDoorOptions;
  #opened: Promise<Opened> | undefined;
  #isClosed = false;

  constructor(options: CodeModeDoorOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#opened ??= this.#open();
    const { endpoint } = await this.#opened;
    await endpoint.handle(request, response);
  }

  /** Answers the scripts under way, then ends every process and thread. A second call does nothing. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const opened = await this.#opened;
    if (!opened) return;
    await opened.endpoint.close();
    opened.codeMode.close();
  }

  async #open(): Promise<Opened> {
    const { CodeMode } = await import("./code-mode.ts");
    const codeMode = new CodeMode(this.#options);
    const endpoint = createMcpEndpoint({
      ...this.#options,
      authenticate: async (request) => {
        const key = await this.#options.authenticate(request);
        // Whoever comes to this door sends a script next.
        codeMode.warm();
        return key;
      },
      catalogue: [codeMode.tool],
    });
    return { codeMode, endpoint };
  }
}
