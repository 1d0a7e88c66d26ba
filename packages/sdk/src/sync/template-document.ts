import type { ChangeSet, Snapshot } from "@waggle/template";
import { DocumentMirror, type MirrorEvent, textFragment, writeChange } from "@waggle/template/binding";
import type { Doc, XmlFragment } from "yjs";
import { type LocalOrigin, localOrigin } from "./local-origin.ts";
import { newDoc } from "./new-doc.ts";

export interface TemplateDocumentListener {
  /** Yjs begins to change; nothing else may write before `settled`. */
  unsettled(): void;
  /** One transaction changed something. Only for keeping records. */
  recorded(event: MirrorEvent): void;
  /** All transactions are through. */
  settled(): void;
}

/** The Y.Doc being edited, with its plain snapshot. */
export class TemplateDocument {
  readonly doc: Doc;
  readonly #mirror: DocumentMirror;
  readonly #unsettled: () => void;
  readonly #settled: () => void;

  /** Takes over a document that holds its content already. */
  constructor(doc: Doc, listener: TemplateDocumentListener) {
    this.doc = doc;
    this.#unsettled = () => listener.unsettled();
    this.#settled = () => listener.settled();
    this.#mirror = new DocumentMirror(doc, { onChange: (event) => listener.recorded(event) });
    doc.on("beforeAllTransactions", this.#unsettled);
    doc.on("afterAllTransactions", this.#settled);
  }

  /** A new local document that holds what `change` makes of an empty one. */
  static filledBy(change: ChangeSet, listener: TemplateDocumentListener): TemplateDocument {
    const doc = newDoc();
    writeChange(doc, change, localOrigin("load", "load"));
    return new TemplateDocument(doc, listener);
  }

  get snapshot(): Snapshot {
    return this.#mirror.snapshot;
  }

  /** Throws INVALID_CHANGE, with nothing written, when the change does not fit. */
  commit(change: ChangeSet, origin: LocalOrigin): void {
    this.#mirror.commit(change, origin);
  }

  textFragment(elementId: string, key: string): XmlFragment | undefined {
    return textFragment(this.doc, elementId, key);
  }

  /** Lets the document go; whoever still holds it keeps a plain Y.Doc. */
  close(): void {
    this.#mirror.destroy();
    this.doc.off("beforeAllTransactions", this.#unsettled);
    this.doc.off("afterAllTransactions", this.#settled);
    this.doc.destroy();
  }
}
