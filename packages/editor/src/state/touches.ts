import { type ReadonlySignal, signal } from "@preact/signals";
import type { Actor } from "@waggle/contract";
import type { Clock } from "@waggle/sdk";
import type { ElementId } from "@waggle/template";

/**
 * An agent's mark on an element: its edit lands, it "is writing" for a moment more, then there is the trace "was here",
 * then nothing.
 */
export interface Touch {
  readonly elementId: ElementId;
  readonly actor: Actor;
  readonly at: number;
  /** When the first of these edits landed, each at most a moment after the one before. */
  readonly since: number;
  readonly phase: "landing" | "writing" | "past";
}

/** Longer than the landing of an edit takes to watch. */
const landingMs = 500;
/** An agent's call lands whole, so its frame stays this long after it. */
const writingMs = 1500;
const tracedMs = 8000;

/** What agents touched a moment ago, per element; the youngest touch of an element counts. */
export class Touches {
  readonly #clock: Clock;
  readonly #touches = signal<ReadonlyMap<ElementId, Touch>>(new Map());
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** By element, oldest first. */
  get current(): ReadonlySignal<ReadonlyMap<ElementId, Touch>> {
    return this.#touches;
  }

  add(actor: Actor, elementIds: readonly ElementId[]): void {
    const at = this.#clock.now();
    const touches = new Map(this.#touches.value);
    for (const elementId of elementIds) {
      const earlier = touches.get(elementId);
      const goesOn = earlier !== undefined && earlier.phase !== "past" && earlier.actor.id === actor.id;
      touches.delete(elementId);
      touches.set(elementId, { elementId, actor, at, since: goesOn ? earlier.since : at, phase: "landing" });
    }
    this.#touches.value = touches;
    this.#schedule();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#touches.value = new Map();
  }

  #schedule(): void {
    this.#cancel?.();
    const dues = [...this.#touches.value.values()].map(dueOf);
    this.#cancel =
      dues.length === 0
        ? undefined
        : this.#clock.after(Math.max(0, Math.min(...dues) - this.#clock.now()), () => this.#age());
  }

  #age(): void {
    const now = this.#clock.now();
    const aged = [...this.#touches.value.values()]
      .filter((touch) => now < touch.at + tracedMs)
      .map((touch) => inPhase(touch, phaseAt(now - touch.at)));
    this.#touches.value = new Map(aged.map((touch) => [touch.elementId, touch]));
    this.#schedule();
  }
}

function dueOf({ at, phase }: Touch): number {
  const lengths = { landing: landingMs, writing: writingMs, past: tracedMs };
  return at + lengths[phase];
}

function phaseAt(age: number): Touch["phase"] {
  if (age < landingMs) return "landing";
  return age < writingMs ? "writing" : "past";
}

function inPhase(touch: Touch, phase: Touch["phase"]): Touch {
  return touch.phase === phase ? touch : { ...touch, phase };
}
