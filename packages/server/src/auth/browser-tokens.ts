import { randomUUID } from "node:crypto";
import { lifetimes, WaggleError } from "@waggle/contract";
import { errors, jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { BrowserIdentity, Role } from "../http/ports.ts";
import type { Clock } from "../rooms/clock.ts";

const issuer = "waggle";
const audience = "waggle-browser";
const algorithm = "HS256";
/** A token that got away is good for a day at most, however often it is renewed. */
const renewableMs = 24 * 60 * 60 * 1000;

const keyForToken = "This is an API key. People's browsers send the access_token of POST /loginV2 instead.";
const foreign = "This browser token was not made here, or was changed. Get a new one: POST /loginV2.";

/** Tokens that were read are known again: a session's person sends theirs with each request and each connection. */
const rememberedTokens = 1_000;

/** What a token is bound to. */
export type TokenSubject = Pick<BrowserIdentity, "clientId" | "handle" | "role">;

/** The token object of the contract. */
export interface TokenGrant {
  readonly access_token: string;
  readonly v2: true;
  /** Seconds. */
  readonly expires_in: number;
}

export interface BrowserTokensOptions {
  /** 32 random bytes. */
  readonly secret: Uint8Array;
  readonly clock: Pick<Clock, "now">;
  /** How long a token works; an hour by default. */
  readonly lifetimeSeconds?: number;
}

const claims = z.object({
  sub: z.string(),
  client: z.string(),
  role: z.literal("editor" satisfies Role),
  exp: z.number(),
  login: z.number(),
});

/** What a token says. */
interface ReadToken {
  readonly subject: TokenSubject;
  /** Unix time in milliseconds. */
  readonly expiresAt: number;
  readonly login: number;
}

/** Signs and reads what a person's browser identifies itself with. */
export class BrowserTokens {
  readonly #options: BrowserTokensOptions;
  /** Only what carried our signature gets in here. */
  readonly #remembered = new Map<string, ReadToken>();

  constructor(options: BrowserTokensOptions) {
    this.#options = options;
  }

  /** A token for someone the host's backend vouched for. */
  issue(subject: TokenSubject): Promise<TokenGrant> {
    return this.#sign(subject, this.#nowSeconds());
  }

  /** A fresh token for the holder of a live one. Rejects like `require`; AUTH_EXPIRED also a day after the log-in. */
  async renew(token: string | undefined): Promise<TokenGrant> {
    const { subject, login } = await this.#read(token);
    if (this.#nowSeconds() - login > renewableMs / 1000) throw expired();
    return this.#sign(subject, login);
  }

  /** Rejects with AUTH_MISSING, AUTH_INVALID or AUTH_EXPIRED. */
  async require(token: string | undefined): Promise<BrowserIdentity> {
    const { subject, expiresAt } = await this.#read(token);
    return { ...subject, expiresAt };
  }

  async #sign({ clientId, handle, role }: TokenSubject, login: number): Promise<TokenGrant> {
    const now = this.#nowSeconds();
    const lifetime = this.#options.lifetimeSeconds ?? lifetimes.tokenMs / 1000;
    const token = await new SignJWT({ client: clientId, role, login })
      .setProtectedHeader({ alg: algorithm })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(handle)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + lifetime)
      .sign(this.#options.secret);
    return { access_token: token, v2: true, expires_in: lifetime };
  }

  async #read(token: string | undefined): Promise<ReadToken> {
    if (!token)
      throw new WaggleError("AUTH_MISSING", {
        message: "Send a browser token of POST /loginV2; to a socket in the query: token=….",
      });
    const known = this.#remembered.get(token);
    const read = known ?? (await this.#verify(token));
    if (read.expiresAt / 1000 <= this.#nowSeconds()) throw expired();
    if (!known) this.#remember(token, read);
    return read;
  }

  #remember(token: string, read: ReadToken): void {
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined && this.#remembered.size >= rememberedTokens) this.#remembered.delete(oldest);
    this.#remembered.set(token, read);
  }

  async #verify(token: string): Promise<ReadToken> {
    try {
      const { payload } = await jwtVerify(token, this.#options.secret, {
        algorithms: [algorithm],
        issuer,
        audience,
        currentDate: new Date(this.#options.clock.now()),
      });
      const { sub, client, role, exp, login } = claims.parse(payload);
      return { subject: { clientId: client, handle: sub, role }, expiresAt: exp * 1000, login };
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw expired();
      throw new WaggleError("AUTH_INVALID", {
        message: token.startsWith("wgl_") ? keyForToken : foreign,
        cause: error,
      });
    }
  }

  #nowSeconds(): number {
    return Math.floor(this.#options.clock.now() / 1000);
  }
}

function expired(): WaggleError {
  return new WaggleError("AUTH_EXPIRED", { message: "The browser token has expired. Get a new one: POST /loginV2." });
}
