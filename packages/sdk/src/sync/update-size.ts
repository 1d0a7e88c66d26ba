import { sizes, WaggleError } from "@waggle/contract";
import type { ChangeSet } from "@waggle/template";
import { writeChange } from "@waggle/template/binding";
import { applyUpdate, type Doc, encodeStateAsUpdate } from "yjs";
import { newDoc } from "./new-doc.ts";

/** What comes before an update in its message: two kinds and a length. */
const headBytes = 16;
/** A change this short as JSON can't be too long as an update, whatever Yjs adds. */
const surelyShort = sizes.socketFrame / 8;

/** BODY_TOO_LARGE when the server would refuse the update that this change makes of this document. Changes nothing. */
export function requireSendable(doc: Doc, change: ChangeSet): void {
  if (JSON.stringify(change).length <= surelyShort) return;
  const bytes = updateBytes(doc, change) + headBytes;
  if (bytes <= sizes.socketFrame) return;
  const [is, atMost] = [bytes, sizes.socketFrame].map((size) => `${Math.ceil(size / 1024)} KiB`);
  throw new WaggleError("BODY_TOO_LARGE", {
    message: `This is too large for one change in a session: ${is}, and ${atMost} are possible. Use an address instead of an embedded picture, or make the change in smaller parts.`,
    data: { bytes, atMostBytes: sizes.socketFrame },
  });
}

/** Written into a copy, because only Yjs knows what it makes of a change. */
function updateBytes(doc: Doc, change: ChangeSet): number {
  const copy = newDoc();
  try {
    applyUpdate(copy, encodeStateAsUpdate(doc));
    let bytes = 0;
    copy.on("update", (update: Uint8Array) => {
      bytes = Math.max(bytes, update.length);
    });
    writeChange(copy, change, undefined);
    return bytes;
  } finally {
    copy.destroy();
  }
}
