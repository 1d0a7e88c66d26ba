import { type AgentPolicy, accessLevels } from "@waggle/contract";
import * as z from "zod";

/** See `AgentPolicy.access`. */
export type Access = NonNullable<AgentPolicy["access"]>;

const name = z.string().min(1).max(256);

/** A policy as hosts write it: in the body of the calls that make templates and sessions, and in WAGGLE_POLICIES. */
export const policySchema = z.strictObject({
  access: z
    .enum(accessLevels)
    .optional()
    .describe(
      "What agents may change. full: everything (default). no-structure: whatever there is, but add, delete or move nothing. text-only: words. style-only: looks and visibility. read-only: nothing.",
    ),
  protectedElements: z
    .array(name)
    .max(1000)
    .optional()
    .describe("Ids of sections, columns and blocks that agents may not change, with all they hold."),
  tools: z.array(name).max(200).optional().describe("The tools agents may call. Left out: all."),
  locks: z
    .enum(["contract", "honour"])
    .optional()
    .describe(
      "What agents without an owner do where a person has something selected. contract: go ahead (default). honour: leave it alone, as agents with an owner do.",
    ),
}) satisfies z.ZodType<AgentPolicy>;

/** An `AgentPolicy` that was read. */
export type Policy = z.output<typeof policySchema>;
