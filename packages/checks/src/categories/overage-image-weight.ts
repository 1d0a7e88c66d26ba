import { type Check, everywhere, inKb } from "../check.ts";
import { embeddedBytes, fileName, kindOfAddress } from "../seen/addresses.ts";
import { partsOf } from "../seen/parts.ts";
import type { Reading } from "../seen/reading.ts";
import type { SeenPicture } from "../seen/seen.ts";

export const overageImageWeight: Check = {
  category: "overageImageWeight",
  severity: "suggestion",
  title: "Heavy pictures",
  finds:
    "Pictures larger than the limit, backgrounds included. Those inside their own address (`data:`) are weighed at once; others need the server's fetcher. `evaluated` counts what was weighed, `errored` what could not be, `processed` is false when nobody went to look. 1 KB is 1,024 bytes.",
  fix: "Use a smaller file: `update_image` with another `src`.",
  media: everywhere,
  limit: { unit: "KB", of: { message: 500, page: 700, row: 500 } },
  run: (reading, { limit, ports }) => {
    const pictures = picturesOf(reading);
    const weighed = pictures.map((picture) => ({ ...picture, weight: weightOf(picture, ports.pictures) }));
    const known = weighed.filter((picture): picture is Weighed => typeof picture.weight === "number");
    const errored = weighed.filter(({ weight }) => weight === "failed").length;
    const heavy = known.filter(({ weight }) => inKb(weight) > limit);
    return {
      findings: heavy.map((picture) => finding(reading, picture, limit)),
      facts: {
        evaluated: known.length,
        errored,
        processed: weighed.every(({ weight }) => weight !== "unweighed"),
      },
    };
  },
};

interface Weighed extends SeenPicture {
  readonly weight: number;
}

/** Each picture of a module once, whatever else repeats it; addresses that are filled in later are none yet. */
export function picturesOf({ seen }: Reading): readonly SeenPicture[] {
  const found = new Map(seen.pictures.map((picture) => [`${picture.elementId} ${picture.src}`, picture]));
  return [...found.values()].filter(({ src }) => embeddedBytes(src) !== undefined || kindOfAddress(src) === "web");
}

type Weight = number | "failed" | "unweighed";

function weightOf(
  { src }: SeenPicture,
  weights: ReadonlyMap<string, { readonly bytes: number } | { readonly failed: string }> | undefined,
): Weight {
  const embedded = embeddedBytes(src);
  if (embedded !== undefined) return embedded;
  const known = weights?.get(src);
  if (!known) return "unweighed";
  return "bytes" in known ? known.bytes : "failed";
}

function finding(reading: Reading, { elementId, src, weight }: Weighed, limit: number) {
  const node = reading.snapshot.nodes.get(elementId);
  const part = node && partsOf(node).pictures.find((picture) => picture.src.trim() === src.trim());
  const label = part?.label || fileName(src);
  return {
    element: reading.element(elementId, { label, ...(part && { widgetType: part.widgetType }) }),
    message: `The picture “${label}” weighs ${inKb(weight)} KB: on phones it comes late.`,
    fix: `Use a file of ${limit} KB or less: update_image with elementId "${elementId}" and another src.`,
    data: { weight: inKb(weight) },
  };
}
