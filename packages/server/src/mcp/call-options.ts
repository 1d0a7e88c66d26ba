import { createHash } from "node:crypto";
import { metaKeys, WaggleError } from "@waggle/contract";
import * as z from "zod/mini";
import type { Tool } from "./tools.ts";

/** What every tool that writes takes besides its own arguments. */
export interface CallOptions {
  readonly isDryRun: boolean;
  /** As the client named it. */
  readonly idempotencyKey: string | undefined;
  /** The tool's own arguments. */
  readonly input: unknown;
}

const optionSchemas = { dryRun: { type: "boolean" }, idempotencyKey: { type: "string" } } as const;

/**
 * JSON Schemas of the options, as a tool that writes lists them. Said without words: they are explained once, in the
 * instructions. All such tools take a key; where a repeated call changes nothing it is not worth its tokens in each list.
 */
export function listedOptions({ idempotent }: Pick<Tool, "idempotent">): Readonly<Record<string, object>> {
  const { dryRun, idempotencyKey } = optionSchemas;
  return idempotent ? { dryRun } : { dryRun, idempotencyKey };
}

const longestKey = 256;

/**
 * Takes the options off the arguments of a tool that writes. A tool that has an argument of that name keeps it.
 * Throws INVALID_INPUT.
 */
export function readCallOptions(tool: Tool, input: unknown, metaKey: unknown): CallOptions {
  if (tool.kind === "read") return { isDryRun: false, idempotencyKey: undefined, input };
  const own = tool.input instanceof z.ZodMiniObject ? tool.input.shape : {};
  const { dryRun = false, idempotencyKey, ...rest } = optionsIn(input, own);
  if (typeof dryRun !== "boolean") throw wrong("dryRun", "dryRun has to be true or false.");
  return { isDryRun: dryRun, idempotencyKey: readKey(idempotencyKey, metaKey), input: rest.own };
}

interface SplitInput {
  readonly dryRun?: unknown;
  readonly idempotencyKey?: unknown;
  readonly own: unknown;
}

function optionsIn(input: unknown, shape: object): SplitInput {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return { own: input };
  const entries = Object.entries(input);
  const isOption = ([name]: [string, unknown]): boolean =>
    Object.hasOwn(optionSchemas, name) && !Object.hasOwn(shape, name);
  if (!entries.some(isOption)) return { own: input };
  const own = Object.fromEntries(entries.filter((entry) => !isOption(entry)));
  return { ...Object.fromEntries(entries.filter(isOption)), own };
}

function readKey(argument: unknown, meta: unknown): string | undefined {
  for (const key of [argument, meta]) {
    if (key === undefined) continue;
    if (typeof key === "string" && key.length > 0 && key.length <= longestKey) continue;
    throw wrong("idempotencyKey", `idempotencyKey has to be a text of 1 to ${longestKey} characters.`);
  }
  if (argument !== undefined && meta !== undefined && argument !== meta) {
    throw wrong(
      "idempotencyKey",
      `The argument idempotencyKey and _meta["${metaKeys.idempotencyKey}"] differ. Send one of them.`,
    );
  }
  // Both are texts or absent by now.
  return (argument ?? meta) as string | undefined;
}

function wrong(argument: string, message: string): WaggleError {
  return new WaggleError("INVALID_INPUT", { message, data: { argument } });
}

/** The same for the same tool with the same arguments, in whatever order they were sent. */
export function fingerprintOf(tool: string, input: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([tool, sorted(input)]))
    .digest("base64url");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  // As entries: a key like `__proto__` must not vanish.
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
