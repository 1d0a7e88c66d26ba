// Every browser and Node has it; this package is typed without either's library.
declare const crypto: { getRandomValues(array: Uint8Array): Uint8Array };

/**
 * A random UUID (version 4). Not `crypto.randomUUID`, which browsers offer only on secure origins; an editor may well be
 * served over plain HTTP inside a company network.
 */
export function newElementId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
