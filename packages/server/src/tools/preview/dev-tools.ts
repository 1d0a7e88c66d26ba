import type { Readable, Writable } from "node:stream";
import * as z from "zod/mini";

/** A command to a browser. */
export interface Command {
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Of the page it is for; the browser itself when absent. */
  readonly sessionId?: string;
}

/** Something a page tells of its own accord. */
export interface BrowserEvent {
  readonly method: string;
  readonly params: unknown;
}

/** The browser is gone, or refused a command. */
export class BrowserFailure extends Error {
  override readonly name = "BrowserFailure";
}

/** What a listener hears when its page is gone. */
export const pageGone = "Target.detachedFromTarget";

const detached = z.object({ sessionId: z.string() });

interface Waiting extends PromiseWithResolvers<unknown> {
  readonly sessionId: string | undefined;
}

const message = z.object({
  id: z.optional(z.number()),
  result: z.optional(z.unknown()),
  error: z.optional(z.object({ message: z.string() })),
  method: z.optional(z.string()),
  params: z.optional(z.unknown()),
  sessionId: z.optional(z.string()),
});

/** Longer than the largest picture there is; more is no message of a browser in order. */
const mostBytes = 64 * 1024 * 1024;
const endOfMessage = 0;

/** The DevTools protocol over the two pipes of a browser: JSON, each message ended by a zero byte. */
export class DevTools {
  readonly #commands: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, (event: BrowserEvent) => void>();
  #parts: Buffer[] = [];
  #bytes = 0;
  #sent = 0;
  #failure: BrowserFailure | undefined;

  constructor({ commands, messages }: { readonly commands: Writable; readonly messages: Readable }) {
    this.#commands = commands;
    const gone = (): void => this.fail("The browser closed its connection.");
    commands.on("error", gone);
    messages.on("error", gone);
    messages.on("close", gone);
    messages.on("data", (part: Buffer) => this.#take(part));
  }

  /** The result of a command, as the schema has it. Rejects with BrowserFailure. */
  async send<Schema extends z.ZodMiniType>(command: Command, schema: Schema): Promise<z.output<Schema>> {
    if (this.#failure) throw this.#failure;
    this.#sent += 1;
    const id = this.#sent;
    const answered = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { ...answered, sessionId: command.sessionId });
    this.#commands.write(`${JSON.stringify({ id, ...command })}\0`);
    const parsed = z.safeParse(schema, await answered.promise);
    if (!parsed.success)
      throw new BrowserFailure(`The browser answered ${command.method} in another way than it should.`);
    return parsed.data;
  }

  /** Hears what a page tells, until the returned function is called. */
  listen(sessionId: string, listener: (event: BrowserEvent) => void): () => void {
    this.#listeners.set(sessionId, listener);
    return () => this.#listeners.delete(sessionId);
  }

  /** Nothing comes any more: whoever waits is told so. */
  fail(reason: string): void {
    this.#failure ??= new BrowserFailure(reason);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure);
    this.#waiting.clear();
  }

  #take(part: Buffer): void {
    let rest = part;
    for (let end = rest.indexOf(endOfMessage); end >= 0; end = rest.indexOf(endOfMessage)) {
      this.#parts.push(rest.subarray(0, end));
      const text = Buffer.concat(this.#parts).toString("utf8");
      this.#parts = [];
      this.#bytes = 0;
      rest = rest.subarray(end + 1);
      this.#read(text);
    }
    this.#parts.push(rest);
    this.#bytes += rest.length;
    if (this.#bytes > mostBytes) this.fail("The browser sent more than any picture is.");
  }

  #read(text: string): void {
    const parsed = z.safeParse(message, asJson(text));
    if (!parsed.success) return;
    const { id, result, error, method, params, sessionId = "" } = parsed.data;
    if (id === undefined) {
      if (method === pageGone) this.#endPage(params);
      else if (method !== undefined) this.#listeners.get(sessionId)?.({ method, params });
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new BrowserFailure(`The browser refused a command: ${error.message}`));
    else waiting?.resolve(result);
  }

  /** The browser answers no command to a page that is gone. */
  #endPage(params: unknown): void {
    const parsed = z.safeParse(detached, params);
    if (!parsed.success) return;
    const { sessionId } = parsed.data;
    for (const [id, waiting] of this.#waiting) {
      if (waiting.sessionId !== sessionId) continue;
      this.#waiting.delete(id);
      waiting.reject(new BrowserFailure("The page is gone."));
    }
    this.#listeners.get(sessionId)?.({ method: pageGone, params });
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
