import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Actor, type AnyOperation, routes, WaggleError } from "@waggle/contract";
import { type OperationContext, operations } from "@waggle/operations";
import type { Json } from "@waggle/template";
import type { Authenticator } from "../http/ports.ts";
import type { Log } from "../observability/log.ts";
import { ExpirySweeper } from "../sessions/expiry-sweeper.ts";
import { TemplateSessions } from "../sessions/template-sessions.ts";
import { openSqlite } from "../storage/sqlite/open-sqlite.ts";
import { refuseAppend, type Storage } from "../storage/storage.ts";
import { type Clock, systemClock } from "./clock.ts";
import { RoomRegistry, type RoomRegistryOptions } from "./room-registry.ts";
import { RoomDoor } from "./sync-door.ts";

/** A log that tests can read. */
export class ListLog implements Log {
  readonly errors: { readonly facts: object; readonly sentence: string }[] = [];
  readonly warnings: { readonly facts: object; readonly sentence: string }[] = [];
  debug(): void {}
  info(): void {}
  warn(facts: object, sentence: string): void {
    this.warnings.push({ facts, sentence });
  }
  error(facts: object, sentence: string): void {
    this.errors.push({ facts, sentence });
  }
}

/** Tokens of tests say who they are: `client:user`. */
export const plainTokens: Pick<Authenticator, "requireBrowser"> = {
  requireBrowser: async (token) => {
    const [clientId, handle, expiresAt = "Infinity"] = (token ?? "").split(":");
    if (!clientId || !handle) throw new WaggleError("AUTH_INVALID", { message: "The token is not valid." });
    return { clientId, handle, role: "editor", expiresAt: Number(expiresAt) };
  },
};

export interface House {
  readonly storage: Storage;
  readonly registry: RoomRegistry;
  readonly sessions: TemplateSessions;
  readonly sweeper: ExpirySweeper;
  readonly door: RoomDoor;
  readonly log: ListLog;
  readonly clock: Clock;
  /** Address of the sync socket without the template id. */
  readonly syncUrl: string;
  readonly file: string;
}

/** Who starts the sessions of tests. */
export const ann = { clientId: "acme", handle: "ann" } as const;

export interface HouseOptions
  extends Partial<Pick<RoomRegistryOptions, "clock" | "idleMs" | "snapshotEvery" | "seats" | "trashMs">> {
  readonly file?: string;
  /** Put around the real storage. */
  readonly wrap?: (storage: Storage) => Storage;
}

/** Rooms on a real disk, behind a real port. */
export async function withHouse(use: (house: House) => Promise<void>, options: HouseOptions = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-rooms-"));
  const house = await openHouse({ file: join(folder, "waggle.db"), ...options });
  try {
    await use(house);
  } finally {
    await house.close();
    await rm(folder, { recursive: true });
  }
}

/** The same for tests that close it themselves. */
export async function openHouse(
  options: HouseOptions & { readonly file: string },
): Promise<House & { close(): Promise<void> }> {
  const { file, clock = systemClock, wrap = (storage: Storage) => storage } = options;
  const { idleMs, snapshotEvery, seats, trashMs } = options;
  const log = new ListLog();
  const storage = wrap(await openSqlite({ file }));
  const limits = {
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(seats === undefined ? {} : { seats }),
    ...(trashMs === undefined ? {} : { trashMs }),
    ...(snapshotEvery === undefined ? {} : { snapshotEvery }),
  };
  const registry = new RoomRegistry({ storage, clock, log, ...limits });
  const sessions = new TemplateSessions({ storage, registry, clock });
  const sweeper = new ExpirySweeper({ registry, storage, clock, log });
  const door = new RoomDoor({ registry, authenticator: plainTokens, clock: systemClock, log });
  const server = await listen(door);
  const close = async (): Promise<void> => {
    await sweeper.close();
    await registry.close();
    await door.close();
    await new Promise((resolve) => server.close(resolve));
    await storage.close();
  };
  // Listening on port 0 gives an address with a port.
  const { port } = server.address() as AddressInfo;
  const syncUrl = `ws://127.0.0.1:${port}${routes.sync}`;
  return { storage, registry, sessions, sweeper, door, log, clock, file, syncUrl, close };
}

function listen(door: RoomDoor): Promise<Server> {
  const server = createServer();
  server.on("upgrade", (request, socket, head) => door.upgrade(request, socket, head));
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

export const scout: Actor = { kind: "agent", id: "agent-scout", name: "Scout" };
export const lumen: Actor = { kind: "agent", id: "agent-lumen", name: "Lumen" };

/** One of the catalogue, by name. */
export function operation(name: string): AnyOperation<OperationContext> {
  const found = operations.find((each) => each.name === name);
  if (!found) throw new Error(`No operation ${name}.`);
  return found;
}

export const titleId = "11111111-1111-4111-8111-111111111111";
export const paragraphId = "22222222-2222-4222-8222-222222222222";
export const buttonId = "33333333-3333-4333-8333-333333333333";
export const columnId = "44444444-4444-4444-8444-444444444444";
export const rowId = "55555555-5555-4555-8555-555555555555";

/** An agent's call that writes the page's title again. */
export function retitle(text: string) {
  return { actor: scout, operation: operation("update_title"), input: { elementId: titleId, text } };
}

export const titleKey = "/descriptor/heading/text";
export const paragraphKey = "/descriptor/paragraph/html";
export const hrefKey = "/descriptor/button/href";

/** One row with one column with a title, a paragraph and a button. */
export function page(): Json {
  const style = { "padding-top": "10px", "padding-bottom": "10px" };
  const modules: Json[] = [
    {
      uuid: titleId,
      type: "mailup-bee-newsletter-modules-heading",
      descriptor: { heading: { title: "h1", text: "Spring is here", style: { "font-size": "32px" } }, style },
    },
    {
      uuid: paragraphId,
      type: "mailup-bee-newsletter-modules-paragraph",
      descriptor: { paragraph: { html: "<p>The quick brown fox jumps.</p>", style: {} }, style },
    },
    {
      uuid: buttonId,
      type: "mailup-bee-newsletter-modules-button",
      descriptor: { button: { label: "Buy", href: "https://example.com", style: { color: "#ffffff" } }, style },
    },
  ];
  const column = { uuid: columnId, "grid-columns": 12, style: {}, modules };
  const row = {
    uuid: rowId,
    type: "one-column-empty",
    container: { style: {} },
    content: { style: {} },
    columns: [column],
  };
  return { page: { title: "Spring", description: "", body: {}, rows: [row] }, comments: {} };
}

/** The storage with another way to append. */
export function withAppend(storage: Storage, append: Storage["append"]): Storage {
  return new Proxy(storage, {
    get(target, name) {
      if (name === "append") return append;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

/** A disk whose next appends fail, or wait until they are let go. */
export class FickleDisk {
  /** Refuses every append while set. */
  isFull = false;
  #held: (() => void)[] | undefined;

  readonly wrap = (storage: Storage): Storage =>
    withAppend(storage, async (id, epoch, entry) => {
      const held = this.#held;
      if (held) await new Promise<void>((resolve) => held.push(resolve));
      if (this.isFull) throw refuseAppend("disk", new Error("ENOSPC"));
      return storage.append(id, epoch, entry);
    });

  get waiting(): number {
    return this.#held?.length ?? 0;
  }

  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const resume of held) resume();
  }
}

const untilMs = 15_000;

/** Waits until it is so; real sockets take their time. */
export async function until(condition: () => boolean, what = "it"): Promise<void> {
  const end = Date.now() + untilMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`After ${untilMs} ms still waiting until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
