import { WaggleError } from "@waggle/contract";
import type { CallReceipt, Storage } from "../storage/storage.ts";

/** A call that may come more than once. */
export type NamedCall = Pick<CallReceipt, "callKey" | "fingerprint">;

/** What became of the call with a key. */
export type CallState<Outcome> =
  | { readonly state: "done"; readonly outcome: Outcome }
  | { readonly state: "under-way" }
  /** Nothing was written under this key. */
  | { readonly state: "unknown" };

interface UnderWay<Outcome> {
  readonly fingerprint: string;
  readonly outcome: Promise<Outcome>;
}

/** Outcomes that have no entry, because nothing was changed, are kept in memory: this many. */
const mostRemembered = 500;

/**
 * Carries out each named call once. Its outcome is kept with the entry it wrote, so that it is there when the server was
 * killed. A call that failed wrote nothing, and may be tried again under its key.
 */
export class CallOutcomes<Outcome> {
  readonly #storage: Pick<Storage, "findReceipt">;
  readonly #templateId: string;
  readonly #underWay = new Map<string, UnderWay<Outcome>>();
  readonly #remembered = new Map<string, { readonly fingerprint: string; readonly outcome: Outcome }>();

  constructor(templateId: string, storage: Pick<Storage, "findReceipt">) {
    this.#templateId = templateId;
    this.#storage = storage;
  }

  /** The first outcome of the call. Rejects with KEY_REUSED when the key was used for another one, or as `run` does. */
  once({ callKey, fingerprint }: NamedCall, run: () => Promise<Outcome>): Promise<Outcome> {
    const first = this.#underWay.get(callKey);
    if (first) return this.#sameCall(first, fingerprint).outcome;
    const outcome = this.#recallOrRun({ callKey, fingerprint }, run).finally(() => this.#underWay.delete(callKey));
    this.#underWay.set(callKey, { fingerprint, outcome });
    return outcome;
  }

  /** What became of a call. */
  async find(callKey: string): Promise<CallState<Outcome>> {
    if (this.#underWay.has(callKey)) return { state: "under-way" };
    const known = await this.#recall(callKey);
    return known ? { state: "done", outcome: known.outcome } : { state: "unknown" };
  }

  async #recallOrRun({ callKey, fingerprint }: NamedCall, run: () => Promise<Outcome>): Promise<Outcome> {
    const known = await this.#recall(callKey);
    if (known) return this.#sameCall(known, fingerprint).outcome;
    const outcome = await run();
    this.#remember(callKey, { fingerprint, outcome });
    return outcome;
  }

  async #recall(callKey: string): Promise<{ readonly fingerprint: string; readonly outcome: Outcome } | undefined> {
    const remembered = this.#remembered.get(callKey);
    if (remembered) return remembered;
    const receipt = await this.#storage.findReceipt(this.#templateId, callKey);
    // Written by `run` of this very class.
    return receipt && { fingerprint: receipt.fingerprint, outcome: receipt.outcome as Outcome };
  }

  #remember(callKey: string, outcome: { readonly fingerprint: string; readonly outcome: Outcome }): void {
    this.#remembered.set(callKey, outcome);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > mostRemembered && oldest !== undefined) this.#remembered.delete(oldest);
  }

  #sameCall<Known extends { readonly fingerprint: string }>(known: Known, fingerprint: string): Known {
    if (known.fingerprint === fingerprint) return known;
    throw new WaggleError("KEY_REUSED", {
      message:
        "This idempotency key was used for another call: another tool, or other arguments. Nothing was written. Send a new key for a new call, or the same call again for its outcome.",
      data: { argument: "idempotencyKey" },
    });
  }
}
