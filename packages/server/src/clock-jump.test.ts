import { FakeClock } from "@waggle/testing";
import { expect, test } from "vitest";
import { AgentLeases } from "./mcp/agent-leases.ts";
import { systemClock } from "./rooms/clock.ts";
import { exportOf, logIn, openHouse } from "./stranger.test.support.ts";

const hour = 60 * 60 * 1000;

const version = "2026-07-28";
const meta = {
  "io.modelcontextprotocol/protocolVersion": version,
  "io.modelcontextprotocol/clientCapabilities": {},
  "io.modelcontextprotocol/clientInfo": { name: "scout", version: "1" },
};

test.each([-2 * hour, 2 * hour])(
  "when the clock jumps by %d ms under a server, it goes on and loses nothing",
  {
    timeout: 60_000,
  },
  async (jumpMs) => {
    let offset = 0;
    const house = await openHouse({ clock: { ...systemClock, now: () => Date.now() + offset } });
    const addTitle = async (text: string): Promise<unknown> => {
      const params = { name: "beefree_add_title", arguments: { section: 0, text }, _meta: meta };
      const response = await fetch(`${house.address}/v2/sdk/mcp`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${house.apiKey}`,
          "x-bee-template-id": house.templateId,
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          "mcp-protocol-version": version,
          "mcp-method": "tools/call",
          "mcp-name": params.name,
        },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
      });
      return (await response.json()).result.structuredContent;
    };
    try {
      expect(await addTitle("before")).toHaveProperty("elementId");
      offset = jumpMs;
      expect(await addTitle("after")).toHaveProperty("elementId");
      expect(JSON.stringify(await exportOf(house, house.templateId))).toMatch(/before.*after/);
      const renewal = await fetch(`${house.address}/v2/token`, {
        method: "POST",
        headers: { authorization: `Bearer ${house.token}` },
      });
      // A token of an hour is over two hours later, and its holder hears what to do.
      expect([renewal.status, (await renewal.json()).code]).toStrictEqual(jumpMs > 0 ? [401, 4010] : [200, undefined]);
      expect(await logIn(house.server, "ann")).toMatch(/^ey/);
    } finally {
      await house.close();
    }
  },
);

test("[AGENT-5] a clock that is put back does not keep a silent agent in the room", () => {
  const clock = new FakeClock();
  let offset = 0;
  const left: string[] = [];
  const jumping = { now: () => clock.now() + offset, after: clock.after.bind(clock) };
  const leases = new AgentLeases({ clock: jumping, leaseMs: 120_000 });
  const room = {
    run: () => Promise.reject(new Error("unused")),
    findOutcome: () => Promise.reject(new Error("unused")),
    agentSeen: () => undefined,
    agentLeft: (id: string) => void left.push(id),
  };
  leases.seen({ kind: "agent", id: "agent-1", name: "Scout" }, room);
  offset = -2 * hour;
  clock.advance(120_000);
  expect(left).toStrictEqual([]);
  clock.advance(120_000);
  expect(left).toStrictEqual(["agent-1"]);
});
