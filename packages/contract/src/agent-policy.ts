/** What agents may change, from everything to nothing. */
export const accessLevels = ["full", "no-structure", "text-only", "style-only", "read-only"] as const;

/** What agents may do, by API key or by session. Every part that is left out allows everything. */
export interface AgentPolicy {
  /**
   * What agents may change. `full`: everything (default). `no-structure`: whatever there is, but add, delete or move nothing.
   * `text-only`: words. `style-only`: looks and visibility. `read-only`: nothing.
   */
  readonly access?: (typeof accessLevels)[number] | undefined;
  /** Ids of sections, columns and blocks that agents may not change, with all they hold. */
  readonly protectedElements?: readonly string[] | undefined;
  /** The tools agents may call, with or without prefix. Left out: all. */
  readonly tools?: readonly string[] | undefined;
  /**
   * What agents without an owner do where a person has something selected. `contract`: go ahead (default). `honour`: leave it
   * alone, as agents with an owner do.
   */
  readonly locks?: "contract" | "honour" | undefined;
}
