import { lifetimes } from "@waggle/contract";
import { expect, test } from "vitest";
import { allAgentsLeft, findEndReason, type SessionFacts, serverSealed, timeIsUp } from "./stop-rules.ts";

const running: SessionFacts = {
  now: 1_000,
  deadline: 2_000,
  hasAgentJoined: true,
  isAgentHere: true,
  ownerChangedAt: undefined,
  sealedBecause: undefined,
};

test("[SES-8] all agents have left only after one came", () => {
  expect(allAgentsLeft(running)).toBeUndefined();
  expect(allAgentsLeft({ ...running, isAgentHere: false })).toBe("agents-left");
  expect(allAgentsLeft({ ...running, isAgentHere: false, hasAgentJoined: false })).toBeUndefined();
});

test("[SES-17] after a change of server agents have their lease to come back", () => {
  const restarted = { ...running, isAgentHere: false, ownerChangedAt: 1_000 };

  expect(allAgentsLeft(restarted)).toBeUndefined();
  expect(allAgentsLeft({ ...restarted, now: 999 + lifetimes.agentLeaseMs })).toBeUndefined();
  expect(allAgentsLeft({ ...restarted, now: 1_000 + lifetimes.agentLeaseMs })).toBe("agents-left");
});

test("[SES-9] time is up at the deadline", () => {
  expect(timeIsUp({ ...running, now: 1_999 })).toBeUndefined();
  expect(timeIsUp({ ...running, now: 2_000 })).toBe("timeout");
});

test("[SES-10] the server's own seal counts", () => {
  expect(serverSealed(running)).toBeUndefined();
  expect(serverSealed({ ...running, sealedBecause: "second-person" })).toBe("second-person");
});

test("[SES-10] what the server decided goes before every other reason", () => {
  const everything: SessionFacts = { ...running, now: 3_000, isAgentHere: false, sealedBecause: "expired" };

  expect(findEndReason(everything)).toBe("expired");
  expect(findEndReason(running)).toBeUndefined();
});
