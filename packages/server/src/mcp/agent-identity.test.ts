import { expect, test } from "vitest";
import { displayName, sessionAgent, statelessAgent } from "./agent-identity.ts";

test.each([
  ["scout", "Scout"],
  ["claude-ai", "Claude Ai"],
  ["Claude Desktop", "Claude Desktop"],
  ["my_email  bot", "My Email Bot"],
  ["scout (via mcp-remote 0.15.1)", "Scout"],
  ["", "Agent"],
  [undefined, "Agent"],
  ["\u0000\u0007", "Agent"],
  ["x".repeat(90), `X${"x".repeat(39)}`],
])("[AGENT-2] the client %j is shown as %j", (clientName, shown) => {
  expect(displayName(clientName)).toBe(shown);
});

test("[AGENT-1] two sessions never share an id", () => {
  const traits = { clientName: "scout", userHandle: undefined };
  expect(sessionAgent(traits).id).not.toBe(sessionAgent(traits).id);
});

test("[AGENT-1] a stateless agent's id follows from its traits and gives none of them away", () => {
  const traits = { keyId: "key-1", templateId: "tpl_1", userHandle: "maya", clientName: "scout", agent: undefined };
  const agent = statelessAgent(traits);
  expect(statelessAgent(traits)).toEqual(agent);
  expect(agent).toMatchObject({ kind: "agent", name: "Scout", owner: "maya" });
  expect(agent.id).toMatch(/^agent-[\w-]{22}$/);
  for (const other of [{ keyId: "key-2" }, { templateId: "tpl_2" }, { userHandle: "max" }, { agent: "second" }]) {
    expect(statelessAgent({ ...traits, ...other }).id).not.toBe(agent.id);
  }
});
