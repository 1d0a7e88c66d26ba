// The demo's server on a clock that a story puts forward by a message, so that hours pass at once.
import { createServer, readConfig, type ServerOptions, type WaggleServer } from "@waggle/server";
import { hostApp } from "../examples/host-app/server/host-app.ts";

type Clock = NonNullable<ServerOptions["clock"]>;

const longestTimerMs = 2 ** 31 - 1;

/** The machine's time plus what was passed; timers keep to it. */
class MovableClock implements Clock {
  #aheadMs = 0;
  readonly #rearm = new Set<() => void>();

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const due = this.now() + delayMs;
    let timer: NodeJS.Timeout | undefined;
    const cancel = () => {
      clearTimeout(timer);
      this.#rearm.delete(arm);
    };
    const arm = () => {
      clearTimeout(timer);
      timer = setTimeout(fire, Math.min(Math.max(0, due - this.now()), longestTimerMs)).unref();
    };
    const fire = () => {
      if (this.now() < due) return arm();
      cancel();
      callback();
    };
    this.#rearm.add(arm);
    arm();
    return cancel;
  }

  pass(ms: number): void {
    this.#aheadMs += ms;
    for (const arm of [...this.#rearm]) arm();
  }
}

const clock = new MovableClock();
const server: WaggleServer = await createServer({
  ...readConfig(process.env),
  clock,
  extend: (app) => hostApp(app, () => server),
});
process.on("message", (message) => {
  if (typeof message !== "object" || message === null || !("ms" in message)) return;
  clock.pass(Number(message.ms));
  process.send?.("passed");
});
process.on("SIGTERM", () => void server.close().then(() => process.exit(0)));
await server.listen();
