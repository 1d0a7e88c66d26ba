import type { AddressInfo } from "node:net";
import { headers, routes } from "@waggle/contract";

const loopbackOrAny = ["127.0.0.1", "::1", "0.0.0.0", "::"];

/** Where others reach a server that listens here, without a slash at the end. */
export function addressOf({ address, port }: Pick<AddressInfo, "address" | "port">, publicUrl?: URL): string {
  if (publicUrl) return publicUrl.origin;
  if (loopbackOrAny.includes(address)) return `http://localhost:${port}`;
  return `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
}

export interface AgentAccess {
  /** As `addressOf` gives it. */
  readonly address: string;
  readonly apiKey: string;
  readonly templateId: string;
}

/** A command to paste into a shell: it connects Claude Code to one template. */
export function agentCommand({ address, apiKey, templateId }: AgentAccess): string {
  return [
    `claude mcp add --transport http waggle ${address}${routes.mcp}`,
    `  --header "Authorization: Bearer ${apiKey}"`,
    `  --header "${headers.templateId}: ${templateId}"`,
  ].join(" \\\n");
}
