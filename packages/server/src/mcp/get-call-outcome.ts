import * as z from "zod/mini";
import { replyContent } from "./reply.ts";
import { defineServerTool } from "./server-tool.ts";

/** Tells what became of a call whose reply was lost. */
export const getCallOutcome = defineServerTool({
  name: "get_call_outcome",
  title: "Get call outcome",
  description:
    "Ask what became of a call that you gave an idempotencyKey, when its reply did not arrive. done: it was carried out, with its reply. under-way: ask again in a moment. unknown: nothing was written under this key; make the call.",
  kind: "read",
  destructive: false,
  idempotent: true,
  input: z.strictObject({
    idempotencyKey: z.string().check(z.minLength(1), z.maxLength(256), z.describe("The key of that call.")),
  }),
  output: z.strictObject({
    state: z.enum(["done", "under-way", "unknown"]),
    reply: z.optional(z.record(z.string(), z.unknown()).check(z.describe("What the call answered."))),
  }),
  errors: [],
  examples: [{ note: "After a timeout", input: { idempotencyKey: "8f14e45f-add-footer" } }],
  run: async (caller, { idempotencyKey }) => {
    const room = await caller.room();
    const found = await room.findOutcome(idempotencyKey);
    if (found.state !== "done") return { state: found.state };
    const { output, ...remarks } = found.outcome;
    return { state: "done" as const, reply: replyContent({ output, remarks, named: (text) => text }) };
  },
});
