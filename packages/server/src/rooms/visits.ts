import {
  type ClientFrame,
  type ClientHello,
  clientFrames,
  type EndReason,
  type EntryFrame,
  parseFrame,
  protocolVersion,
  type SealFrame,
  schemaVersion,
  WaggleError,
} from "@waggle/contract";
import type { LogEntry } from "@waggle/template";
import type { Log } from "../observability/log.ts";
import { decideSeat } from "../sessions/seats.ts";
import type { Storage } from "../storage/storage.ts";
import type { Audience } from "./audience.ts";
import type { Clock } from "./clock.ts";
import type { Connection, ConnectionListener } from "./connection.ts";
import { frameMessage, type InboundMessage, missingStateMessage } from "./messages.ts";
import { PendingUpdates } from "./pending-updates.ts";
import type { Presence } from "./presence.ts";
import type { Room } from "./room.ts";
import { type Tenure, toLogEntry } from "./tenure.ts";
import type { Trash } from "./trash.ts";

const endReasons: Readonly<Record<EndReason, true>> = {
  "agents-left": true,
  timeout: true,
  "second-person": true,
  "new-template": true,
  stopped: true,
  expired: true,
  lost: true,
};

export interface VisitsOptions {
  readonly audience: Audience;
  readonly presence: Presence;
  readonly trash: Trash;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** For people in a template that many share. */
  readonly seats: number;
}

type MessageOf<Kind extends InboundMessage["kind"]> = Extract<InboundMessage, { kind: Kind }>;
type Readers = {
  readonly [Kind in InboundMessage["kind"]]: (connection: Connection, message: MessageOf<Kind>) => void;
};

/** People coming to a room by socket: who may enter, what they are told, what they send. */
export class Visits implements ConnectionListener {
  readonly #room: Room;
  readonly #options: VisitsOptions;
  readonly #pending = new PendingUpdates();

  constructor(room: Room, options: VisitsOptions) {
    this.#room = room;
    this.#options = options;
  }

  /** Seats a person and greets them. */
  async enter(connection: Connection): Promise<void> {
    await this.#room.ready();
    const tenure = this.#room.requireTenure();
    if (connection.isClosed) return;
    this.#requireSeat(connection);
    const { audience, presence } = this.#options;
    const { actor, color, userId: handle } = connection.visitor;
    const previous = audience.connectionOf(actor.id);
    audience.add(connection);
    previous?.close("SESSION_RUNNING");
    if (this.#room.record.kind === "editor") this.#freeSeat(actor.id);
    connection.gather();
    presence.arrive(actor, { color, handle });
    this.#room.life.keepAlive();
    this.#greet(connection, tenure);
    connection.start(this);
  }

  received(connection: Connection, message: InboundMessage): void {
    this.#room.life.keepAlive();
    // The table is total over the kinds; TypeScript cannot tie a reader to the message it was found by.
    const read = this.#readers[message.kind] as (connection: Connection, message: InboundMessage) => void;
    try {
      read(connection, message);
    } catch (failure) {
      if (failure instanceof WaggleError) {
        connection.close(failure.code, failure.message);
        return;
      }
      connection.close("INTERNAL");
      this.#options.log.error({ templateId: this.#room.templateId, error: failure }, "A message could not be handled.");
    }
  }

  closed(connection: Connection): void {
    const { audience, presence, trash } = this.#options;
    audience.remove(connection);
    const { tenure } = this.#room;
    if (tenure) this.#pending.leave(tenure, connection);
    trash.left(connection);
    const { id } = connection.visitor.actor;
    if (!audience.has(id)) presence.disconnect(id);
  }

  /** The document that updates waited in is gone. */
  forgetPending(): void {
    this.#pending.clear();
  }

  readonly #readers: Readers = {
    frame: (connection, { text }) => this.#readFrame(connection, parseFrame<ClientFrame>(text, clientFrames)),
    "state-vector": (connection, { stateVector }) => this.#answer(connection, stateVector),
    update: (connection, { update, isAnswer }) => {
      // Only whoever was connected to another server has what that one wrote, and sends all it has when it comes.
      this.#edit(connection, update, { mayHoldLostWrites: isAnswer });
      if (isAnswer) connection.receipts.answered();
    },
    awareness: (connection, { states }) =>
      this.#options.audience.receiveAwareness(connection, states, this.#options.clock.now()),
    "query-awareness": (connection) => this.#options.audience.sendAwareness(connection),
  };

  #requireSeat({ visitor }: Connection): void {
    const connected = [...this.#options.audience.connections].map(({ visitor: { actor, userId } }) => ({
      actorId: actor.id,
      userId,
    }));
    const newcomer = { actorId: visitor.actor.id, userId: visitor.userId };
    const { seats } = this.#options;
    const decision = decideSeat({ record: this.#room.record, newcomer, connected, seats });
    if (decision === "welcome") return;
    if (decision === "full") {
      throw new WaggleError("SEATS_TAKEN", { message: `All ${seats} seats are taken. Try again when one leaves.` });
    }
    this.#seal("second-person");
    throw new WaggleError("SESSION_REFUSED", {
      message: "This session belongs to one person, who is somebody else. Start your own.",
    });
  }

  /** A reload takes the seat of the page before it, which need not be waited for any more. */
  #freeSeat(actorId: string): void {
    for (const { actor } of this.#options.presence.people) {
      if (actor.kind === "person" && actor.id !== actorId) this.#options.presence.leave(actor.id);
    }
  }

  #greet(connection: Connection, { document, log }: Tenure): void {
    const { visitor } = connection;
    if (visitor.speaksWaggle) {
      const { generation } = this.#room.record;
      const { actor } = visitor;
      connection.send(
        frameMessage({
          frame: "hello",
          protocol: protocolVersion,
          schema: schemaVersion,
          generation,
          leaseEpoch: document.epoch,
          revision: log.revision,
          actor,
          userHandle: visitor.userId,
        }),
      );
    }
    connection.ask(document.stateVector, log.revision);
    this.#options.audience.sendAwareness(connection);
  }

  #readFrame(connection: Connection, frame: ClientFrame): void {
    if (frame.frame === "seal") this.#readSeal(connection, frame);
    else this.#readHello(connection, frame);
  }

  #readHello(connection: Connection, hello: ClientHello): void {
    const { tenure } = this.#room;
    if (connection.isLive || !tenure) throw invalid("Say hello once, at the start.");
    requireSameVersion(hello, this.#room.record.generation);
    const entries = tenure.log.since(hello.revision);
    if (entries) this.#welcome(connection, tenure, entries);
    else this.#recallFor(connection, hello.revision);
  }

  #recallFor(connection: Connection, revision: number): void {
    connection.hold();
    this.#recall(connection, revision).catch((error: unknown) => {
      this.#options.log.error({ templateId: this.#room.templateId, error }, "The log could not be read.");
      connection.close("INTERNAL");
    });
  }

  /** Reads what is no longer at hand from disk, then continues with what is. */
  async #recall(connection: Connection, revision: number): Promise<void> {
    const stored = await this.#options.storage.entriesSince(this.#room.templateId, revision);
    await this.#room.ready();
    const tenure = this.#room.requireTenure();
    if (connection.isClosed) return;
    const last = stored.at(-1)?.revision ?? revision;
    this.#welcome(connection, tenure, [...stored.map(toLogEntry), ...(tenure.log.since(last) ?? [])]);
    connection.release();
  }

  #welcome(connection: Connection, { commits }: Tenure, entries: readonly LogEntry[]): void {
    for (const entry of entries) connection.send(frameMessage({ ...entryFrame(entry), replayed: true }));
    connection.isLive = true;
    connection.send(frameMessage({ frame: "people", people: this.#options.presence.people, joined: [], left: [] }));
    connection.send(frameMessage({ frame: "saved", revision: commits.savedRevision }));
    const { frame } = this.#room.sealState;
    if (frame) connection.send(frameMessage(frame));
  }

  #readSeal(connection: Connection, { reason }: SealFrame): void {
    if (!connection.isLive) throw invalid("Say hello first.");
    if (!Object.hasOwn(endReasons, reason)) {
      throw invalid(`Unknown reason of a seal. Known: ${Object.keys(endReasons).join(", ")}.`);
    }
    if (this.#room.record.kind === "editor") {
      this.#seal(reason, connection);
      return;
    }
    const message = "A template that many share ends by its time alone.";
    connection.send(frameMessage({ frame: "error", code: "FORBIDDEN", message }));
  }

  #seal(reason: EndReason, connection?: Connection): void {
    this.#room.seal(reason).catch((error: unknown) => {
      this.#options.log.error({ templateId: this.#room.templateId, error }, "A session could not be sealed.");
      const message = "The session could not be ended: not everything was saved. Try again.";
      connection?.send(frameMessage({ frame: "error", code: "NOT_SAVED", message }));
    });
  }

  #tellLost(connection: Connection): void {
    this.#options.log.warn({ templateId: this.#room.templateId }, "An edit came too late for what had been purged.");
    if (!connection.visitor.speaksWaggle) return;
    const message =
      "A part of your changes was in something that others had deleted long ago, and is not in the template. Undo the deletion, or add it again, and repeat them.";
    connection.send(frameMessage({ frame: "error", code: "ELEMENT_NOT_FOUND", message }));
  }

  #answer(connection: Connection, stateVector: Uint8Array): void {
    const { tenure } = this.#room;
    if (!connection.isLive || !tenure) throw invalid("Say hello first.");
    connection.sendAnswer(missingStateMessage(missingState(tenure, stateVector)));
    connection.receipts.givenDocument();
    this.#options.trash.ask(tenure);
  }

  #edit(
    connection: Connection,
    update: Uint8Array,
    { mayHoldLostWrites }: { readonly mayHoldLostWrites: boolean },
  ): void {
    const { tenure } = this.#room;
    if (!connection.isLive || !tenure) throw invalid("Say hello first.");
    // The editor has its own edit; the session's result is what was sealed.
    if (this.#room.sealState.isFinal) return;
    let received: ReturnType<Tenure["document"]["receive"]>;
    try {
      const lost = mayHoldLostWrites ? tenure.document.lostWritesIn(update) : undefined;
      if (lost) this.#room.recover(tenure, lost);
      received = tenure.document.receive(update);
    } catch (error) {
      if (error instanceof WaggleError && error.code === "INVALID_FRAME") throw error;
      this.#room.reload(tenure, error);
      throw invalid("The update could not be applied.");
    }
    if (received) this.#room.acceptEdit(tenure, { ...received, author: connection });
    if (received?.isPartlyLost && this.#options.trash.hasPurged) this.#tellLost(connection);
    if (!this.#pending.check(tenure, connection)) throw invalid("Too many updates that build on nothing.");
  }
}

/** An entry as it is told; one that stands for several says so. */
function entryFrame({
  revision,
  actor,
  operation,
  change,
  at,
  from,
}: LogEntry & { readonly from?: number }): EntryFrame {
  return { frame: "entry", revision, actor, operation, changeSet: change, at, ...(from === undefined ? {} : { from }) };
}

function requireSameVersion({ protocol, schema, generation, revision }: ClientHello, current: number): void {
  // 44xx, because trying again with the same program changes nothing.
  // Who is older reads texts and leaves them alone; see `schemaVersion`.
  const isKnown = Number.isSafeInteger(schema) && schema >= 1 && schema <= schemaVersion;
  if (protocol !== protocolVersion || !isKnown) {
    throw new WaggleError("INVALID_INPUT", { message: "The server is of another version. Load the page again." });
  }
  if (!Number.isSafeInteger(revision) || revision < 0) throw invalid("revision has to be a whole number.");
  if (generation !== 0 && generation !== current) {
    throw new WaggleError("GENERATION_CHANGED", {
      message: "The template was loaded from other bytes. Load it again.",
    });
  }
}

function missingState({ document }: Tenure, stateVector: Uint8Array): Uint8Array {
  try {
    return document.missingState(stateVector);
  } catch {
    throw invalid("A state vector has Yjs's encoding.");
  }
}

function invalid(message: string): WaggleError {
  return new WaggleError("INVALID_FRAME", { message });
}
