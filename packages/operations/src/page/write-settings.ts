import { type Draft, settingsId } from "@waggle/template";
import * as z from "zod/mini";
import { type FieldTable, readFields, writeFields } from "../fields/field.ts";

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
  const get = (pointer: string) => draft.get(settingsId, pointer);
  const given = Object.fromEntries(Object.keys(fields).map((name) => [name, input[name]]));
  const target = {
    get,
    set: (pointer: string, value: Parameters<typeof draft.set>[2]) => draft.set(settingsId, pointer, value),
  };
  const changed = [...writeFields(target, fields, given)];
  for (const [name, { pointers, toJson }] of Object.entries(fields)) {
    const argument = given[name];
    const [first = ""] = pointers;
    const echo = echoes[first];
    if (argument === undefined || echo === undefined || get(echo) === undefined) continue;
    const value = toJson(argument, get(echo));
    if (value === get(echo)) continue;
    draft.set(settingsId, echo, value);
    if (!changed.includes(name)) changed.push(name);
  }
  return { changed, current: readFields(get, fields) };
}
