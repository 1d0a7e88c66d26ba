import { equalValues, type Json, type Value } from "@waggle/template";
import * as z from "zod/mini";

/** One argument of a tool and where it stands in the element's JSON. */
export interface Field<Argument = unknown> {
  readonly schema: z.ZodMiniType<Argument>;
  /** JSON pointers it is written to; it is read back when they say the same. */
  readonly pointers: readonly string[];
  /** Writes several pointers at once and is not read back, because its parts are fields of their own. */
  readonly isShorthand?: boolean;
  /** @param current what the pointer holds now, for values that share one string. */
  toJson(argument: Argument, current: Value | undefined): Json;
  /** The argument a stored value stands for, or undefined when it does not look like one. */
  fromJson(json: Value): Argument | undefined;
}

/** Fields by the name of their argument. They are written in this order, so shorthands come first. */
export type FieldTable = Readonly<Record<string, Field>>;

/** How a kind of value looks as an argument and in the JSON. */
export type Format<Argument> = Pick<Field<Argument>, "schema" | "toJson" | "fromJson">;

interface FieldOptions<Argument> {
  readonly format: Format<Argument>;
  readonly pointers: readonly string[];
  readonly description: string;
  readonly isShorthand?: boolean;
}

export function field<Argument>(options: FieldOptions<Argument>): Field<Argument> {
  const { format, pointers, description, isShorthand } = options;
  return {
    schema: format.schema.check(z.describe(description)),
    pointers,
    toJson: format.toJson,
    fromJson: format.fromJson,
    ...(isShorthand ? { isShorthand } : {}),
  };
}

/** Optional arguments for every field of a table, to be spread into an input schema. */
export function argumentsOf<Table extends FieldTable>(table: Table): ArgumentsOf<Table> {
  const entries = Object.entries(table).map(([name, { schema }]) => [name, z.optional(schema)]);
  // Built from the table's own keys and schemas; TypeScript cannot follow that through `fromEntries`.
  return Object.fromEntries(entries) as ArgumentsOf<Table>;
}

export type ArgumentsOf<Table extends FieldTable> = {
  [Name in keyof Table]: z.ZodMiniOptional<Table[Name]["schema"]>;
};

/** Where fields are written: a draft's element, or the properties of one that is about to be made. */
export interface FieldTarget {
  get(pointer: string): Value | undefined;
  set(pointer: string, value: Value): void;
}

/** Writes the given arguments; answers with the names of those that changed something. */
export function writeFields(
  target: FieldTarget,
  table: FieldTable,
  input: Readonly<Record<string, unknown>>,
): readonly string[] {
  const changed: string[] = [];
  for (const [name, { pointers, toJson, fromJson }] of Object.entries(table)) {
    const argument = input[name];
    if (argument === undefined) continue;
    const differing = pointers.filter((pointer) => {
      const current = target.get(pointer);
      // "0 solid" and "0px solid" are one border: another spelling of the same is no change.
      if (current !== undefined && equalValues(fromJson(current), argument)) return false;
      const next = toJson(argument, current);
      if (equalValues(current, next)) return false;
      target.set(pointer, next);
      return true;
    });
    if (differing.length > 0) changed.push(name);
  }
  return changed;
}

/** The arguments that describe what the element holds now. */
export function readFields(get: (pointer: string) => Value | undefined, table: FieldTable): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, { pointers, fromJson, isShorthand }] of Object.entries(table)) {
    if (isShorthand) continue;
    const [argument, ...others] = pointers.map((pointer) => {
      const value = get(pointer);
      return value === undefined ? undefined : fromJson(value);
    });
    // Of places that differ nothing can be said that would leave them so when it is written back.
    if (argument !== undefined && others.every((other) => equalValues(other, argument))) found[name] = argument;
  }
  return found;
}
