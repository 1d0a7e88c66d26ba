import type * as Y from "yjs";
import { isEmpty } from "../change-set/algebra.ts";
import type { ChangeSet } from "../change-set/types.ts";
import { applyChange, type Snapshot } from "../document/snapshot.ts";
import { withCanonicalTexts } from "./canonical-texts.ts";
import { readDocument, writeChangeOver } from "./document.ts";
import { changeOfEvents, type DocumentEvent } from "./events.ts";
import { nodesOf, settingsOf } from "./layout.ts";

/** One transaction of the document, in plain data. */
export interface MirrorEvent {
  readonly change: ChangeSet;
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Origin of the Yjs transaction. */
  readonly origin: unknown;
}

export interface DocumentMirrorOptions {
  /** Called once per transaction that changed something, before Yjs emits its `update`. */
  readonly onChange: (event: MirrorEvent) => void;
}

/** Keeps an immutable snapshot beside a Y.Doc and tells every transaction, whoever made it, as a change set. */
export class DocumentMirror {
  readonly doc: Y.Doc;
  #snapshot: Snapshot;
  #events: DocumentEvent[] = [];
  /** The change being committed: known exactly, so it is not derived again from events. */
  #committing: { readonly change: ChangeSet; readonly after: Snapshot } | undefined;
  readonly #onChange: (event: MirrorEvent) => void;

  constructor(doc: Y.Doc, { onChange }: DocumentMirrorOptions) {
    this.doc = doc;
    this.#onChange = onChange;
    this.#snapshot = readDocument(doc);
    nodesOf(doc).observeDeep(this.#collect);
    settingsOf(doc).observeDeep(this.#collect);
    doc.on("afterTransaction", this.#tell);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /**
   * Writes a change in one transaction and gives the snapshot after it. Throws INVALID_CHANGE, with nothing written, when the
   * change does not fit the document. An empty change writes nothing. Texts that a merge left without a last block or with
   * impossible marks are mended in the same change; `onChange` tells the change as it was written.
   */
  commit(wanted: ChangeSet, origin: unknown): Snapshot {
    if (isEmpty(wanted)) return this.#snapshot;
    const change = withCanonicalTexts(wanted, this.#snapshot);
    const after = applyChange(this.#snapshot, change);
    this.#committing = { change, after };
    try {
      writeChangeOver(this.doc, change, { origin, before: this.#snapshot });
    } finally {
      this.#committing = undefined;
    }
    return after;
  }

  /** Stops listening; the document stays. */
  destroy(): void {
    nodesOf(this.doc).unobserveDeep(this.#collect);
    settingsOf(this.doc).unobserveDeep(this.#collect);
    this.doc.off("afterTransaction", this.#tell);
  }

  readonly #collect = (events: DocumentEvent[]): void => {
    this.#events.push(...events);
  };

  readonly #tell = (transaction: Y.Transaction): void => {
    const events = this.#events;
    if (events.length === 0) return;
    this.#events = [];
    const before = this.#snapshot;
    const known = this.#committing;
    this.#committing = undefined;
    const change = known?.change ?? changeOfEvents(this.doc, events, before);
    if (isEmpty(change)) return;
    this.#snapshot = known?.after ?? applyChange(before, change);
    this.#onChange({ change, before, after: this.#snapshot, origin: transaction.origin });
  };
}
