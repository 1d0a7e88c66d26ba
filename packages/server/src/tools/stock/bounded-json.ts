/** What a server answered, as far as it was read. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where the body is no JSON, or was not read. */
  readonly json: unknown;
}

export interface BoundedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly mostBytes: number;
}

/** The answer is longer than is read. */
export class TooLong extends Error {
  override readonly name = "TooLong";
}

/**
 * Asks for JSON, follows no redirects (a key in the headers is for one server only) and reads no more than it has to: bodies
 * of failures not at all. Throws TooLong, and what `fetch` throws.
 */
export async function boundedJson(url: URL, { headers, signal, mostBytes }: BoundedRequest): Promise<JsonAnswer> {
  const response = await fetch(url, { headers, signal, redirect: "manual" });
  const answer = { status: response.status, headers: response.headers };
  if (!response.ok) {
    await response.body?.cancel();
    return { ...answer, json: undefined };
  }
  const text = await boundedText(response, mostBytes);
  try {
    return { ...answer, json: JSON.parse(text) };
  } catch {
    return { ...answer, json: undefined };
  }
}

async function boundedText(response: Response, mostBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels what is still to come.
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new TooLong(`more than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
