/** Who did something. Travels with every change; nothing guesses it afterwards. */
export interface Actor {
  readonly kind: "person" | "agent" | "server";
  /** Unique among the participants of a room; a second tab of one person is a second participant. */
  readonly id: string;
  /** What others see, for example "Maya" or "Scout". */
  readonly name: string;
  /** The `userHandle` an agent works for, when it named one that is in the room. */
  readonly owner?: string;
}

/** Repairs and purges by the server itself. */
export const serverActor: Actor = { kind: "server", id: "server", name: "Waggle" };
