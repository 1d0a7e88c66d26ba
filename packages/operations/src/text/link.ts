import type { Value } from "@waggle/template";
import * as z from "zod/mini";
import type { Format } from "../fields/field.ts";

const allowedSchemes: readonly string[] = ["http", "https", "mailto", "tel", "sms"];

/** Browsers ignore these inside a scheme, so `java\tscript:` has to be looked at without them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const ignoredByBrowsers = /[\u0000-\u0020]/g;

/** Web, mail and phone addresses, anchors, and merge tags; no `javascript:` or `data:`. */
function isSafeLink(href: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href.replace(ignoredByBrowsers, ""));
  return !scheme?.[1] || allowedSchemes.includes(scheme[1].toLowerCase());
}

/** An address to go to; stored as it is. */
export const link: Format<string> = {
  schema: z
    .string()
    .check(
      z.maxLength(2000),
      z.refine(isSafeLink, "has to be an https:, http:, mailto:, tel: or sms: address, or a merge tag"),
    ),
  toJson: (argument) => argument.trim(),
  fromJson: (json: Value) => (typeof json === "string" ? json : undefined),
};
