import { type Draft, settingsId } from "@waggle/template";
import * as z from "zod/mini";
import { type FieldTable, type FieldTarget, readFields, writeFields } from "../fields/field.ts";

/** Answer of the operations that change the page's settings. */
export const writtenSettings = z.strictObject({
  changed: z.array(z.string()).check(z.describe("Arguments that made a difference; empty when all was so already.")),
  current: z.record(z.string(), z.unknown()).check(z.describe("What stands there now, by argument.")),
});

interface SettingsInput {
  readonly fields: FieldTable;
  readonly input: Readonly<Record<string, unknown>>;
  /** Second places of a value, by its first. They are kept the same where a template has them. */
  readonly echoes?: Readonly<Record<string, string>>;
}

/** Writes the given arguments into the page's settings; what is not given stays. */
export function writeSettings(
  draft: Draft,
  { fields, input, echoes = {} }: SettingsInput,
): z.output<typeof writtenSettings> {
  const target: FieldTarget = {
    get: (pointer) => draft.get(settingsId, pointer),
    set: (pointer, value) => draft.set(settingsId, pointer, value),
  };
  const changed = writeFields(target, fields, input);
  const echoed = writeFields(target, echoesOf(fields, { echoes, target }), input);
  return { changed: [...new Set([...changed, ...echoed])], current: readFields(target.get, fields) };
}

interface Echoes {
  readonly echoes: Readonly<Record<string, string>>;
  readonly target: FieldTarget;
}

/** The fields that the template has in a second place, as they are there. */
function echoesOf(fields: FieldTable, { echoes, target }: Echoes): FieldTable {
  const entries = Object.entries(fields).flatMap(([name, field]) => {
    const echo = echoes[field.pointers[0] ?? ""];
    const isThere = echo !== undefined && target.get(echo) !== undefined;
    return isThere ? [[name, { ...field, pointers: [echo] }] as const] : [];
  });
  return Object.fromEntries(entries);
}
