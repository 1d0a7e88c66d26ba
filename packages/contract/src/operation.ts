import type * as z from "zod/mini";
import type { ErrorCode } from "./errors.ts";

/** One operation, said once; MCP tools, SDK commands and reference docs are projections of it. */
export interface Operation<
  Name extends string = string,
  Input extends z.ZodMiniType = z.ZodMiniType,
  Output extends z.ZodMiniType = z.ZodMiniType,
  Context = never,
> {
  /** Snake case, without prefix: `add_title`. */
  readonly name: Name;
  readonly title: string;
  /** Product copy for a reader who is a model: imperative, concrete, units given. */
  readonly description: string;
  readonly kind: "read" | "write";
  readonly destructive: boolean;
  readonly idempotent: boolean;
  /** A read that names elements without showing what they hold: who called it has not seen them. */
  readonly namesOnly?: boolean;
  readonly input: Input;
  readonly output: Output;
  /** Codes `apply` may throw as WaggleError. */
  readonly errors: readonly ErrorCode[];
  readonly examples: readonly { readonly note: string; readonly input: z.input<Input> }[];
  /** Synchronous and deterministic: reads and writes the draft in `context`, knows nothing of Yjs, clocks, locks or users. */
  readonly apply: (context: Context, input: z.output<Input>) => z.output<Output>;
}

/** Any operation on a context, when only its description matters. */
// biome-ignore lint/suspicious/noExplicitAny: the input of `apply` is contravariant, so no narrower type holds all operations
export type AnyOperation<Context = any> = Operation<string, any, any, Context>;

/** Everything about a tool but how it is carried out: what `tools/list` and the reference show. */
export type ToolDescription = Omit<AnyOperation, "apply"> & {
  /** It asks somebody outside of the server, so that its answers change by themselves. */
  readonly reachesOut?: boolean;
};

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** The typed commands of a catalogue: `add_title` becomes `addTitle(input)`. */
export type Commands<Catalogue extends readonly AnyOperation[]> = {
  readonly [Each in Catalogue[number] as CamelCase<Each["name"]>]: (
    input: z.input<Each["input"]>,
  ) => z.output<Each["output"]>;
};

/** `add_title` → `addTitle`. */
export function toCommandName(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
