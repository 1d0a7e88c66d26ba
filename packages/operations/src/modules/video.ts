import { findTemplateTags, isSafeUrl } from "@waggle/template";
import * as z from "zod/mini";
import { type Format, field } from "../fields/field.ts";
import { color, pixels } from "../fields/formats.ts";
import { mobilePaddingFields, paddingFields } from "../fields/padding.ts";
import { pictureAddress } from "../fields/picture.ts";
import { plainText } from "../fields/plain-text.ts";
import { visibilityFields } from "../fields/visibility.ts";
import type { ModuleSpec } from "./module-spec.ts";

const video = "/descriptor/video";

/** An address to be, or a merge tag that gives one: nothing that runs, no letter to write. */
function isFilmAddress(address: string): boolean {
  const trimmed = address.trim();
  if (/^https?:\/\/[^\s/?#]+/i.test(trimmed)) return isSafeUrl(trimmed);
  return findTemplateTags(trimmed)[0]?.start === 0 || /^(\[[\w .-]+\]|\*\|)/.test(trimmed);
}

const filmAddress: Format<string> = {
  schema: z
    .string()
    .check(
      z.maxLength(2000),
      z.refine(isFilmAddress, "has to be the https: address of a video, like https://youtu.be/…, or a merge tag"),
    ),
  toJson: (argument) => argument.trim(),
  fromJson: (json) => (typeof json === "string" ? json : undefined),
};

const { schema, fromJson } = pixels(16, 200);
/** Stored as a bare number, as templates have it. */
const signSize: Format<number> = { schema, fromJson, toJson: (argument) => argument };

const videoFields = {
  src: field({
    format: filmAddress,
    pointers: [`${video}/src`],
    description: "Address of the video: YouTube, Vimeo, any page, or a file. Emails link to it, pages play it.",
  }),
  thumbnail: field({
    format: pictureAddress,
    pointers: [`${video}/thumbSrc`],
    description: "Picture that emails show, https. Default for YouTube: its own still.",
  }),
  alt: field({
    format: plainText(1000),
    pointers: [`${video}/alt`],
    description: "What the video shows, for those who do not see the picture.",
  }),
  iconColor: field({ format: color, pointers: [`${video}/iconColor1`], description: "Play sign, like #ffffff." }),
  iconBackgroundColor: field({ format: color, pointers: [`${video}/iconColor2`], description: "Disc behind it." }),
  iconSize: field({ format: signSize, pointers: [`${video}/iconSize`], description: "Size of the disc, px." }),
  ...paddingFields("/descriptor/style"),
  ...mobilePaddingFields("/descriptor/mobileStyle"),
  ...visibilityFields("/descriptor/computedStyle"),
};

/** A film: `mailup-bee-newsletter-modules-video`. */
export const videoModule: ModuleSpec<typeof videoFields> = {
  type: "video",
  fields: videoFields,
  leaves: () => ({
    [`${video}/src`]: "",
    [`${video}/thumbSrc`]: "",
    [`${video}/alt`]: "",
    [`${video}/mode`]: "thumbnail",
    [`${video}/iconColor1`]: "#ffffff",
    [`${video}/iconColor2`]: "#000000",
    [`${video}/iconSize`]: 56,
    "/descriptor/style/padding-top": "0px",
    "/descriptor/style/padding-right": "0px",
    "/descriptor/style/padding-bottom": "0px",
    "/descriptor/style/padding-left": "0px",
    "/descriptor/mobileStyle": {},
    "/descriptor/computedStyle/hideContentOnDesktop": false,
    "/descriptor/computedStyle/hideContentOnMobile": false,
  }),
};

const youTube =
  /^https?:\/\/(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com\/(?:watch\?(?:[^#]*&)?v=|embed\/|shorts\/|live\/)|youtu\.be\/)([\w-]{11})(?![\w-])/i;

/** The still that the service keeps of a film; undefined where it cannot be told from the address. */
export function findStill(src: string): string | undefined {
  const [, film] = youTube.exec(src.trim()) ?? [];
  return film === undefined ? undefined : `https://img.youtube.com/vi/${film}/hqdefault.jpg`;
}
