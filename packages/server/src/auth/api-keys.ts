import { WaggleError } from "@waggle/contract";
import type { KeyIdentity } from "../http/ports.ts";
import type { Clock } from "../rooms/clock.ts";
import type { ApiKeyRecord, Storage } from "../storage/storage.ts";
import { digest, equalSecrets } from "./digest.ts";

const rememberedMs = 30_000;
/** A signed token: three parts with dots between. */
const looksLikeToken = /^[\w-]+\.[\w-]+\.[\w-]*$/;
const tokenForKey =
  "This is a browser token. Agents and backends send an API key instead: Authorization: Bearer wgl_….";
const unknownKey = "This API key is not known here. Send the one that the server prints when it starts.";

export interface ApiKeysOptions {
  readonly storage: Pick<Storage, "findApiKey">;
  readonly clock: Pick<Clock, "now">;
}

/** Tells whose an API key is. */
export class ApiKeys {
  readonly #options: ApiKeysOptions;
  /** Valid keys only, so it stays as small as the number of keys. Spares agents' calls a wait for the database. */
  readonly #remembered = new Map<string, { readonly key: ApiKeyRecord; readonly until: number }>();

  constructor(options: ApiKeysOptions) {
    this.#options = options;
  }

  /** Rejects with AUTH_INVALID. */
  async require(presented: string): Promise<KeyIdentity> {
    const hash = digest(presented);
    const recalled = this.#recall(hash);
    const key = recalled ?? (await this.#options.storage.findApiKey(hash));
    if (!key || (!recalled && !equalSecrets(key.hash, hash))) {
      throw new WaggleError("AUTH_INVALID", { message: looksLikeToken.test(presented) ? tokenForKey : unknownKey });
    }
    this.#remembered.set(hash, { key, until: this.#options.clock.now() + rememberedMs });
    return { keyId: key.id, clientId: key.clientId, ...(key.policy && { policy: key.policy }) };
  }

  #recall(hash: string): ApiKeyRecord | undefined {
    const remembered = this.#remembered.get(hash);
    const restMs = (remembered?.until ?? 0) - this.#options.clock.now();
    // Longer than it was remembered for: the clock was put back.
    if (remembered && restMs > 0 && restMs <= rememberedMs) return remembered.key;
    this.#remembered.delete(hash);
    return undefined;
  }
}
