import { WaggleError } from "@waggle/contract";
import { nearestIds } from "./nearest-ids.ts";
import type { Policy } from "./policy.ts";

export interface KnownTools {
  /** Put before every name for agents; policies may say it or not. */
  readonly prefix: string;
  /** Names without prefix. */
  readonly names: readonly string[];
}

/** The policy as the server enforces it, tools without prefix. Throws INVALID_INPUT for a tool that is not there. */
export function readPolicy(policy: Policy, { prefix, names }: KnownTools): Policy {
  if (policy.tools === undefined) return policy;
  const tools = policy.tools.map((tool) =>
    tool.startsWith(prefix) && !names.includes(tool) ? tool.slice(prefix.length) : tool,
  );
  const unknown = tools.find((tool) => !names.includes(tool));
  if (unknown === undefined) return { ...policy, tools };
  const nearest = nearestIds(unknown, names);
  throw new WaggleError("INVALID_INPUT", {
    message: `policy.tools: there is no tool ${unknown.slice(0, 100)}.${nearest.length > 0 ? ` Nearest: ${nearest.join(", ")}.` : ""}`,
    data: { argument: "policy.tools", allowed: names, nearest },
  });
}

/** Throws INVALID_INPUT when a policy protects an element that the template does not have: it would protect nothing. */
export function requireProtectedElements({ protectedElements = [] }: Policy, ids: readonly string[]): void {
  const known = new Set(ids);
  const unknown = protectedElements.find((id) => !known.has(id));
  if (unknown === undefined) return;
  const nearest = nearestIds(unknown, ids);
  throw new WaggleError("INVALID_INPUT", {
    message: `policy.protectedElements: the template has no element ${unknown.slice(0, 100)}.${nearest.length > 0 ? ` Nearest: ${nearest.join(", ")}.` : ""} Name the uuid of a section, column or block in it.`,
    data: { argument: "policy.protectedElements", nearest },
  });
}
