import type { ErrorCode } from "@waggle/contract";
import { WebSocket } from "ws";
import { closeReason } from "./close-reason.ts";

/** What the library closes with by itself when it can't read on: a broken frame, text that is none, a message too large. */
const ownCloses: Readonly<Record<number, ErrorCode>> = {
  1002: "INVALID_FRAME",
  1007: "INVALID_FRAME",
  1009: "BODY_TOO_LARGE",
};

/** A socket that also says why when the library closes it. */
export class ExplainingSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const own = code === undefined ? undefined : ownCloses[code];
    super.close(code, reason ?? (own && closeReason(own)));
  }
}
