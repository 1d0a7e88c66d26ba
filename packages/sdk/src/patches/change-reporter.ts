import type { Json, Snapshot } from "@waggle/template";
import type { BeeConfig, ChangeDetail, ChangeEvent } from "../bee-types.ts";
import { pagePatch, type TemplateState } from "./page-patch.ts";

export interface ChangeReporterOptions {
  readonly config: Pick<BeeConfig, "onChange" | "onRemoteChange">;
  readonly toJson: (snapshot: Snapshot) => Json;
}

/** Tells a host of changes in the contract's words: the whole template, and a patch that is made when it is looked at. */
export class ChangeReporter {
  readonly #options: ChangeReporterOptions;
  /** Each change begins where the one before ended. */
  #latest: TemplateState | undefined;

  constructor(options: ChangeReporterOptions) {
    this.#options = options;
  }

  report(event: ChangeEvent, version: number): void {
    const { config } = this.#options;
    if (event.origin === "load") return;
    const isRemote = event.origin === "remote";
    if (!(isRemote ? config.onRemoteChange : config.onChange)) return;
    const before = this.#stateOf(event.before);
    const after = this.#stateOf(event.after);
    const detail = detailOf(event, { before, after });
    if (isRemote) config.onRemoteChange?.(after.json, detail, version);
    else config.onChange?.(after.json, detail, version);
  }

  #stateOf(snapshot: Snapshot): TemplateState {
    if (this.#latest?.snapshot !== snapshot) this.#latest = { snapshot, json: this.#options.toJson(snapshot) };
    return this.#latest;
  }
}

interface States {
  readonly before: TemplateState;
  readonly after: TemplateState;
}

function detailOf({ operation, actor, change }: ChangeEvent, states: States): ChangeDetail {
  let patches: ChangeDetail["patches"] | undefined;
  return {
    operation,
    actor,
    get patches() {
      patches ??= pagePatch({ change, ...states });
      return patches;
    },
  };
}
