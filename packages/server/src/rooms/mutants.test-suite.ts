import type { Random } from "@waggle/testing";
import * as Y from "yjs";
import { nodeOf, textOf } from "./clients.test-suite.ts";
import { buttonId, hrefKey, paragraphId, paragraphKey } from "./fixtures.test-suite.ts";

/** Updates as an honest editor sends them, made on a copy of the document. */
export function honestUpdates(state: Uint8Array, random: Random): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = 2 ** 20 + random.below(2 ** 31);
  Y.applyUpdate(doc, state);
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = textOf(doc, paragraphId, paragraphKey);
  for (let step = 0; step < 24; step++) honestStep({ doc, text, random, step });
  doc.destroy();
  return updates;
}

interface HonestStep {
  readonly doc: Y.Doc;
  readonly text: Y.XmlText;
  readonly random: Random;
  readonly step: number;
}

function honestStep({ doc, text, random, step }: HonestStep): void {
  const kind = random.below(6);
  if (kind === 0) nodeOf(doc, buttonId).set(hrefKey, `https://${step}.example`);
  else if (kind === 1) nodeOf(doc, buttonId).set("pos", ["root", `b${step}`]);
  else if (kind === 2 && text.length > 8) text.delete(random.below(4), 3);
  else if (kind === 3 && text.length > 4) text.format(random.below(3), 2, { strong: {} });
  else if (kind === 4) splitParagraph(text);
  else text.insert(random.below(text.length + 1), `typed ${step}`);
}

function splitParagraph(text: Y.XmlText): void {
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("next")]);
  const fragment = text.parent?.parent;
  if (fragment instanceof Y.XmlFragment) fragment.insert(1, [paragraph]);
}

/** The same bytes with one to three of them wrong. */
export function mutate(update: Uint8Array, random: Random): Uint8Array {
  let bytes = [...update];
  for (let count = random.between(1, 3); count > 0; count--) bytes = mutateOnce(bytes, random);
  return Uint8Array.from(bytes);
}

function mutateOnce(bytes: number[], random: Random): number[] {
  if (bytes.length === 0) return [random.below(256)];
  const at = random.below(bytes.length);
  const kind = random.below(7);
  if (kind === 0) return bytes.with(at, random.below(256));
  if (kind === 1) return bytes.with(at, (bytes[at] ?? 0) ^ (1 << random.below(8)));
  if (kind === 2) return bytes.slice(0, at);
  if (kind === 3) return bytes.toSpliced(at, 0, random.below(256));
  if (kind === 4) return bytes.toSpliced(at, 1);
  if (kind === 5) return bytes.with(at, bytes[random.below(bytes.length)] ?? 0);
  return bytes.with(random.below(Math.min(6, bytes.length)), random.below(130));
}
