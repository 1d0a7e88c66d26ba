/** A message ready for the wire, the WebSocket's header included: the same bytes for every socket that gets it. */
export type OutboundMessage = Buffer;

/** A whole, unmasked message of binary data (RFC 6455, 5.2). */
const wholeBinary = 0x82;
/** Lengths up to this one stand in the second byte; the two after it announce 16 and 64 bits. */
const longestInByte = 125;
const announces16Bits = 126;
const announces64Bits = 127;
const longestIn16Bits = 0xffff;

/**
 * Puts the WebSocket's header in front of a message, given in parts. A socket library writes header and message anew for
 * each receiver; a room tells everybody the same.
 */
export function websocketFrame(...parts: readonly Uint8Array[]): OutboundMessage {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  let at = headerLengthFor(length);
  const frame = Buffer.allocUnsafe(at + length);
  frame[0] = wholeBinary;
  if (length <= longestInByte) frame[1] = length;
  else if (length <= longestIn16Bits) {
    frame[1] = announces16Bits;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = announces64Bits;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}

function headerLengthFor(length: number): number {
  if (length <= longestInByte) return 2;
  return length <= longestIn16Bits ? 4 : 10;
}
