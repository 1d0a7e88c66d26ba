import { createHash, randomUUID } from "node:crypto";
import type { Actor } from "@waggle/contract";

const longestName = 40;

/** What other participants see of an agent: `scout` becomes "Scout", `my-email_bot` "My Email Bot". */
export function displayName(clientName: string | undefined): string {
  const words = (clientName ?? "")
    // mcp-remote writes itself behind the name of the client it speaks for.
    .replace(/\s*\(via [^)]*\)\s*$/, "")
    .replace(/\p{C}/gu, "")
    .split(/[\s_-]+/)
    .filter((word) => word !== "");
  const name = words.map((word) => (word === word.toLowerCase() ? capitalise(word) : word)).join(" ");
  // By characters: half of one would be shown as a broken one.
  return [...name].slice(0, longestName).join("").trim() || "Agent";
}

const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export interface AgentTraits {
  /** `clientInfo.name` of the protocol. */
  readonly clientName: string | undefined;
  /** `x-bee-user-handle`: the person the agent works for; the room decides whether that person is there. */
  readonly userHandle: string | undefined;
}

/** The agent of a 2025-era session. Its id is not the session's, which is as good as a credential. */
export function sessionAgent({ clientName, userHandle }: AgentTraits): Actor {
  return agentActor(`agent-${randomUUID()}`, { clientName, userHandle });
}

export interface StatelessAgentTraits extends AgentTraits {
  readonly keyId: string;
  readonly templateId: string | undefined;
  /** `x-waggle-agent`: tells apart two agents of one key that share a client name. */
  readonly agent: string | undefined;
}

/** The agent behind a 2026-era request: the same traits are the same agent. */
export function statelessAgent(traits: StatelessAgentTraits): Actor {
  const { keyId, templateId, userHandle, clientName, agent } = traits;
  const identity = JSON.stringify([keyId, templateId, userHandle, clientName, agent]);
  const digest = createHash("sha256").update(identity).digest("base64url").slice(0, 22);
  return agentActor(`agent-${digest}`, traits);
}

function agentActor(id: string, { clientName, userHandle }: AgentTraits): Actor {
  const actor: Actor = { kind: "agent", id, name: displayName(clientName) };
  return userHandle === undefined ? actor : { ...actor, owner: userHandle };
}
