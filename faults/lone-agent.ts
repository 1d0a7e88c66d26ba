import { credentials } from "./server-process.ts";

/** What a call was answered with. */
export interface Reply {
  readonly isError: boolean;
  /** Of a failure. */
  readonly code?: string;
  readonly message?: string;
}

const version = "2026-07-28";

/** One title after the other, each with a text of its own; for faults that one writer shows. */
export class LoneAgent {
  /** Texts whose title was answered as done. */
  readonly acknowledged: string[] = [];
  /** Texts whose title was answered as not done. */
  readonly refused: string[] = [];
  readonly #origin: string;
  readonly #templateId: string;
  #titles = 0;

  constructor(origin: string, templateId: string) {
    this.#origin = origin;
    this.#templateId = templateId;
  }

  /** @param size how many letters the text has besides what makes it unlike others */
  async addTitle(size = 0): Promise<Reply> {
    this.#titles += 1;
    const text = `title ${this.#titles} end`;
    const reply = await this.#call("beefree_add_title", { section: 0, text: `${text}${"x".repeat(size)}` });
    (reply.isError ? this.refused : this.acknowledged).push(text);
    return reply;
  }

  async #call(name: string, input: object): Promise<Reply> {
    const _meta = {
      "io.modelcontextprotocol/protocolVersion": version,
      "io.modelcontextprotocol/clientCapabilities": {},
      "io.modelcontextprotocol/clientInfo": { name: "Lone", version: "1" },
    };
    const response = await fetch(`${this.#origin}/v2/sdk/mcp`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${credentials.apiKey}`,
        "x-bee-template-id": this.#templateId,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": version,
        "mcp-method": "tools/call",
        "mcp-name": name,
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: input, _meta } }),
    });
    const { result, error } = await response.json();
    if (error) throw new Error(`${response.status} ${error.message}`);
    return result.isError ? { isError: true, ...JSON.parse(result.content[0].text) } : { isError: false };
  }
}

/** Which of these texts an exported template lacks. */
export function missing(texts: readonly string[], exported: unknown): readonly string[] {
  const json = JSON.stringify(exported);
  return texts.filter((text) => !json.includes(text));
}
