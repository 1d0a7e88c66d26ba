import { type ChangeSet, compose, type Snapshot } from "@waggle/template";
import { DocumentMirror } from "@waggle/template/binding";
import * as Y from "yjs";
import { encodeDocument, forgetPending } from "./document-bytes.ts";
import { lostWritesIn, takeBackOutdated } from "./lost-writes.ts";
import { type KnownDocument, requireSoundUpdate } from "./update-guard.ts";

/** Origin of what the server writes itself. */
const serverOrigin = { kind: "server" } as const;
/** Origin of what came through a socket. */
const personOrigin = { kind: "person" } as const;

/** What an update did to the document; the change is empty when it only tidied up. */
export interface ReceivedUpdate {
  readonly change: ChangeSet;
  /** Exactly what was new, for the log and for the others. */
  readonly update: Uint8Array;
}

/** A person's update, as the document took it. */
export interface ReceivedEdit extends ReceivedUpdate {
  /** Some of it belonged to something that is gone for good. */
  readonly isPartlyLost: boolean;
}

const noChange: ChangeSet = {};

type Struct = ReturnType<typeof requireSoundUpdate>[number];
type Store = Y.Doc["store"];

/** What the document does not have yet, without what was deleted where it was made. */
function newItems(structs: readonly Struct[], store: Store): readonly Struct[] {
  return structs.filter(
    (struct) =>
      struct instanceof Y.Item &&
      !(struct.content instanceof Y.ContentDeleted) &&
      struct.id.clock >= Y.getState(store, struct.id.client),
  );
}

/** Whether Yjs found no place for it. What still waits for others is not gone. */
function isGone({ id }: Struct, store: Store): boolean {
  return id.clock < Y.getState(store, id.client) && Y.getItem(store, id) instanceof Y.GC;
}

/** The state vector of a client that holds no document yet: it names nobody. */
function knowsNothing(stateVector: Uint8Array): boolean {
  return stateVector.length === 1 && stateVector[0] === 0;
}

/**
 * The Y.Doc of a room with its snapshot. Nothing else in the server touches Yjs while a room lives. After a throw of
 * `write` or `receive` (INVALID_FRAME excepted) the document may hold half a change: drop it.
 */
export class LiveDocument {
  readonly #doc: Y.Doc;
  readonly #mirror: DocumentMirror;
  #changes: ChangeSet[] = [];
  #updates: Uint8Array[] = [];
  #toldSnapshot: Snapshot;
  /** The whole document as bytes, until it changes: many may come at once. */
  #whole: Uint8Array | undefined;
  #isDestroyed = false;

  /** Takes the document over; its client id is the lease epoch. */
  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#mirror = new DocumentMirror(doc, { onChange: ({ change }) => this.#changes.push(change) });
    this.#toldSnapshot = this.#mirror.snapshot;
    doc.on("update", this.#collect);
  }

  get snapshot(): Snapshot {
    return this.#mirror.snapshot;
  }

  /** The template after the last change that went through whole; others know this one. */
  get toldSnapshot(): Snapshot {
    return this.#toldSnapshot;
  }

  get epoch(): number {
    return this.#doc.clientID;
  }

  get stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /** Bytes of updates that wait for others they build on. */
  get pendingBytes(): number {
    const { pendingStructs, pendingDs } = this.#doc.store;
    return (pendingStructs?.update.length ?? 0) + (pendingDs?.length ?? 0);
  }

  /** Writes a change that was made on `snapshot`; the update for the others. */
  write(change: ChangeSet): Uint8Array {
    this.#mirror.commit(change, serverOrigin);
    return this.#take().update;
  }

  /** Applies a person's update. Undefined when it brought nothing new; INVALID_FRAME, with nothing applied, when it is unsound. */
  receive(update: Uint8Array): ReceivedEdit | undefined {
    const { store } = this.#doc;
    const structs = requireSoundUpdate(update, this.#known);
    const arrived = newItems(structs, store);
    Y.applyUpdate(this.#doc, update, personOrigin);
    if (this.#updates.length === 0) return undefined;
    return { ...this.#take(), isPartlyLost: arrived.some((item) => isGone(item, store)) };
  }

  /**
   * What of a person's update servers before this one wrote and lost; to be received on its own before the rest. Undefined
   * when there is nothing of that kind. Throws INVALID_FRAME when the update is unsound.
   */
  lostWritesIn(update: Uint8Array): Uint8Array | undefined {
    requireSoundUpdate(update, this.#known);
    return lostWritesIn(update, this.#known);
  }

  /** What of a change that lost writes have just made is outdated, as the change that takes it back. */
  outdatedIn(recovered: { readonly lost: Uint8Array; readonly change: ChangeSet }): ChangeSet {
    return takeBackOutdated(this.#doc, recovered);
  }

  get #known(): KnownDocument {
    return { clockOf: (client) => Y.getState(this.#doc.store, client), epoch: this.epoch };
  }

  /** What a client with this state vector lacks. Throws when the vector is no vector. */
  missingState(stateVector: Uint8Array): Uint8Array {
    return knowsNothing(stateVector) ? this.encode() : encodeDocument(this.#doc, stateVector);
  }

  /** The whole document. */
  encode(): Uint8Array {
    this.#whole ??= encodeDocument(this.#doc);
    return this.#whole;
  }

  /** Forgets updates that wait for others; whoever sent them has to be asked again. */
  forgetPending(): void {
    forgetPending(this.#doc);
  }

  /** A second call does nothing. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#doc.off("update", this.#collect);
    this.#mirror.destroy();
    this.#doc.destroy();
  }

  readonly #collect = (update: Uint8Array): void => {
    this.#updates.push(update);
    this.#whole = undefined;
  };

  /** One change and one update, however many transactions it took: Yjs tidies formatting in one of its own. */
  #take(): ReceivedUpdate {
    const [changes, updates] = [this.#changes, this.#updates];
    this.#changes = [];
    this.#updates = [];
    this.#toldSnapshot = this.#mirror.snapshot;
    const [only = noChange] = changes;
    const [first] = updates;
    return {
      change: changes.length > 1 ? changes.reduce(compose) : only,
      update: first && updates.length === 1 ? first : Y.mergeUpdates(updates),
    };
  }
}
