import type { IncomingHttpHeaders } from "node:http";
import { WaggleError } from "@waggle/contract";
import type { Config } from "../config/config.ts";
import type { DoorGuard } from "./ports.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];
const everyAddress = ["0.0.0.0", "::", "[::]"];

export type GuardedNames = Pick<Config, "host" | "publicUrl" | "origins">;

/** Allows the server's own host names, and pages on them or on the configured origins. */
export class NameGuard implements DoorGuard {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: "any" | ReadonlySet<string>;

  constructor({ host, publicUrl, origins }: GuardedNames) {
    const own = everyAddress.includes(host) ? [] : [host.includes(":") ? `[${host}]` : host];
    this.#hosts = new Set([...loopback, ...own, ...(publicUrl ? [publicUrl.hostname] : [])]);
    this.#origins = origins === "any" ? "any" : new Set([...origins, ...(publicUrl ? [publicUrl.origin] : [])]);
  }

  refusal({ host, origin }: IncomingHttpHeaders): WaggleError | undefined {
    // A page that rebinds its own name to this address still sends its own name.
    if (!this.#hosts.has(hostnameOf(host) ?? "")) {
      return new WaggleError("HOST_REFUSED", {
        message: `This server does not answer to that host name. Its operator can name one in WAGGLE_PUBLIC_URL.`,
        data: { allowed: [...this.#hosts] },
      });
    }
    if (origin === undefined || this.#allowsOrigin(origin)) return undefined;
    return new WaggleError("HOST_REFUSED", {
      message: "Pages of this origin may not call this server. Its operator can list them in WAGGLE_ORIGINS.",
    });
  }

  #allowsOrigin(origin: string): boolean {
    if (this.#origins === "any" || this.#origins.has(origin)) return true;
    const url = URL.parse(origin);
    // Any port of this machine: hosts under development run beside the server.
    return url?.origin === origin && /^https?:$/.test(url.protocol) && loopback.includes(url.hostname);
  }
}

function hostnameOf(host: string | undefined): string | undefined {
  // Only what can stand in a Host header: `a@localhost` would parse as a user name.
  if (host === undefined || !/^(\[[\da-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?$/.test(host)) return undefined;
  return URL.parse(`http://${host}`)?.hostname;
}
