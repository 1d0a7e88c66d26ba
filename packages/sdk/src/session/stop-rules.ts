import { type EndReason, lifetimes } from "@waggle/contract";

/** What the stop rules look at. */
export interface SessionFacts {
  /** Unix time in milliseconds, as all times here. */
  readonly now: number;
  readonly deadline: number;
  readonly hasAgentJoined: boolean;
  readonly isAgentHere: boolean;
  /** When another server took over the room: it starts with nobody in its list. */
  readonly ownerChangedAt: number | undefined;
  /** Set once the server sealed the session by itself. */
  readonly sealedBecause: EndReason | undefined;
}

/** Says why the session has to end now, or undefined. */
export type StopRule = (facts: SessionFacts) => EndReason | undefined;

/** All agents have left, after at least one came. An agent whose server restarted gets its lease to be heard of again. */
export const allAgentsLeft: StopRule = ({ hasAgentJoined, isAgentHere, ownerChangedAt, now }) => {
  if (!hasAgentJoined || isAgentHere) return undefined;
  const mayComeBack = ownerChangedAt !== undefined && now < ownerChangedAt + lifetimes.agentLeaseMs;
  return mayComeBack ? undefined : "agents-left";
};

/** The session has lasted as long as it may. */
export const timeIsUp: StopRule = ({ now, deadline }) => (now >= deadline ? "timeout" : undefined);

/** The server ended it: a second person came, or it expired there. */
export const serverSealed: StopRule = ({ sealedBecause }) => sealedBecause;

/** In the order in which they are asked: what the server has decided goes first. */
export const stopRules: readonly StopRule[] = [serverSealed, allAgentsLeft, timeIsUp];

/** The first reason to end, if there is one. */
export function findEndReason(facts: SessionFacts, rules: readonly StopRule[] = stopRules): EndReason | undefined {
  for (const rule of rules) {
    const reason = rule(facts);
    if (reason) return reason;
  }
  return undefined;
}
