import { safeAttribute } from "@waggle/template";
import * as z from "zod/mini";
import type { Format } from "./field.ts";

/** An address of this length holds a picture of about 12 kB; more would fill the e-mail that carries it. */
const longestEmbedded = 16_000;
const longestAddress = 2000;

const schemeOnly = /^(mailto|tel|sms):/i;
const embedded = /^data:/i;

export const isEmbeddedPicture = (address: string): boolean => embedded.test(address.trim());

function isPictureAddress(address: string): boolean {
  const trimmed = address.trim();
  return trimmed !== "" && !schemeOnly.test(trimmed) && safeAttribute("img", "src", trimmed) !== undefined;
}

const hasFittingLength = (address: string): boolean =>
  address.length <= (isEmbeddedPicture(address) ? longestEmbedded : longestAddress);

/** Where a picture is loaded from, by the rules of every picture in a text; stored as it is. */
export const pictureAddress: Format<string> = {
  schema: z
    .string()
    .check(
      z.refine(isPictureAddress, "has to be an https: or http: address, a path, a merge tag, or a small data:image"),
      z.refine(
        hasFittingLength,
        `has to be at most ${longestAddress} characters long, a data:image at most ${longestEmbedded}: put the picture on a server and give its address`,
      ),
    ),
  toJson: (argument) => argument.trim(),
  fromJson: (json) => (typeof json === "string" ? json : undefined),
};
