import * as encoding from "lib0/encoding";
import type * as Y from "yjs";
import { browserToken, createTemplate, sixtyModules } from "./documents.ts";
import {
  hocuspocusOnDisk,
  hocuspocusServer,
  type Running,
  relayServer,
  waggleServer,
  yWebsocketOnDisk,
  yWebsocketServer,
} from "./processes.ts";
import type { ClientOptions, Dialect } from "./sync-client.ts";

/** A server that keeps documents in step, and how one comes into a room of it. */
export interface SyncServer {
  readonly name: string;
  readonly pid: number;
  readonly dialect: Dialect;
  /** Whether its rooms hold the document from the start; else the first client brings it. */
  readonly isFilled: boolean;
  /** A room of its own for each call. */
  makeRoom(): Promise<Pick<ClientOptions, "url" | "room" | "dialect" | "greeting">>;
  stop(): Promise<void>;
}

interface Peer {
  readonly name: string;
  readonly dialect: Dialect;
  start(): Promise<Running>;
}

// What a name says of the disk is what the server does about it while the clock runs.
export const waggleName = "Waggle (synced to disk)";
export const waggleFramesName = "Waggle (synced to disk), clients told who did what";
export const relayName = "bare relay";
export const inMemoryName = "@y/websocket-server 0.1.1 (memory only)";
/** What Waggle is held against: the plainest server for Yjs with its own way to keep documents. */
export const referenceName = "@y/websocket-server 0.1.1 + LevelDB (written, not synced)";

const peers: readonly Peer[] = [
  { name: relayName, dialect: "relay", start: relayServer },
  { name: inMemoryName, dialect: "y-websocket", start: yWebsocketServer },
  { name: referenceName, dialect: "y-websocket", start: yWebsocketOnDisk },
  { name: "hocuspocus 4.7.0 (memory only)", dialect: "hocuspocus", start: hocuspocusServer },
  {
    name: "hocuspocus 4.7.0 + SQLite (stored 2 s after the last edit)",
    dialect: "hocuspocus",
    start: hocuspocusOnDisk,
  },
];

/** All servers, started: the floor, the peers without and with a disk, and Waggle with every update on its disk. */
export async function startSyncServers(): Promise<readonly SyncServer[]> {
  const starts = await Promise.allSettled([...peers.map(async (peer) => [await startPeer(peer)]), startWaggle()]);
  const servers = starts.flatMap((start) => (start.status === "fulfilled" ? start.value : []));
  const failed = starts.find((start) => start.status === "rejected");
  if (!failed) return servers;
  await Promise.all(servers.map((server) => server.stop()));
  throw failed.reason;
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
  return { name, dialect, isFilled: false, pid: running.pid, makeRoom, stop: () => running.stop() };
}

/** One process, met by plain clients of Yjs as the others are, and by those that speak its own frames as its SDK does. */
async function startWaggle(): Promise<readonly SyncServer[]> {
  const running = await waggleServer();
  const token = await browserToken(running.origin);
  const makeRoom = async () => {
    const room = await createTemplate(running.origin, sixtyModules());
    const url = `${running.origin.replace("http", "ws")}/v2/sdk/sync/${room}?token=${token}`;
    return { room, dialect: "y-websocket", url } as const;
  };
  const makeTalkingRoom = async () => {
    const { url, ...room } = await makeRoom();
    return { ...room, url: `${url}&waggle=1`, greeting: helloMessage() };
  };
  const same = { dialect: "y-websocket", isFilled: true, pid: running.pid } as const;
  return [
    { ...same, name: waggleName, makeRoom, stop: () => running.stop() },
    // Ends with the process above.
    { ...same, name: waggleFramesName, makeRoom: makeTalkingRoom, stop: async () => undefined },
  ];
}

/** What a client says first that wants to be told who did what: message type 100 of packages/contract/src/frames.ts. */
function helloMessage(): Uint8Array {
  const hello = { frame: "hello", protocol: 1, schema: 1, generation: 0, revision: 0 };
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 100);
  encoding.writeVarString(encoder, JSON.stringify(hello));
  return encoding.toUint8Array(encoder);
}

/** Where each edit of the bench goes: a property of the page, which every one of these servers passes on. */
export const editedKey = "/page/title";

export const settingsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap("settings");
