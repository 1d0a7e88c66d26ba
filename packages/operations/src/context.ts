import type { Operation } from "@waggle/contract";
import type { Draft, TextCodec } from "@waggle/template";
import type * as z from "zod/mini";
import type { IconSet } from "./social/icon-set.ts";

/** What an operation works on. It knows nothing of Yjs, clocks, locks or users. */
export interface OperationContext {
  readonly draft: Draft;
  /** Ids of elements it makes. */
  readonly newId: () => string;
  /** Reads, cleans and writes the HTML of texts. */
  readonly codec: TextCodec;
  /** Where the icons of social networks are; the public set when absent. */
  readonly socialIcons?: IconSet;
}

/** Says an operation with its types inferred, so that `apply` and the examples are checked against the schemas. */
export function defineOperation<const Name extends string, Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  operation: Operation<Name, Input, Output, OperationContext>,
): Operation<Name, Input, Output, OperationContext> {
  return operation;
}
