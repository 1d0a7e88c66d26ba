import type { ServerContext } from "@modelcontextprotocol/server";
import { type Actor, WaggleError } from "@waggle/contract";
import type { AgentRoom } from "./ports.ts";
import type { ReportProgress, ToolCaller } from "./server-tool.ts";

/** More notices than this share of the whole help nobody. */
const smallestShare = 0.01;

/** What of the protocol library's context a call needs. */
export type CallContext = Pick<ServerContext, "mcpReq">;

/** One `tools/call` on its way: who calls, whether they still wait, and how they hear of progress. */
export class AgentCall implements ToolCaller {
  readonly actor: Actor;
  readonly room: () => Promise<AgentRoom>;
  readonly progress: ReportProgress;
  readonly #context: CallContext;
  #signal: AbortSignal | undefined;
  #told = Number.NEGATIVE_INFINITY;
  #isOver = false;

  constructor({ actor, room, context }: Pick<ToolCaller, "actor" | "room"> & { readonly context: CallContext }) {
    this.actor = actor;
    this.room = room;
    this.#context = context;
    const progressToken = context.mcpReq._meta?.progressToken;
    this.progress = progressToken === undefined ? () => undefined : (...news) => this.#tell(progressToken, news);
  }

  /** Made when it is first asked for: most calls are over before anyone could give them up. */
  get signal(): AbortSignal {
    this.#signal ??= withReason(this.#context.mcpReq.signal);
    return this.#signal;
  }

  /** The call is answered: no notice may follow. */
  end(): void {
    this.#isOver = true;
  }

  #tell(progressToken: string | number, [done, total, message]: Parameters<ReportProgress>): void {
    if (this.#isOver || this.#context.mcpReq.signal.aborted || !this.#isNews(done, total)) return;
    this.#told = done;
    const params = {
      progressToken,
      progress: done,
      ...(total === undefined ? {} : { total }),
      ...(message === undefined ? {} : { message }),
    };
    // A notice that does not arrive is no reason to fail the call.
    this.#context.mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  }

  #isNews(done: number, total: number | undefined): boolean {
    if (!(done > this.#told)) return false;
    return total === undefined || done >= total || done - this.#told >= total * smallestShare;
  }
}

/** The same signal, aborted with an error of ours: a call that was given up is no bug. */
function withReason(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const abort = (): void =>
    controller.abort(new WaggleError("CONNECTION_LOST", { message: "The agent gave this call up." }));
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  return controller.signal;
}
