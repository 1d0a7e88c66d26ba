import type * as Y from "yjs";
import { browserToken, createTemplate, sixtyModules } from "./documents.ts";
import { hocuspocusServer, type Running, relayServer, waggleServer, yWebsocketServer } from "./processes.ts";
import type { ClientOptions, Dialect } from "./sync-client.ts";

/** A server that keeps documents in step, and how one comes into a room of it. */
export interface SyncServer {
  readonly name: string;
  readonly pid: number;
  readonly dialect: Dialect;
  /** A room of its own for each call. */
  makeRoom(): Promise<Pick<ClientOptions, "url" | "room" | "dialect">>;
  stop(): Promise<void>;
}

interface Peer {
  readonly name: string;
  readonly dialect: Dialect;
  start(): Promise<Running>;
}

const peers: readonly Peer[] = [
  { name: "bare relay", dialect: "relay", start: relayServer },
  { name: "@y/websocket-server 0.1.1", dialect: "y-websocket", start: yWebsocketServer },
  { name: "hocuspocus 4.7.0", dialect: "hocuspocus", start: hocuspocusServer },
];

export const waggleName = "Waggle";
export const relayName = "bare relay";
export const referenceName = "@y/websocket-server 0.1.1";

/** All servers, started: the floor, the peers, and Waggle with every update on its disk. */
export async function startSyncServers(): Promise<readonly SyncServer[]> {
  const others = await Promise.all(peers.map(startPeer));
  return [...others, await startWaggle()];
}

async function startPeer({ name, dialect, start }: Peer): Promise<SyncServer> {
  const running = await start();
  const address = running.origin.replace("http", "ws");
  let rooms = 0;
  const makeRoom = async () => {
    rooms += 1;
    const room = `room${rooms}`;
    return { room, dialect, url: dialect === "hocuspocus" ? address : `${address}/${room}` };
  };
  return { name, dialect, pid: running.pid, makeRoom, stop: () => running.stop() };
}

async function startWaggle(): Promise<SyncServer> {
  const running = await waggleServer();
  const token = await browserToken(running.origin);
  const dialect = "y-websocket";
  const makeRoom = async () => {
    const room = await createTemplate(running.origin, sixtyModules());
    return {
      room,
      dialect,
      url: `${running.origin.replace("http", "ws")}/v2/sdk/sync/${room}?token=${token}`,
    } as const;
  };
  return { name: waggleName, dialect, pid: running.pid, makeRoom, stop: () => running.stop() };
}

/** Where each edit of the bench goes: a property of the page, which every one of these servers passes on. */
export const editedKey = "/page/title";

export const settingsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap("settings");
