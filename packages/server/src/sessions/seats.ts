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
}

/**
 * Whether a person may sit down. An editor-managed session has one seat: someone else, or the same person's second tab, is
 * a second person. Whoever comes back, be it after a reload, takes the seat again.
 */
export function decideSeat({ record, newcomer, connected }: SeatRequest): "welcome" | "second-person" {
  if (record.kind === "api") return "welcome";
  if (record.ownerHandle !== undefined && newcomer.userId !== record.ownerHandle) return "second-person";
  return connected.some(({ actorId }) => actorId !== newcomer.actorId) ? "second-person" : "welcome";
}
