import {
  type Actor,
  type EndReason,
  type EntryFrame,
  type PeopleFrame,
  protocolVersion,
  type SavedFrame,
  type SealedFrame,
  type ServerFrame,
  type ServerHello,
  schemaVersion,
  WaggleError,
} from "@waggle/contract";
import type { MirrorEvent } from "@waggle/template/binding";
import type { Doc } from "yjs";
import type { Clock } from "../clock.ts";
import type { PeopleList } from "../presence/people-list.ts";
import { isAboutToken } from "../transport/session-error.ts";
import { type AuthoredChange, Authorship } from "./authorship.ts";
import { closeError } from "./close-error.ts";
import type { LiveRoomListener, LiveRoomOptions } from "./live-room-options.ts";
import { newDoc } from "./new-doc.ts";
import { type RoomAddress, RoomConnection, type ServerClose } from "./room-connection.ts";
import { type TextGuard, textGuard } from "./text-guard.ts";
import { UnsavedEdits } from "./unsaved-edits.ts";

/** How long the server may take until the document is here. */
const openWaitMs = 10_000;
/** An own edit without an entry for this long is asked about: one that changed nothing on the server gets none. */
const entryWaitMs = 1_000;
/** Who sent too much, or has no token yet, tries again after this. */
const cooldownMs = 2_000;
/** A token that is over takes this long to be replaced before anybody is told that the connection is gone. */
const tokenChangeMs = 2_000;
/** Sent by who holds nothing yet: no entry is later, so none is told again. */
const noEntries = Number.MAX_SAFE_INTEGER;

type FrameReaders = { readonly [Kind in ServerFrame["frame"]]: (frame: Extract<ServerFrame, { frame: Kind }>) => void };

/** A room on the server and the document it fills: who is there, who wrote what, what is saved. */
export class LiveRoom {
  readonly doc: Doc = newDoc();
  readonly templateId: string;
  readonly people: PeopleList;
  readonly #connection: RoomConnection;
  readonly #clock: Clock;
  readonly #renewToken: LiveRoomOptions["renewToken"];
  readonly #closing = new AbortController();
  readonly #listener: LiveRoomListener;
  readonly #authorship = new Authorship();
  readonly #unsaved = new UnsavedEdits();
  readonly #opening = Promise.withResolvers<void>();
  #hello: ServerHello | undefined;
  #revision = 0;
  #isSynced = false;
  #isOpen = false;
  #isClosed = false;
  #sealed: SealedFrame | undefined;
  #hasNewToken = false;
  /** A token came since the socket was opened. */
  #hasUntriedToken = false;
  #agentEntries = 0;
  #selection: string | undefined;
  /** Set while an answer is awaited that settles what was edited before. */
  #isAsking = false;
  #cancelQuestion = () => {};
  #cancelReturn = () => {};
  /** Set while a socket that was closed with its token is being replaced. */
  #cancelTokenChange: (() => void) | undefined;

  /** Nothing is opened before `open()`. */
  constructor(address: RoomAddress, { clock, people, renewToken, listener }: LiveRoomOptions) {
    this.templateId = address.templateId;
    this.people = people;
    this.#clock = clock;
    this.#renewToken = renewToken;
    this.#listener = listener;
    this.#connection = new RoomConnection(this.doc, address, {
      opened: () => this.#sayHello(),
      frame: (frame) => this.#read(frame),
      asked: () => this.#asked(),
      applied: () => this.#authorship.updateApplied({ isSynced: this.#isSynced }),
      answered: () => this.#answered(),
      synced: () => this.#synced(),
      edited: () => this.#edited(),
      lost: (event) => this.#lost(event),
      closed: (event) => this.#refused(event),
      selectionsChanged: () => this.#selectionsChanged(),
      failed: (error) => listener.failed(error),
    });
    // Whoever opened the room is told; without a listener of its own the rejection would count as unhandled.
    this.#opening.promise.catch(() => undefined);
  }

  /**
   * Resolves once the document holds what the server holds. Rejects with SERVER_UNREACHABLE after a bounded wait, or with
   * the reason of a refusal.
   */
  async open(signal: AbortSignal): Promise<void> {
    const stopWaiting = this.#clock.after(openWaitMs, () => this.#opening.reject(unreachable()));
    const abort = () => this.#opening.reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    try {
      signal.throwIfAborted();
      this.#connection.open();
      await this.#opening.promise;
      this.#isOpen = true;
    } finally {
      stopWaiting();
      signal.removeEventListener("abort", abort);
    }
  }

  /** The actor the server knows this participant by. */
  get self(): Actor | undefined {
    return this.#hello?.actor;
  }

  /** Who the server takes this participant for: the handle of the token. */
  get userHandle(): string | undefined {
    return this.#hello?.userHandle;
  }

  get isOnline(): boolean {
    return this.#isSynced;
  }

  /** The last revision this participant has heard of. */
  get revision(): number {
    return this.#revision;
  }

  /** Changes by agents so far. */
  get agentEntries(): number {
    return this.#agentEntries;
  }

  /** Another one when another server, or a restarted one, took over the room. */
  get leaseEpoch(): number | undefined {
    return this.#hello?.leaseEpoch;
  }

  /** Set when texts may hold what this version knows nothing of: they are read and not written then. */
  get textGuard(): TextGuard | undefined {
    return this.#hello && this.#hello.schema > schemaVersion ? textGuard : undefined;
  }

  /** Set once the server sealed the session, whoever asked for it. */
  get sealed(): SealedFrame | undefined {
    return this.#sealed;
  }

  get saving(): "saved" | "saving" | "unsaved" {
    if (this.#unsaved.areNone) return "saved";
    return this.#isSynced || this.#cancelTokenChange ? "saving" : "unsaved";
  }

  /** Own edits that are not on the server's disk. */
  get unsavedChanges(): number {
    return this.#unsaved.count;
  }

  /** Authors of a change that came through this room; undefined for one made here. */
  authorsOf(event: MirrorEvent): readonly AuthoredChange[] | undefined {
    if (!this.#connection.isOrigin(event.origin)) return undefined;
    const { change, before, after } = event;
    return this.#authorship.explain({ change, before, after }, this.#clock.now());
  }

  /** Asks the server to end the session. False when there is no connection. */
  seal(reason: EndReason): boolean {
    return this.#isSynced && this.#connection.send({ frame: "seal", reason });
  }

  select(elementId: string | undefined): void {
    this.#selection = elementId;
    this.#announce();
  }

  setToken(token: string): void {
    this.#hasUntriedToken = true;
    this.#connection.setToken(token);
  }

  /** Closes the socket; the document stays. A second call does nothing. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closing.abort();
    this.#isSynced = false;
    this.#cancelQuestion();
    this.#cancelReturn();
    this.#endTokenChange();
    this.#connection.close();
    this.#opening.reject(unreachable());
  }

  readonly #readers: FrameReaders = {
    hello: (frame) => this.#greeted(frame),
    entry: (frame) => this.#entered(frame),
    saved: (frame) => this.#saved(frame),
    people: (frame) => this.#peopleTold(frame),
    sealed: (frame) => this.#sealedBy(frame),
    error: ({ code, message }) => this.#listener.failed(new WaggleError(code, { message })),
  };

  #read<Frame extends ServerFrame>(frame: Frame): void {
    if (this.#isClosed) return;
    // The table is total over the kinds; TypeScript cannot tie a reader to the frame it was found by.
    const reader = this.#readers[frame.frame] as (frame: Frame) => void;
    reader(frame);
  }

  #sayHello(): void {
    this.#hasUntriedToken = false;
    const generation = this.#hello?.generation ?? 0;
    this.#connection.send({
      frame: "hello",
      protocol: protocolVersion,
      schema: schemaVersion,
      generation,
      revision: this.#hello ? this.#revision : noEntries,
    });
  }

  #greeted(hello: ServerHello): void {
    // A server that restarted may have lost what was never said to be saved.
    if (!this.#hello || hello.revision < this.#revision) this.#revision = hello.revision;
    this.#unsaved.rolledBack(hello.revision);
    this.#hello = hello;
    this.#hasNewToken = false;
    this.people.setSelf(hello.actor.id);
    this.#announce();
    this.#settleOpening();
  }

  #entered(entry: EntryFrame): void {
    this.#revision = Math.max(this.#revision, entry.revision);
    if (entry.actor.id === this.#hello?.actor.id) {
      this.#unsaved.entered(entry.revision, { isReplayed: entry.replayed === true });
      this.#askLater();
      this.#listener.shownChanged();
      return;
    }
    if (this.#isOpen && entry.actor.kind === "agent") this.#agentEntries += 1;
    this.#authorship.told(entry);
  }

  #saved({ revision }: SavedFrame): void {
    this.#unsaved.saved(revision);
    this.#listener.shownChanged();
  }

  #sealedBy(frame: SealedFrame): void {
    this.#sealed = frame;
    this.#listener.sealed();
  }

  #peopleTold({ people }: PeopleFrame): void {
    this.#listener.peopleChanged(this.people.update(people));
  }

  #edited(): void {
    this.#unsaved.edited();
    this.#askLater();
    this.#listener.shownChanged();
  }

  #asked(): void {
    // Later questions are about what others have lost; nothing of ours is in doubt then.
    if (!this.#isSynced) this.#unsaved.asked();
  }

  #answered(): void {
    if (!this.#isAsking) return;
    this.#isAsking = false;
    this.#unsaved.settled(this.#revision);
    this.#listener.shownChanged();
  }

  #askLater(): void {
    this.#cancelQuestion();
    this.#isAsking = false;
    if (this.#isClosed || !this.#unsaved.areOpen) return;
    this.#cancelQuestion = this.#clock.after(entryWaitMs, () => {
      this.#isAsking = this.#isSynced && this.#connection.question();
    });
  }

  #synced(): void {
    this.#isSynced = true;
    this.#endTokenChange();
    this.#unsaved.resynced();
    this.#askLater();
    this.#settleOpening();
    if (this.#isOpen) this.#listener.back();
  }

  #settleOpening(): void {
    if (this.#hello && this.#isSynced) this.#opening.resolve();
  }

  #lost(event: ServerClose | undefined): void {
    if (this.#isClosed) return;
    this.#isSynced = false;
    this.#isAsking = false;
    if (!this.#isOpen) return;
    if (event && isAboutToken(closeError(event))) this.#beginTokenChange();
    else this.#tellLost();
  }

  /** Whoever only changes its token is not offline, and is not told so. */
  #beginTokenChange(): void {
    this.#cancelTokenChange ??= this.#clock.after(tokenChangeMs, () => this.#tellLost());
    this.#listener.shownChanged();
  }

  #endTokenChange(): void {
    this.#cancelTokenChange?.();
    this.#cancelTokenChange = undefined;
  }

  #tellLost(): void {
    this.#endTokenChange();
    this.#listener.lost();
  }

  #refused(event: ServerClose): void {
    if (this.#isClosed) return;
    const error = closeError(event);
    if (isAboutToken(error) && this.#hasUntriedToken) this.#connection.open();
    else if (isAboutToken(error) && !this.#hasNewToken) this.#comeBackWithToken(error);
    else if (error.code === "RATE_LIMITED" && this.#isOpen) this.#later(() => this.#connection.open());
    else this.#giveUp(error);
  }

  /** One new token is tried; a server that refuses that as well means it. */
  #comeBackWithToken(error: WaggleError): void {
    this.#renewToken(this.#closing.signal).then(
      (token) => {
        if (this.#isClosed) return;
        this.#hasNewToken = true;
        this.#connection.setToken(token);
        this.#connection.open();
      },
      (failure: unknown) => {
        // A backend that is down may be back in a moment; how long to try is for the session to say.
        if (this.#isOpen && !isAboutToken(failure)) this.#later(() => this.#comeBackWithToken(error));
        else this.#giveUp(error);
      },
    );
  }

  #later(comeBack: () => void): void {
    this.#cancelReturn();
    if (!this.#isClosed) this.#cancelReturn = this.#clock.after(cooldownMs, comeBack);
  }

  #giveUp(error: WaggleError): void {
    if (this.#isClosed) return;
    if (this.#isOpen) this.#listener.closed(error);
    else this.#opening.reject(error);
  }

  #announce(): void {
    const actorId = this.#hello?.actor.id;
    if (actorId !== undefined && !this.#isClosed) this.#connection.announce({ actorId, selection: this.#selection });
  }

  #selectionsChanged(): void {
    if (!this.#isClosed && this.people.select(this.#connection.selections)) this.#listener.shownChanged();
  }
}

function unreachable(): WaggleError {
  return new WaggleError("SERVER_UNREACHABLE", {
    message: "The server did not open the room in time. Check the address and the network, then start again.",
  });
}
