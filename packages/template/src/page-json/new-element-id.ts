// Every browser and Node has it; this package is typed without either's library.
declare const crypto: { getRandomValues(array: Uint8Array): Uint8Array };

const bytesPerId = 16;
/** Asking for randomness costs more than an id: it is asked for a hundred at a time. */
const pool = new Uint8Array(100 * bytesPerId);
let used = pool.length;
const hexOf = Array.from({ length: 256 }, (_value, byte) => byte.toString(16).padStart(2, "0"));

/**
 * A random UUID (version 4). Not `crypto.randomUUID`, which browsers offer only on secure origins; an editor may well be
 * served over plain HTTP inside a company network.
 */
export function newElementId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let id = "";
  for (let at = 0; at < bytesPerId; at += 1) {
    if (at === 4 || at === 6 || at === 8 || at === 10) id += "-";
    id += hexOf[versioned(pool[used + at] ?? 0, at)];
  }
  used += bytesPerId;
  return id;
}

function versioned(byte: number, at: number): number {
  if (at === 6) return (byte & 0x0f) | 0x40;
  return at === 8 ? (byte & 0x3f) | 0x80 : byte;
}
