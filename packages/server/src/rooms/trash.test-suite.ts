import { setTimeout as pause } from "node:timers/promises";
import { applyChange, canonicalJson, diff, type LogEntry, revert, type Snapshot } from "@waggle/template";
import { readDocument, writeChange } from "@waggle/template/binding";
import { expect } from "vitest";
import * as Y from "yjs";
import { Client, type ClientOptions } from "./clients.test-suite.ts";
import { systemClock } from "./clock.ts";
import { type House, operation, page, scout, until, withHouse } from "./fixtures.test-suite.ts";
import type { Room } from "./room.ts";
import { toLogEntry } from "./tenure.ts";

/** How long the trash keeps what was deleted, here. */
export const trashMs = 3_600_000;

/** Real time, which a test can put forward without waiting. */
class ShiftedClock {
  #ahead = 0;
  readonly after = systemClock.after;
  now(): number {
    return Date.now() + this.#ahead;
  }
  skip(ms: number): void {
    this.#ahead += ms;
  }
}

/** A template whose trash can be watched, on a clock that can be put forward. */
export interface Scene {
  readonly house: House;
  readonly clock: ShiftedClock;
  readonly templateId: string;
  readonly room: Room;
  readonly join: (options?: Partial<ClientOptions>) => Promise<Client>;
}

/** Runs `use` in a scene of its own. */
export async function withTrash(use: (scene: Scene) => Promise<void>): Promise<void> {
  const clock = new ShiftedClock();
  await withHouse(
    async (house) => {
      const { templateId } = await house.sessions.createTemplate({ template: page(), clientId: "acme" });
      const room = await house.registry.open(templateId);
      const join = (options: Partial<ClientOptions> = {}) => Client.join({ ...house, templateId, ...options });
      await use({ house, clock, templateId, room, join });
    },
    { clock, trashMs },
  );
}

/** Deletes as an agent does. */
export function remove(room: Room, elementId: string) {
  return room.run({ actor: scout, operation: operation("delete_element"), input: { elementId } });
}

/** Time for answers, and for what they allow. */
export async function beat(room: Room): Promise<void> {
  for (let count = 0; count < 2; count++) {
    room.tidy();
    await pause(40);
  }
}

/** Resolves when these are gone for good. */
export function purged(room: Room, ...ids: readonly string[]): Promise<void> {
  return until(() => {
    room.tidy();
    return ids.every((id) => !has(room, id));
  }, "it is purged");
}

/** Whether it is in the document, the trash included. */
export const has = (room: Room, id: string) => room.snapshot.nodes.has(id);

/** The log as it is on disk. */
export async function logOf({ house, templateId }: Pick<Scene, "house" | "templateId">): Promise<LogEntry[]> {
  return (await house.storage.entriesSince(templateId, 0)).map(toLogEntry);
}

/** Takes back the deletions of agents, as a person's browser does it. */
export async function undoDeletions(scene: Scene, client: Client): Promise<void> {
  // An undo that crosses a purge on the wire is another story.
  await until(
    () => Object.keys(diff(readDocument(client.doc), scene.room.snapshot)).length === 0,
    "it has heard of all",
  );
  const log = await logOf(scene);
  const now = readDocument(client.doc);
  const pick = ({ operation: name }: LogEntry) => name === "delete_element";
  const { change } = revert(log, now, { pick });
  expect(Object.keys(change).length).toBeGreaterThan(0);
  writeChange(client.doc, change, "undo");
}

/** All documents are the same to the byte, and the log leads to them. */
export async function expectSame(scene: Scene, start: Snapshot, clients: readonly Client[]): Promise<void> {
  const { room } = scene;
  const { document, commits } = await room.ready();
  // Deletions leave state vectors as they are: only the bytes tell.
  await until(
    () => clients.every(({ doc }) => isSame(Y.encodeStateAsUpdate(doc), document.encode())),
    "all are the same",
  );
  await commits.settled();
  for (const { doc } of clients) expect(diff(readDocument(doc), room.snapshot)).toStrictEqual({});
  const replayed = (await logOf(scene)).reduce((snapshot, { change }) => applyChange(snapshot, change), start);
  expect(canonicalJson(replayed)).toBe(canonicalJson(room.snapshot));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.from(one).equals(Buffer.from(other));
}
