import type { FastifyRequest } from "fastify";

/**
 * Looks at the credential of a request before its body is read: whoever has none costs nothing, and learns nothing of what
 * else is wrong.
 */
export class Admission<Identity> {
  readonly #identify: (authorization: string | undefined) => Promise<Identity>;
  readonly #admitted = new WeakMap<FastifyRequest, Identity>();

  /** @param identify rejects when the `Authorization` header is not good enough */
  constructor(identify: (authorization: string | undefined) => Promise<Identity>) {
    this.#identify = identify;
  }

  /** For `onRequest` of a route. */
  readonly check = async (request: FastifyRequest): Promise<void> => {
    this.#admitted.set(request, await this.#identify(request.headers.authorization));
  };

  /** Who sent a request that was admitted. */
  of(request: FastifyRequest): Identity {
    const identity = this.#admitted.get(request);
    if (identity === undefined) throw new Error("A route reads who called without having checked it.");
    return identity;
  }
}
