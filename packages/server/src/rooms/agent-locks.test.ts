import type { Actor } from "@waggle/contract";
import { WaggleError } from "@waggle/contract";
import { expect, test } from "vitest";
import { Client } from "./clients.test-suite.ts";
import {
  ann,
  buttonId,
  columnId,
  type House,
  operation,
  page,
  rowId,
  scout,
  titleId,
  withHouse,
} from "./fixtures.test-suite.ts";
import type { Room } from "./room.ts";

const forAnn: Actor = { ...scout, owner: "ann" };

/** A template that many share, and the room it is in. */
async function openRoom({ sessions, registry }: House, policy?: { readonly locks: "honour" }) {
  const { templateId } = await sessions.createTemplate({ clientId: ann.clientId, template: page(), policy });
  return { templateId, room: await registry.open(templateId) };
}

/** A person whose browser says what they have selected. */
async function join({ syncUrl }: House, templateId: string, handle: string): Promise<Client> {
  return Client.join({ syncUrl, templateId, token: `acme:${handle}`, instance: handle, username: handle });
}

const retitle = (room: Room, actor: Actor, text: string) =>
  room.run({ actor, operation: operation("update_title"), input: { elementId: titleId, text } });
const remove = (room: Room, actor: Actor, elementId: string) =>
  room.run({ actor, operation: operation("delete_element"), input: { elementId } });

async function refusalOf(run: Promise<unknown>): Promise<WaggleError> {
  const failure = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (failure instanceof WaggleError) return failure;
  throw new Error("Expected a refusal.", { cause: failure });
}

test("[LOCK-1] an agent may write to what its owner holds, and is refused on what another person holds", () =>
  withHouse(async (house) => {
    const { templateId, room } = await openRoom(house);
    const [annTab, maya] = [await join(house, templateId, "ann"), await join(house, templateId, "maya")];
    await annTab.select(titleId);
    await maya.select(buttonId);

    expect(await retitle(room, forAnn, "Summer")).toMatchObject({ changed: true });
    const refusal = await refusalOf(
      room.run({ actor: forAnn, operation: operation("update_button"), input: { elementId: buttonId, text: "Go" } }),
    );

    expect(refusal).toMatchObject({ code: "LOCKED", data: { elements: [{ elementId: buttonId, heldBy: "maya" }] } });
    expect(refusal.message).toMatch(/"maya" is working on .*Nothing was written\. Change something else/);
    expect(room.revision).toBe(1);
  }));

test("[LOCK-2] a section or column is not deleted from around what another person holds", () =>
  withHouse(async (house) => {
    const { templateId, room } = await openRoom(house);
    await join(house, templateId, "ann");
    await (await join(house, templateId, "maya")).select(buttonId);

    const refusal = await refusalOf(remove(room, forAnn, rowId));

    expect(refusal).toMatchObject({
      code: "LOCKED",
      data: { elements: [{ elementId: buttonId, heldBy: "maya", inside: rowId }] },
    });
    expect(await remove(room, forAnn, titleId)).toMatchObject({ changed: true });
  }));

test("[LOCK-2] a held section is held with its columns, and not with the blocks in it", () =>
  withHouse(async (house) => {
    const { templateId, room } = await openRoom(house);
    await join(house, templateId, "ann");
    await (await join(house, templateId, "maya")).select(rowId);
    const input = { columnId, backgroundColor: "#ffeecc" };

    const refusal = await refusalOf(room.run({ actor: forAnn, operation: operation("update_column_style"), input }));

    expect(refusal).toMatchObject({ code: "LOCKED", data: { elements: [{ elementId: columnId }] } });
    expect(await retitle(room, forAnn, "Summer")).toMatchObject({ changed: true });
  }));

test("[LOCK-3] an agent without an owner ignores locks", () =>
  withHouse(async (house) => {
    const { templateId, room } = await openRoom(house);
    await (await join(house, templateId, "maya")).select(titleId);
    expect(await retitle(room, scout, "Summer")).toMatchObject({ changed: true });
    expect(await retitle(room, { ...scout, id: "agent-2", owner: "nobody" }, "Autumn")).toMatchObject({
      changed: true,
    });
  }));

test("[LOCK-4] where the policy says so, an agent without an owner honours the locks of all", () =>
  withHouse(async (house) => {
    const { templateId, room } = await openRoom(house, { locks: "honour" });
    await (await join(house, templateId, "maya")).select(titleId);
    expect((await refusalOf(retitle(room, scout, "Summer"))).code).toBe("LOCKED");
    expect(await retitle(room, { ...scout, owner: "maya" }, "Summer")).toMatchObject({ changed: true });
  }));

test("[LOCK-5] a lock ends with the selection, and with the connection", () =>
  withHouse(async (house) => {
    const { templateId, room } = await openRoom(house);
    await join(house, templateId, "ann");
    const maya = await join(house, templateId, "maya");
    await maya.select(titleId);
    expect((await refusalOf(retitle(room, forAnn, "Summer"))).code).toBe("LOCKED");
    await maya.select(buttonId);
    expect(await retitle(room, forAnn, "Summer")).toMatchObject({ changed: true });
    await maya.close();
    expect(await remove(room, forAnn, buttonId)).toMatchObject({ changed: true });
  }));

test("[LOCK-6] an owner counts while they are here; that nobody has the handle is said once, and the log names no owner then", () =>
  withHouse(async (house) => {
    const { templateId, room } = await openRoom(house);
    const first = await retitle(room, forAnn, "Summer");
    expect(first.notes?.join()).toMatch(/x-bee-user-handle names nobody who is here/);
    expect((await retitle(room, forAnn, "Autumn")).notes).toBeUndefined();
    const tab = await join(house, templateId, "ann");
    expect((await retitle(room, forAnn, "Winter")).notes).toBeUndefined();
    const owners = (await house.storage.entriesSince(templateId, 0)).map(({ actor }) => actor.owner);
    expect(owners).toStrictEqual([undefined, undefined, "ann"]);
    await tab.close();
  }));
