import type { Value } from "@waggle/template";
import * as z from "zod/mini";
import type { Format } from "./field.ts";
import { color } from "./formats.ts";

const noLine = "0px solid transparent";
const rule = 'has to be a line, like "1px solid #dddddd" (solid, dashed, dotted or double), or none';
const form = /^(\d+(?:\.\d+)?)(?:px)?\s+(solid|dashed|dotted|double)\s+(\S.*)$/i;

/** Width, style and colour of one line as CSS writes them; undefined for anything else. */
function parseLine(text: string): string | undefined {
  const trimmed = text.trim();
  if (/^(none|0|0px)$/i.test(trimmed)) return noLine;
  const [, width, style, lineColor = ""] = form.exec(trimmed) ?? [];
  if (width === undefined || style === undefined || !z.safeParse(color.schema, lineColor).success) return undefined;
  return Number(width) > 100 ? undefined : `${Number(width)}px ${style.toLowerCase()} ${lineColor}`;
}

/** A line said in one text: "1px solid #dddddd", or none. */
export const line: Format<string> = {
  schema: z.string().check(z.refine((text) => parseLine(text) !== undefined, rule)),
  toJson: (argument) => parseLine(argument) ?? noLine,
  // One that draws nothing reads as none, however it is spelt.
  fromJson: (json: Value) => {
    const parsed = typeof json === "string" ? parseLine(json) : undefined;
    return parsed?.startsWith("0px ") ? "none" : parsed;
  },
};
