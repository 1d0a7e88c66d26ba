import type { Value } from "@waggle/template";
import * as z from "zod/mini";
import { type Field, type FieldTarget, type Format, field } from "./field.ts";
import { isEmbeddedPicture, pictureAddress } from "./picture.ts";

const rule = "has to be the https: address of a picture, without spaces, quotes or brackets, or none";
const stored = /^url\((['"]?)([^'"()\s]+)\1\)$/i;

function isBackground(address: string): boolean {
  const text = address.trim();
  if (text === "none") return true;
  return !/[\s'"()\\]/.test(text) && !isEmbeddedPicture(text) && z.safeParse(pictureAddress.schema, text).success;
}

/** A picture behind a box, by its address; stored as CSS has it: "url('…')". */
const picture: Format<string> = {
  schema: z.string().check(z.refine(isBackground, rule)),
  toJson: (argument) => (argument.trim() === "none" ? "none" : `url('${argument.trim()}')`),
  fromJson: (json: Value) => {
    if (typeof json !== "string" || json === "") return undefined;
    const text = json.trim();
    return stored.exec(text)?.[2] ?? (text === "none" || /^(https?:)?\/\/[^\s'"()]+$/i.test(text) ? text : undefined);
  },
};

/** `style` is the object that holds `background-image`. */
export function backgroundPicture(style: string, behind: string): Field<string> {
  return field({
    format: picture,
    pointers: [`${style}/background-image`],
    description: `Address of a picture behind ${behind}, or none. It covers the area.`,
  });
}

/** Has a new picture cover its box where the template does not say how large it is: else a part of it would show. */
export function settleBackground(target: FieldTarget, style: string): void {
  const image = target.get(`${style}/background-image`);
  const size = target.get(`${style}/background-size`);
  if (image === undefined || image === "none" || (size !== undefined && size !== "" && size !== "auto")) return;
  target.set(`${style}/background-size`, "cover");
  target.set(`${style}/background-position`, "center center");
  target.set(`${style}/background-repeat`, "no-repeat");
}
