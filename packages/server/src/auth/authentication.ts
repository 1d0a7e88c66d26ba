import { WaggleError } from "@waggle/contract";
import type { Authenticator, BrowserIdentity, KeyIdentity } from "../http/ports.ts";
import type { ApiKeys } from "./api-keys.ts";
import { requireBearer } from "./bearer.ts";
import type { BrowserTokens, TokenGrant } from "./browser-tokens.ts";
import { equalSecrets } from "./digest.ts";

/** What the host's backend logs a person in with. */
export interface Login {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly uid: string;
}

export interface AuthenticationOptions {
  readonly keys: ApiKeys;
  readonly tokens: BrowserTokens;
  readonly client: Omit<Login, "uid">;
}

/** Every credential the server knows, behind one door. */
export class Authentication implements Authenticator {
  readonly #options: AuthenticationOptions;

  constructor(options: AuthenticationOptions) {
    this.#options = options;
  }

  async requireKey(authorization: string | undefined): Promise<KeyIdentity> {
    return this.#options.keys.require(requireBearer(authorization));
  }

  requireBrowser(token: string | undefined): Promise<BrowserIdentity> {
    return this.#options.tokens.require(token);
  }

  /** Rejects with AUTH_INVALID. */
  async login({ clientId, clientSecret, uid }: Login): Promise<TokenGrant> {
    const { client, tokens } = this.#options;
    const [sameId, sameSecret] = [
      equalSecrets(clientId, client.clientId),
      equalSecrets(clientSecret, client.clientSecret),
    ];
    if (!sameId || !sameSecret) {
      // Not which of the two.
      const message = "client_id or client_secret is wrong. Send those that the server was started with.";
      throw new WaggleError("AUTH_INVALID", { message });
    }
    return tokens.issue({ clientId, handle: uid, role: "editor" });
  }

  renew(token: string | undefined): Promise<TokenGrant> {
    return this.#options.tokens.renew(token);
  }
}
