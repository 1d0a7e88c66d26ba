import { WaggleError } from "@waggle/contract";
import * as Y from "yjs";

/** What the room's document holds already, which an update is judged against. */
export interface KnownDocument {
  /** How many steps of a client's history the document has. */
  readonly clockOf: (clientId: number) => number;
  /** The client id the server writes with. */
  readonly epoch: number;
}

/** Client ids of the servers to come, which take theirs from the lease epoch. Few, so that hardly a browser draws one. */
const reservedIds = 4096;
const highestClientId = 2 ** 32 - 1;
/** Far above what a template sees in its life; a jump beyond it would pin a client's history for ever. */
const maxClock = 2 ** 31;
const maxClients = 1024;
/** An update may delete what is not known yet (it comes out of order after a reconnect); a flood of that is an attack. */
const maxUnknownDeletions = 1024;
const maxDepth = 64;
/** No clients, no deletions. */
const emptyUpdateLength = 2;
const maxKeyLength = 1024;

const roots: ReadonlySet<string> = new Set(["nodes", "settings"]);
// Exact constructors: subclasses (hooks, for instance) have no place in a template.
const sharedTypes: ReadonlySet<unknown> = new Set([Y.Map, Y.XmlFragment, Y.XmlElement, Y.XmlText]);

type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number];

/**
 * Looks at a person's update before Yjs does, because Yjs trusts it: a few bytes can make it reserve hundreds of
 * megabytes, or leave a document that nobody can load again. Throws INVALID_FRAME. Returns what is in it.
 */
export function requireSoundUpdate(update: Uint8Array, known: KnownDocument): readonly Struct[] {
  const { structs, ds } = decode(update);
  // Bytes of version 2 read as nothing with a long tail.
  if (structs.length === 0 && ds.clients.size === 0 && update.length > emptyUpdateLength) throw invalid("version 1");
  const ends = new Map<number, number>();
  let last: number | undefined;
  for (const struct of structs) {
    const { client, clock } = struct.id;
    // Yjs reads a client's steps in one stretch; a second one would silently replace the first.
    const end = ends.get(client);
    if (end !== undefined && (client !== last || clock !== end)) throw invalid("each client's steps once and in order");
    last = client;
    ends.set(client, clock + struct.length);
    requireSoundStruct(struct, known);
  }
  if (ends.size > maxClients) throw invalid(`at most ${maxClients} clients`);
  requireSoundDeletions(ds, (client) => Math.max(known.clockOf(client), ends.get(client) ?? 0));
  return structs;
}

function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
  try {
    return Y.decodeUpdate(update);
  } catch (cause) {
    throw invalid("Yjs's encoding, version 1", cause);
  }
}

function requireSoundStruct(struct: Struct, known: KnownDocument): void {
  const { client, clock } = struct.id;
  const end = clock + struct.length;
  if (client > highestClientId || struct.length < 1 || end > maxClock) throw invalid("client ids and clocks in range");
  const isServers = client >= known.epoch && client < known.epoch + reservedIds;
  if (isServers && end > known.clockOf(client)) throw invalid("only its own client ids");
  if (struct instanceof Y.Item) requireSoundItem(struct);
}

function requireSoundItem(item: Y.Item): void {
  const { parent, parentSub } = item;
  if (parentSub !== null && (parentSub === "__proto__" || parentSub.length > maxKeyLength))
    throw invalid("usable keys");
  // What Yjs knows as a string here is the name of a root.
  if (typeof parent === "string" && (!roots.has(parent) || parentSub === null)) throw invalid("content of a template");
  if (!isSoundContent(item.content)) throw invalid("content of a template");
}

function isSoundContent(content: unknown): boolean {
  if (content instanceof Y.ContentString || content instanceof Y.ContentDeleted) return true;
  if (content instanceof Y.ContentFormat) return isPlainJson(content.value, 0);
  if (content instanceof Y.ContentAny) return content.arr.every((value) => isPlainJson(value, 0));
  return content instanceof Y.ContentType && sharedTypes.has(content.type.constructor);
}

/** JSON as the snapshot, the log and the entry frames hold it: no bytes, no big integers, nothing with a strange prototype. */
function isPlainJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth >= maxDepth) return false;
  if (Array.isArray(value)) return value.every((each) => isPlainJson(each, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((each) => isPlainJson(each, depth + 1));
}

function requireSoundDeletions(
  deletions: ReturnType<typeof Y.decodeUpdate>["ds"],
  clockOf: (id: number) => number,
): void {
  let unknown = 0;
  for (const [client, ranges] of deletions.clients) {
    const end = clockOf(client);
    for (const { clock, len } of ranges) {
      if (len < 1 || clock + len > maxClock) throw invalid("deletions in range");
      if (clock + len > end) unknown += 1;
    }
  }
  if (unknown > maxUnknownDeletions) throw invalid("deletions of what there is");
}

function invalid(expected: string, cause?: unknown): WaggleError {
  return new WaggleError("INVALID_FRAME", { message: `An update of the document has ${expected}.`, cause });
}
