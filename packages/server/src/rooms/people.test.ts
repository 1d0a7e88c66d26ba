import type { PeopleFrame } from "@waggle/contract";
import { FakeClock } from "@waggle/testing";
import { expect, test } from "vitest";
import { Client } from "./clients.test-suite.ts";
import { type House, type HouseOptions, lumen, page, scout, until, withHouse } from "./fixtures.test-suite.ts";
import type { Room } from "./room.ts";

interface Shared extends House {
  readonly clock: FakeClock;
  readonly templateId: string;
  readonly room: Room;
}

function withShared(use: (shared: Shared) => Promise<void>, options: HouseOptions = {}): Promise<void> {
  const clock = new FakeClock();
  return withHouse(
    async (house) => {
      const { templateId } = await house.sessions.createTemplate({ template: page(), clientId: "acme" });
      await use({ ...house, clock, templateId, room: await house.registry.open(templateId) });
    },
    { clock, ...options },
  );
}

function names({ people, joined, left }: PeopleFrame) {
  const nameOf = ({ actor }: PeopleFrame["people"][number]) => actor.name;
  return { people: people.map(nameOf), joined: joined.map(nameOf), left: left.map(nameOf) };
}

test("[PEO-1] people and agents are told to come and to go, once each", () =>
  withShared(async ({ syncUrl, templateId, room, clock }) => {
    const maya = await Client.join({ syncUrl, templateId, token: "acme:maya", username: "Maya" });
    room.agentSeen(scout);
    room.agentSeen(scout);
    const jonas = await Client.join({ syncUrl, templateId, token: "acme:jonas", username: "Jonas" });
    room.agentLeft(scout.id);
    room.agentLeft(scout.id);
    await jonas.close();
    await until(() => room.people.length === 2);
    clock.advance(5_000);
    await until(() => maya.framesOf("people").length === 5);
    expect(maya.framesOf("people").map(names)).toStrictEqual([
      { people: ["Maya"], joined: [], left: [] },
      { people: ["Maya", "Scout"], joined: ["Scout"], left: [] },
      { people: ["Maya", "Scout", "Jonas"], joined: ["Jonas"], left: [] },
      { people: ["Maya", "Jonas"], joined: [], left: ["Scout"] },
      { people: ["Maya"], joined: [], left: ["Jonas"] },
    ]);
    expect(jonas.framesOf("people").map(names)[0]).toStrictEqual({
      people: ["Maya", "Scout", "Jonas"],
      joined: [],
      left: [],
    });
  }));

test("[PEO-1] back within 5 seconds is neither left nor joined, and the same participant", () =>
  withShared(async ({ syncUrl, templateId, room, clock }) => {
    const maya = await Client.join({ syncUrl, templateId, token: "acme:maya", username: "Maya" });
    const options = { syncUrl, templateId, token: "acme:jonas", username: "Jonas", instance: "tab-7" };
    const jonas = await Client.join(options);
    await jonas.close();
    clock.advance(4_900);
    const again = await Client.join(options);
    clock.advance(60_000);
    expect(maya.framesOf("people").map(names)).toStrictEqual([
      { people: ["Maya"], joined: [], left: [] },
      { people: ["Maya", "Jonas"], joined: ["Jonas"], left: [] },
    ]);
    expect(again.framesOf("hello")[0]?.actor).toStrictEqual(jonas.framesOf("hello")[0]?.actor);
    expect(room.people.map(({ actor }) => actor.name)).toStrictEqual(["Maya", "Jonas"]);
  }));

test("[PEO-1] back after 5 seconds is both", () =>
  withShared(async ({ syncUrl, templateId, room, clock }) => {
    const maya = await Client.join({ syncUrl, templateId, token: "acme:maya", username: "Maya" });
    const options = { syncUrl, templateId, token: "acme:jonas", username: "Jonas" };
    await (await Client.join(options)).close();
    await until(() => room.people.length === 2);
    // The server learns of the close a moment after the client.
    await until(() => clock.pending > 1);
    clock.advance(5_000);
    await Client.join(options);
    await until(() => maya.framesOf("people").length === 4);
    expect(maya.framesOf("people").map(names).slice(1)).toStrictEqual([
      { people: ["Maya", "Jonas"], joined: ["Jonas"], left: [] },
      { people: ["Maya"], joined: [], left: ["Jonas"] },
      { people: ["Maya", "Jonas"], joined: ["Jonas"], left: [] },
    ]);
  }));

test("[PEO-2] people keep name and colour, agents get the next free actor colour", () =>
  withShared(async ({ syncUrl, templateId, room }) => {
    const options = { syncUrl, templateId, username: "  Maya\u0000 ", color: "hsl(200, 50%, 50%)" };
    await Client.join({ ...options, token: "acme:maya" });
    await Client.join({ ...options, token: "acme:jonas", username: "", color: "#089EB7" });
    await Client.join({ ...options, token: "acme:eve", username: "Eve", color: "red;background:url(//evil)" });
    room.agentSeen(scout);
    room.agentSeen(lumen);
    expect(room.people.map(({ actor, color }) => [actor.name, color])).toStrictEqual([
      ["Maya", "hsl(200, 50%, 50%)"],
      ["Guest", "#089EB7"],
      ["Eve", "#6d22b5"],
      ["Scout", "#b7260b"],
      ["Lumen", "#0f6947"],
    ]);
  }));

test("[PEO-2] with all eight colours taken they are given out again in their order", () =>
  withShared(async ({ room }) => {
    for (let count = 0; count < 10; count++) room.agentSeen({ kind: "agent", id: `agent-${count}`, name: "Scout" });
    const colors = room.people.map(({ color }) => color);
    expect(new Set(colors.slice(0, 8)).size).toBe(8);
    expect(colors.slice(8)).toStrictEqual(colors.slice(0, 2));
    expect(colors[0]).toBe("#6d22b5");
  }));

test("[PEO-3] a second connection of the same instance replaces the first", () =>
  withShared(async ({ syncUrl, templateId, room, clock }) => {
    const maya = await Client.join({ syncUrl, templateId, token: "acme:maya", username: "Maya" });
    const options = { syncUrl, templateId, token: "acme:jonas", username: "Jonas" };
    const first = await Client.join(options);
    const second = await Client.join(options);
    await until(() => first.closed !== undefined);
    expect(first.closed).toStrictEqual({ code: 4400, reason: "SESSION_RUNNING" });
    clock.advance(10_000);
    expect(second.closed).toBeUndefined();
    expect(room.people.length).toBe(2);
    expect(maya.framesOf("people").length).toBe(2);
  }));
