import { type ReadonlySignal, signal } from "@preact/signals";
import type { Actor } from "@waggle/contract";
import type { Clock } from "@waggle/sdk";

export interface ToastContent {
  /** An icon of the sheet, or the participant it is about. */
  readonly sign: string | Actor;
  readonly text: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; run(): void };
  /** Toasts of one topic replace each other. `step` offers to undo or redo the latest step of the history. */
  readonly topic?: "session" | "step" | "text" | "copy" | "error";
}

export interface Toast extends ToastContent {
  readonly id: number;
}

const shownMs = 6000;
const shownWithActionMs = 12_000;
const mostAtOnce = 3;

/** Short messages at the foot of the canvas; each goes by itself, and waits while someone is at it. */
export class Toasts {
  readonly #clock: Clock;
  readonly #toasts = signal<readonly Toast[]>([]);
  readonly #timers = new Map<number, () => void>();
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get current(): ReadonlySignal<readonly Toast[]> {
    return this.#toasts;
  }

  add(content: ToastContent): void {
    this.#lastId += 1;
    const toast = { ...content, id: this.#lastId };
    const others = this.#toasts.value.filter(({ topic }) => topic === undefined || topic !== content.topic);
    const kept = [...others, toast].slice(-mostAtOnce);
    for (const { id } of this.#toasts.value) if (!kept.some((other) => other.id === id)) this.hold(id);
    this.#toasts.value = kept;
    this.release(toast.id);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.#toasts.value = this.#toasts.value.filter((toast) => toast.id !== id);
  }

  /** Takes away what is no longer true, such as an offer to undo what was undone. */
  dismissTopic(topic: ToastContent["topic"]): void {
    for (const toast of this.#toasts.value) if (toast.topic === topic) this.dismiss(toast.id);
  }

  /** Someone points at it or has focus in it: it stays. */
  hold(id: number): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  release(id: number): void {
    const toast = this.#toasts.value.find((other) => other.id === id);
    if (!toast || this.#timers.has(id)) return;
    const delayMs = toast.action ? shownWithActionMs : shownMs;
    this.#timers.set(
      id,
      this.#clock.after(delayMs, () => this.dismiss(id)),
    );
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#toasts.value = [];
  }
}
