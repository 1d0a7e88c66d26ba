import { createHash, timingSafeEqual } from "node:crypto";

/** SHA-256 as hex: how a random key is kept at rest. Keys have too many bits for guessing, so no slow hash is needed. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Compares in a time that tells nothing of either text, not even its length. */
export function equalSecrets(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
