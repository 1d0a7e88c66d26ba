import type { IncomingMessage } from "node:http";
import { sizes, WaggleError } from "@waggle/contract";
import { requirePlainBody, tooLarge } from "../http/body-limits.ts";
import { wellFormedJson } from "../http/well-formed.ts";

/** The parsed JSON body. Rejects with BODY_TOO_LARGE, or INVALID_FRAME when it is not JSON or does not arrive in full. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  try {
    return JSON.parse(wellFormedJson(text), text.includes('"__proto__"') ? withoutPrototype : undefined);
  } catch (cause) {
    if (cause instanceof WaggleError) throw cause;
    const message = "The body is not JSON. Send one JSON-RPC message as UTF-8 text.";
    throw new WaggleError("INVALID_FRAME", { message, cause });
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  requirePlainBody(request.headers);
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
    throw new WaggleError("INVALID_FRAME", { message: "The body ended too early. Send it again.", cause });
  }
  if (length > sizes.httpBody) {
    // The rest is dropped as it comes: a sender that is cut off would not hear the answer.
    request.resume();
    throw tooLarge();
  }
  // Without a byte order mark, which JSON.parse does not take.
  return new TextDecoder().decode(Buffer.concat(chunks, length));
}

/** As REST does. It would vanish on the way, and with it what the agent meant. */
function withoutPrototype(key: string, value: unknown): unknown {
  if (key !== "__proto__") return value;
  throw new WaggleError("INVALID_FRAME", {
    message: "The body has a key __proto__. Leave it out or give it another name.",
  });
}
