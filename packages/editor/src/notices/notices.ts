import { type ReadonlySignal, signal } from "@preact/signals";

export interface NoticeAction {
  readonly label: string;
  run(): void;
}

/** What happened, what is safe, and what to do, in that order. Stays until it is no longer true. */
export interface Notice {
  /** At most one notice per topic. `ended` goes with the next step or session, `outdated` with the document. */
  readonly topic: "ended" | "error" | "outdated";
  readonly tone: "plain" | "warn" | "bad";
  /** An icon of the sheet. */
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly actions: readonly NoticeAction[];
  /** It says why the session is over, so that its end needs no notice of its own. */
  readonly saysWhyItEnded?: boolean;
}

/** The notices below the top bar, the newest last. */
export class Notices {
  readonly #notices = signal<readonly Notice[]>([]);

  get current(): ReadonlySignal<readonly Notice[]> {
    return this.#notices;
  }

  get sayWhyItEnded(): boolean {
    return this.#notices.peek().some(({ saysWhyItEnded }) => saysWhyItEnded);
  }

  show(notice: Notice): void {
    this.#notices.value = [...this.#notices.peek().filter(({ topic }) => topic !== notice.topic), notice];
  }

  dismiss(topic: Notice["topic"]): void {
    const others = this.#notices.peek().filter((notice) => notice.topic !== topic);
    if (others.length < this.#notices.peek().length) this.#notices.value = others;
  }
}
