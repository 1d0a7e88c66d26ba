import type { IncomingMessage } from "node:http";
import { sizes, WaggleError } from "@waggle/contract";

/** The parsed JSON body. Rejects with BODY_TOO_LARGE, or INVALID_FRAME when it is not JSON. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes: Buffer = chunk;
    length += bytes.length;
    if (length > sizes.httpBody) throw tooLarge();
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks, length).toString("utf8"));
  } catch (cause) {
    throw new WaggleError("INVALID_FRAME", { message: "The body is not JSON.", cause });
  }
}

function tooLarge(): WaggleError {
  return new WaggleError("BODY_TOO_LARGE", {
    message: `The body is larger than ${sizes.httpBody} bytes.`,
    data: { limit: sizes.httpBody },
  });
}
