import { Doc } from "yjs";

/** Ids below this belong to servers, which take theirs from the lease epoch. */
const lowestBrowserId = 2 ** 20;

/**
 * An empty document with a random client id above every server's: of two concurrent writes of one key Yjs keeps the one
 * with the higher id, so the person's stays.
 */
export function newDoc(): Doc {
  let doc = new Doc();
  while (doc.clientID < lowestBrowserId) {
    doc.destroy();
    doc = new Doc();
  }
  return doc;
}
