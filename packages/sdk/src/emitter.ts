type Listeners<Events> = { [Name in keyof Events]?: Set<(payload: Events[Name]) => void> };

/** Named events with typed payloads. A listener that throws harms nobody: what it threw is given to `onThrow`. */
export class Emitter<Events> {
  readonly #listeners: Listeners<Events> = {};
  readonly #onThrow: (thrown: unknown, name: keyof Events) => void;

  constructor(onThrow: (thrown: unknown, name: keyof Events) => void) {
    this.#onThrow = onThrow;
  }

  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): () => void {
    // Wrapped, so that a listener that was added twice is called twice and each `off` removes one.
    const own = (payload: Events[Name]) => listener(payload);
    const listeners = this.#listeners[name] ?? new Set();
    this.#listeners[name] = listeners;
    listeners.add(own);
    return () => listeners.delete(own);
  }

  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    for (const listener of [...(this.#listeners[name] ?? [])]) {
      try {
        listener(payload);
      } catch (thrown) {
        this.#onThrow(thrown, name);
      }
    }
  }

  clear(): void {
    for (const name of Object.keys(this.#listeners)) delete this.#listeners[name as keyof Events];
  }
}
