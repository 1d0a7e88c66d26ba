import type { IncomingHttpHeaders } from "node:http";
import { sizes, WaggleError } from "@waggle/contract";

/** Throws what can be told of a body by its headers: BODY_TOO_LARGE, or INVALID_INPUT when it is packed. */
export function requirePlainBody(headers: IncomingHttpHeaders): void {
  if (Number(headers["content-length"]) > sizes.httpBody) throw tooLarge();
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() === "identity") return;
  // A few kilobytes could unpack to gigabytes.
  const message = "Packed bodies are not taken. Send the JSON as it is, without the header Content-Encoding.";
  throw new WaggleError("INVALID_INPUT", { message, data: { header: "content-encoding" } });
}

/** What a body over the limit is answered with. */
export function tooLarge(): WaggleError {
  const limit = sizes.httpBody;
  const message = `A body may have ${limit} bytes at most. Send a smaller one.`;
  return new WaggleError("BODY_TOO_LARGE", { message, data: { limit } });
}
