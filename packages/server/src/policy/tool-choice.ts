import { WaggleError } from "@waggle/contract";
import type { Policy } from "./policy.ts";

/** What of a tool a policy looks at. */
export interface ChosenTool {
  /** Without prefix. */
  readonly name: string;
  readonly kind: "read" | "write";
}

/** Whether a policy lets agents call this tool. */
export function mayCall({ name, kind }: ChosenTool, { access, tools }: Policy): boolean {
  if (access === "read-only" && kind === "write") return false;
  return tools === undefined || tools.includes(name);
}

/** The refusal of a tool that is there and that a policy leaves out. `allowed` are names as the agent knows them. */
export function toolRefused(name: string, allowed: readonly string[]): WaggleError {
  const there = allowed.length > 0 ? `Allowed: ${allowed.join(", ")}.` : "No tool is allowed.";
  return new WaggleError("POLICY_REFUSED", {
    message: `${name} may not be called here. ${there}`,
    data: { allowed },
  });
}
