import { lifetimes } from "@waggle/contract";
import { describe, expect, test } from "vitest";
import { connectAgent, type Era, openDoor, type TestAgent } from "./mcp-door.test.support.ts";

const eras: readonly Era[] = ["2025", "2026"];

/** Ends the stream a 2025-era client keeps open, which counts as presence. */
async function closeStream({ transport }: TestAgent): Promise<void> {
  await transport.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

describe.each(eras)("an agent of the %s era", (era) => {
  test("[AGENT-2] is there under the name of its client, in capitals", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const agent = await connectAgent(door, { era, template, name: "night-scout" });
    await agent.call("get_content_hierarchy");
    expect(door.people(template)).toEqual(["Night Scout"]);
  });

  test("[AGENT-6] says whom it works for", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const agent = await connectAgent(door, { era, template, headers: { "x-bee-user-handle": "maya" } });
    await agent.call("get_content_hierarchy");
    expect(door.registry.find(template)?.people[0]?.actor).toMatchObject({
      kind: "agent",
      name: "Scout",
      owner: "maya",
    });
  });

  test("[AGENT-4] is gone once it said goodbye", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const agent = await connectAgent(door, { era, template });
    await agent.call("get_content_hierarchy");
    await agent.leave();
    expect(door.people(template)).toEqual([]);
  });

  test("[AGENT-4] can say goodbye with waggle/leave and come back", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const agent = await connectAgent(door, { era, template });
    await agent.call("get_content_hierarchy");
    const anything = {
      "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) },
    } as const;
    await agent.client.request({ method: "waggle/leave", params: {} }, anything);
    expect(door.people(template)).toEqual([]);
    await agent.call("get_content_hierarchy");
    expect(door.people(template)).toEqual(["Scout"]);
  });

  test("[AGENT-5] is gone when its lease ended, and every call renews the lease", async () => {
    const door = await openDoor();
    const template = await door.createTemplate();
    const agent = await connectAgent(door, { era, template });
    await agent.call("get_content_hierarchy");
    door.clock.advance(lifetimes.agentLeaseMs - 1000);
    await agent.call("get_content_hierarchy");
    if (era === "2025") await closeStream(agent);
    door.clock.advance(lifetimes.agentLeaseMs - 1000);
    expect(door.people(template)).toEqual(["Scout"]);
    door.clock.advance(2000);
    expect(door.people(template)).toEqual([]);
  });
});

test("[AGENT-5] a call at one address keeps the agent there that was idle at the other", async () => {
  const door = await openDoor();
  const template = await door.createTemplate();
  const options = { era: "2026", template } as const;
  const agent = await connectAgent(door, options);
  const same = await connectAgent({ url: door.otherUrl }, options);
  await agent.call("get_content_hierarchy");
  door.clock.advance(lifetimes.agentLeaseMs - 1000);
  await same.call("get_content_hierarchy");
  door.clock.advance(2000);
  expect(door.people(template)).toEqual(["Scout"]);
  await same.leave();
  expect(door.people(template)).toEqual([]);
});

test("[AGENT-3] an agent of the 2025 era is there from initialize on", async () => {
  const door = await openDoor();
  const template = await door.createTemplate();
  await connectAgent(door, { era: "2025", template });
  expect(door.people(template)).toEqual(["Scout"]);
});

test("[AGENT-5] an open stream counts as presence", async () => {
  const door = await openDoor();
  const template = await door.createTemplate();
  const agent = await connectAgent(door, { era: "2025", template });
  await agent.call("get_content_hierarchy");
  await expect.poll(() => streamIsOpen(agent)).toBe(true);
  door.clock.advance(5 * lifetimes.agentLeaseMs);
  expect(door.people(template)).toEqual(["Scout"]);
  await closeStream(agent);
  door.clock.advance(lifetimes.agentLeaseMs);
  expect(door.people(template)).toEqual([]);
});

/** The client opens its stream right after the handshake; there is no event for it. */
async function streamIsOpen({ transport }: TestAgent): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return transport.sessionId !== undefined;
}

test("[AGENT-3] an agent of the 2026 era is there once it lists the tools of a template", async () => {
  const door = await openDoor();
  const template = await door.createTemplate();
  const { client } = await connectAgent(door, { era: "2026", template });
  expect(door.people(template)).toEqual([]);
  await client.listTools();
  expect(door.people(template)).toEqual(["Scout"]);
});

test("[AGENT-3] an agent whose handshake fails was never there", async () => {
  const door = await openDoor();
  const template = await door.createTemplate();
  const answer = await fetch(door.url, {
    method: "POST",
    headers: { authorization: "Bearer key-1", "content-type": "application/json", "x-bee-template-id": template },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "scout", version: "1" } },
    }),
  });
  expect(answer.status).toBe(406);
  expect(door.people(template)).toEqual([]);
});

test("[AGENT-1] two sessions of the 2025 era are two agents", async () => {
  const door = await openDoor();
  const template = await door.createTemplate();
  await connectAgent(door, { era: "2025", template });
  await connectAgent(door, { era: "2025", template });
  expect(door.people(template)).toEqual(["Scout", "Scout"]);
});

test("[AGENT-1] in the 2026 era the same traits are the same agent, and x-waggle-agent tells two apart", async () => {
  const door = await openDoor();
  const template = await door.createTemplate();
  const first = await connectAgent(door, { era: "2026", template });
  const again = await connectAgent(door, { era: "2026", template });
  const other = await connectAgent(door, { era: "2026", template, headers: { "x-waggle-agent": "second" } });
  for (const agent of [first, again, other]) await agent.call("get_content_hierarchy");
  expect(door.people(template)).toEqual(["Scout", "Scout"]);
});
