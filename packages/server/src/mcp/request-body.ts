import type { IncomingMessage } from "node:http";
import { sizes, WaggleError } from "@waggle/contract";

/** The parsed JSON body. Rejects with BODY_TOO_LARGE before reading what is too much, or INVALID_FRAME when it is not JSON. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers["content-length"]) > sizes.httpBody) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // The connection has to outlive a refusal, or nobody would hear of it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
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
