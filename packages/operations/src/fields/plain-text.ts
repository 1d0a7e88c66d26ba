import * as z from "zod/mini";
import type { Format } from "./field.ts";

/** Text without markup; merge tags stay as they are, and so does everything else. */
export function plainText(maximum: number): Format<string> {
  return {
    schema: z.string().check(z.maxLength(maximum)),
    toJson: (argument) => argument,
    fromJson: (json) => (typeof json === "string" ? json : undefined),
  };
}

/** Plain text for places that have one line, such as a subject. */
export function plainLine(maximum: number): Format<string> {
  const { schema, ...format } = plainText(maximum);
  return { ...format, schema: schema.check(z.regex(/^\P{Cc}*$/u, "has to be one line of plain text")) };
}
