import type { TemplateRecord } from "../storage/storage.ts";

/** Someone in or at the door of a room. */
export interface Seated {
  /** The participant: another tab is another one. */
  readonly actorId: string;
  /** Who they are to the host. */
  readonly userId: string;
}

export interface SeatRequest {
  readonly record: Pick<TemplateRecord, "kind" | "ownerHandle">;
  readonly newcomer: Seated;
  /** Those with a connection now. */
  readonly connected: readonly Seated[];
  /** How many people a template that many share has room for. */
  readonly seats: number;
}

/**
 * Whether a person may sit down. An editor-managed session has one seat: someone else, or the same person's second tab, is
 * a second person. Whoever comes back, be it after a reload, takes the seat again. A template that many share has a seat
 * for each connection of a person, and none for agents.
 */
export function decideSeat({ record, newcomer, connected, seats }: SeatRequest): "welcome" | "second-person" | "full" {
  const others = new Set(connected.map(({ actorId }) => actorId).filter((actorId) => actorId !== newcomer.actorId));
  if (record.kind === "api") return others.size < seats ? "welcome" : "full";
  if (record.ownerHandle !== undefined && newcomer.userId !== record.ownerHandle) return "second-person";
  return others.size > 0 ? "second-person" : "welcome";
}
