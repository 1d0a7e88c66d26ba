import { type McpSessionEvent, WaggleError } from "@waggle/contract";
import type { BeeConfig, BeeEvents, ChangeEvent, SharedSessionChange, SharedSessionStarted } from "./bee-types.ts";
import type { Delivery } from "./delivery.ts";
import { Emitter } from "./emitter.ts";

/** Events of the bee, and one more that `subscribe` listens to. */
interface InnerEvents extends BeeEvents {
  change: ChangeEvent;
}

/** Tells the host and every listener, each in turn; one that throws harms nobody and is reported as an error. */
export class Announcer {
  readonly emitter = new Emitter<InnerEvents>((thrown, name) => this.#threw(thrown, name));
  readonly #config: BeeConfig;
  readonly #delivery: Delivery;

  constructor(config: BeeConfig, delivery: Delivery) {
    this.#config = config;
    this.#delivery = delivery;
  }

  session(event: McpSessionEvent): void {
    this.#delivery.add(() => {
      this.call("onMcpSessionChange", () => this.#config.onMcpSessionChange?.(event));
      this.emitter.emit("session", event);
    });
  }

  sharedSession(event: SharedSessionStarted | SharedSessionChange): void {
    this.#delivery.add(() => {
      if ("sessionId" in event) {
        this.call("onSessionStarted", () => this.#config.onSessionStarted?.(event));
        this.emitter.emit("session-started", event);
      } else {
        this.call("onSessionChange", () => this.#config.onSessionChange?.(event));
        this.emitter.emit("session-change", event);
      }
    });
  }

  failure(failure: unknown): void {
    const error =
      failure instanceof WaggleError
        ? failure
        : new WaggleError("INTERNAL", { message: "Something broke in the editor.", cause: failure });
    this.#delivery.add(() => {
      this.emitter.emit("error", error);
      this.call("onError", () => this.#config.onError?.(error));
    });
  }

  /** Calls one function of the host. */
  call(name: keyof BeeConfig, run: () => void): void {
    try {
      run();
    } catch (thrown) {
      this.#threw(thrown, name);
    }
  }

  /** A listener that fails while it is told of a failure is left alone: telling it again would not end. */
  #threw(thrown: unknown, name: string): void {
    if (name === "error" || name === "onError") return;
    this.failure(new WaggleError("INTERNAL", { message: `A listener of ${name} threw.`, cause: thrown }));
  }
}
