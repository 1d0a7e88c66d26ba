import { isSafeUrl, type Value } from "@waggle/template";
import * as z from "zod/mini";
import type { Format } from "../fields/field.ts";

const rule = "has to be an https:, http:, mailto:, tel: or sms: address, an anchor, or a merge tag";

/** An address to go to, nothing that runs when clicked; stored as it is. */
export const link: Format<string> = {
  schema: z.string().check(z.maxLength(2000), z.refine(isSafeUrl, rule)),
  toJson: (argument) => argument.trim(),
  fromJson: (json: Value) => (typeof json === "string" ? json : undefined),
};
