import { routes, WaggleError } from "@waggle/contract";
import type { PluginToken } from "./plugin-config.ts";

/** The token of a page that has no function to get another one: the server renews it, or the host brings a new one. */
export class TokenKeeper {
  readonly #server: string;
  #grant: PluginToken;
  #isFresh = true;

  constructor(grant: PluginToken, server: string) {
    this.#grant = grant;
    this.#server = server;
  }

  /** A new one from the host is given out once before the server is asked. */
  update(grant: PluginToken): void {
    this.#grant = grant;
    this.#isFresh = true;
  }

  /** The token at first; whenever it is asked for again, a later one. */
  async next(): Promise<PluginToken> {
    if (!this.#isFresh) this.#grant = await this.#renew();
    this.#isFresh = false;
    return this.#grant;
  }

  async #renew(): Promise<PluginToken> {
    const response = await fetch(`${this.#server}${routes.token}`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.#grant.access_token}` },
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok && isGrant(answer)) return answer;
    const message = `The token was not renewed (${response.status}). Call updateToken with a new one of POST /loginV2.`;
    throw new WaggleError("AUTH_EXPIRED", { message });
  }
}

function isGrant(value: unknown): value is PluginToken {
  return (
    typeof value === "object" && value !== null && "access_token" in value && typeof value.access_token === "string"
  );
}
