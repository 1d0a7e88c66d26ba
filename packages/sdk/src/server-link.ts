import type { BeeConfig } from "./bee-types.ts";
import type { Clock } from "./clock.ts";
import type { RoomOpening } from "./session/session-host.ts";
import { LiveRoom } from "./sync/live-room.ts";
import type { RoomPlace } from "./sync/live-room-options.ts";
import type { RoomAddress } from "./sync/room-connection.ts";
import { ServerDoor, type SessionContents } from "./transport/server-door.ts";
import { TokenSource } from "./transport/token-source.ts";

export interface ServerLinkOptions {
  readonly server: BeeConfig["server"];
  readonly token: BeeConfig["token"];
  readonly clock: Clock;
  /** Who comes in. */
  readonly participant: Pick<RoomAddress, "instance" | "username" | "color">;
}

/** Everything that talks to the server. In a file of its own, because it comes with the first session. */
export class ServerLink {
  readonly #clock: Clock;
  readonly #participant: ServerLinkOptions["participant"];
  readonly #door: ServerDoor;
  readonly #tokens: TokenSource;

  constructor({ server, token, clock, participant }: ServerLinkOptions) {
    this.#clock = clock;
    this.#participant = participant;
    this.#door = new ServerDoor(server, clock);
    this.#tokens = new TokenSource({ token, door: this.#door, clock });
  }

  /** Has the server build a room from page JSON, for agents who may do what the policy allows. */
  createRoom(contents: SessionContents, signal: AbortSignal): Promise<RoomPlace> {
    return this.#tokens.use(signal, (token) => this.#door.createSession(contents, { token, signal }));
  }

  /** Where a room is that the server has already. */
  placeOf(templateId: string): RoomPlace {
    return { syncUrl: this.#door.syncUrl, templateId };
  }

  /** Resolves once the room's document is here. */
  async openRoom({ syncUrl, templateId }: RoomPlace, { people, listener, signal }: RoomOpening): Promise<LiveRoom> {
    const token = await this.#tokens.current(signal);
    const address = { ...this.#participant, syncUrl, templateId, token };
    const renewToken = (whileOpen: AbortSignal) => this.#tokens.renew(whileOpen);
    const room = new LiveRoom(address, { clock: this.#clock, people, renewToken, listener });
    try {
      await room.open(signal);
      return room;
    } catch (failure) {
      room.close();
      throw failure;
    }
  }

  /** Gives the room each new token until the returned function is called. */
  keepFresh(room: LiveRoom): () => void {
    return this.#tokens.keepFresh((token) => room.setToken(token));
  }
}
