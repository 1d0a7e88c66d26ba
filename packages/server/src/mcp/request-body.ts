import type { IncomingMessage } from "node:http";
import { sizes, WaggleError } from "@waggle/contract";
import { wellFormedJson } from "../http/well-formed.ts";

/** The parsed JSON body. Rejects with BODY_TOO_LARGE, or INVALID_FRAME when it is not JSON or does not arrive in full. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  try {
    return JSON.parse(wellFormedJson(text));
  } catch (cause) {
    throw new WaggleError("INVALID_FRAME", { message: "The body is not JSON.", cause });
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  if (Number(request.headers["content-length"]) > sizes.httpBody) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // The connection has to outlive a refusal, or nobody would hear of it.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes: Buffer = chunk;
      length += bytes.length;
      if (length > sizes.httpBody) break;
      chunks.push(bytes);
    }
  } catch (cause) {
    throw new WaggleError("INVALID_FRAME", { message: "The body ended too early.", cause });
  }
  if (length > sizes.httpBody) {
    // The rest is dropped as it comes: a sender that is cut off would not hear the answer.
    request.resume();
    throw tooLarge();
  }
  return Buffer.concat(chunks, length).toString("utf8");
}

function tooLarge(): WaggleError {
  return new WaggleError("BODY_TOO_LARGE", {
    message: `The body is larger than ${sizes.httpBody} bytes.`,
    data: { limit: sizes.httpBody },
  });
}
