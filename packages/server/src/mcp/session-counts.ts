import { WaggleError } from "@waggle/contract";

/** How many MCP sessions each API key has, those that are being opened included. */
export class SessionCounts {
  readonly #limit: number;
  readonly #counts = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  isFull(keyId: string): boolean {
    return this.#of(keyId) >= this.#limit;
  }

  /** Takes a place; the returned function gives it back, once. Throws RATE_LIMITED. */
  take(keyId: string): () => void {
    if (this.isFull(keyId)) throw tooMany(this.#limit);
    this.#counts.set(keyId, this.#of(keyId) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = this.#of(keyId) - 1;
      if (left > 0) this.#counts.set(keyId, left);
      else this.#counts.delete(keyId);
    };
  }

  #of(keyId: string): number {
    return this.#counts.get(keyId) ?? 0;
  }
}

function tooMany(limit: number): WaggleError {
  return new WaggleError("RATE_LIMITED", {
    message: `This API key has ${limit} MCP sessions in use. End one (DELETE with its Mcp-Session-Id), or wait until an agent has been silent for two minutes.`,
    data: { limit },
  });
}
