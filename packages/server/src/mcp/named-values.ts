import type { IncomingMessage } from "node:http";
import { WaggleError } from "@waggle/contract";

/** Longer than any id of ours and any sensible name of a person; what is named is told to everyone in the room. */
const longest = 256;

/** A header as one string; a repeated one counts by its first value, an empty one as absent. */
export function findHeader({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === "" ? undefined : first;
}

/**
 * A value that can be named by header or in the `_meta` of the request's body. The header wins; throws INVALID_INPUT when
 * both are there and differ, because a client that contradicts itself would write into the wrong template, or when it is
 * too long.
 */
export function findNamedValue(request: IncomingMessage, body: unknown, name: string): string | undefined {
  const header = findHeader(request, name);
  const meta = findMeta(body, name);
  if ((header ?? "").length > longest || (meta ?? "").length > longest) {
    throw new WaggleError("INVALID_INPUT", { message: `${name} may have ${longest} characters at most.` });
  }
  if (header !== undefined && meta !== undefined && header !== meta) {
    throw new WaggleError("INVALID_INPUT", {
      message: `The header ${name} and _meta["${name}"] name different values. Send one of them, or the same in both.`,
      data: { header, meta },
    });
  }
  return header ?? meta;
}

function findMeta(body: unknown, name: string): string | undefined {
  const value = memberOf(memberOf(memberOf(body, "params"), "_meta"), name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A member of something that may not be an object at all. */
export function memberOf(owner: unknown, name: string): unknown {
  if (typeof owner !== "object" || owner === null || !Object.hasOwn(owner, name)) return undefined;
  return (owner as Record<string, unknown>)[name];
}
