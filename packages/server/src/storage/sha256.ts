import { createHash } from "node:crypto";

/** The digest kept beside a snapshot, hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
