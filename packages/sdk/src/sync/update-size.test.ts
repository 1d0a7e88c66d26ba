import { sizes } from "@waggle/contract";
import { type ChangeSet, Draft, importPage, newElementId } from "@waggle/template";
import { readDocument, writeChange } from "@waggle/template/binding";
import { htmlCodec as codec } from "@waggle/template/html";
import { expect, test } from "vitest";
import { encodeStateAsUpdate } from "yjs";
import { ids, smallPage } from "../page.test-suite.ts";
import { newDoc } from "./new-doc.ts";
import { requireSendable } from "./update-size.ts";

const href = "/descriptor/button/href";

/** A document, and the change that gives its button a link of this length. */
function linkOfLength(length: number) {
  const doc = newDoc();
  writeChange(doc, importPage(smallPage(), { newId: newElementId, codec }), undefined);
  const draft = new Draft(readDocument(doc));
  draft.set(ids.button, href, "x".repeat(length));
  const change: ChangeSet = draft.changeSet();
  return { doc, change };
}

test("[DOC-12] what the server would refuse is refused before anything is changed", () => {
  const { doc, change } = linkOfLength(sizes.socketFrame);
  const before = encodeStateAsUpdate(doc);

  expect(() => requireSendable(doc, change)).toThrow(/Use an address instead of an embedded picture/);

  expect(encodeStateAsUpdate(doc)).toEqual(before);
});

test("[DOC-12] what just fits passes, and its update is no longer than a message may be", () => {
  const { doc, change } = linkOfLength(sizes.socketFrame - 200);
  let bytes = 0;
  doc.on("update", (update: Uint8Array) => {
    bytes = update.length;
  });

  requireSendable(doc, change);
  writeChange(doc, change, undefined);

  expect(bytes).toBeGreaterThan(sizes.socketFrame - 200);
  expect(bytes).toBeLessThan(sizes.socketFrame);
});
