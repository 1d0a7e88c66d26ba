import type { ElementId, TextDelta } from "@waggle/template";
import { cellName } from "./recent-log.ts";

/** What others typed into a text that an agent has not read, as the delta from the text it knows to the text there is. */
export interface UnreadText {
  /** The revision of the text there is. */
  readonly revision: number;
  readonly unread: TextDelta;
}

/** What an agent that comes is taken to know. */
export interface ViewStart {
  /** Of the template, without having looked at it. */
  readonly knownRevision: number;
  /** Of what others did. */
  readonly toldRevision: number;
}

/**
 * What one agent has seen of the template. Its own writes are known to it without looking; what others did counts as seen
 * once it was read. Counted element by element, because reading one says nothing of the others.
 */
export class AgentView {
  readonly agentId: string;
  readonly #elements = new Map<ElementId, number>();
  /** Texts the agent wrote while it had not read what others typed in them; [] where there was nothing. */
  readonly #texts = new Map<string, UnreadText>();

  /** Revision that counts as seen of what the agent has not looked at. */
  readonly #knownRevision: number;
  #toldRevision: number;

  constructor(agentId: string, { knownRevision, toldRevision }: ViewStart) {
    this.agentId = agentId;
    this.#knownRevision = knownRevision;
    this.#toldRevision = toldRevision;
  }

  /** The revision up to which it was told what others did; it is told up to `revision` now. */
  toldTo(revision: number): number {
    const before = this.#toldRevision;
    this.#toldRevision = revision;
    return before;
  }

  /** The revision at which the agent last looked at the element, or came. */
  seenRevision(elementId: ElementId): number {
    return this.#elements.get(elementId) ?? this.#knownRevision;
  }

  /** What it has not read of a text it wrote itself since it last looked. */
  unreadSinceOwnWrite(elementId: ElementId, key: string): UnreadText | undefined {
    const own = this.#texts.get(cellName(elementId, key));
    return own && own.revision > this.seenRevision(elementId) ? own : undefined;
  }

  sawElements(elementIds: Iterable<ElementId>, revision: number): void {
    for (const id of elementIds) this.#elements.set(id, revision);
  }

  wroteText(cell: { readonly elementId: ElementId; readonly key: string }, unread: UnreadText): void {
    this.#texts.set(cellName(cell.elementId, cell.key), unread);
  }
}
