import type { Value } from "@waggle/template";
import * as z from "zod/mini";
import type { Format } from "./field.ts";

const numberOf = (json: Value, unit: RegExp): number | undefined => {
  if (typeof json === "number") return json;
  if (typeof json !== "string" || !unit.test(json)) return undefined;
  return Number.parseFloat(json);
};

const pixelForm = /^-?\d+(\.\d+)?(px)?$/;
const percentForm = /^\d+(\.\d+)?%$/;

/** A number of pixels; stored as "16px". Templates do hold fractions, so they can be sent back as they were read. */
export function pixels(minimum: number, maximum: number): Format<number> {
  return {
    schema: z.number().check(z.gte(minimum), z.lte(maximum)),
    toJson: (argument) => `${argument}px`,
    fromJson: (json) => numberOf(json, pixelForm),
  };
}

/** A factor of the font size, 1.5; stored as "150%". */
export const lineHeightFactor: Format<number> = {
  schema: z.number().check(z.gte(0.5), z.lte(5)),
  toJson: (argument) => `${Math.round(argument * 100)}%`,
  fromJson: (json) => {
    const percent = numberOf(json, percentForm);
    return percent === undefined ? undefined : Math.round(percent) / 100;
  },
};

/** Variable fonts know more than hundreds; stored as text. */
export const fontWeight: Format<number> = {
  schema: z.int().check(z.gte(1), z.lte(1000)),
  toJson: (argument) => String(argument),
  fromJson: (json) => (json === "bold" ? 700 : json === "normal" ? 400 : numberOf(json, /^\d+$/)),
};

/** "auto", or per cent of the space there is; stored as "auto" or "50%". */
export const automaticOrPercent: Format<"auto" | number> = {
  schema: z.union([z.literal("auto"), z.int().check(z.gte(1), z.lte(100))], "has to be auto or a percentage, 1 to 100"),
  toJson: (argument) => (argument === "auto" ? argument : `${argument}%`),
  fromJson: (json) => (json === "auto" ? "auto" : numberOf(json, percentForm)),
};

/** 320 is pixels, "50%" a share; stored as "320px" or "50%". */
export function pixelsOrPercent(minimum: number, maximum: number): Format<number | string> {
  const rule = `has to be a number of pixels, ${minimum} to ${maximum}, or a share, like "50%"`;
  return {
    schema: z.union(
      [
        z.number().check(z.gte(minimum, rule), z.lte(maximum, rule)),
        z.string().check(z.refine((share) => /^([1-9]\d?|100)%$/.test(share), rule)),
      ],
      rule,
    ),
    toJson: (argument) => (typeof argument === "number" ? `${argument}px` : argument),
    fromJson: (json) => {
      if (typeof json === "string" && percentForm.test(json)) return json;
      return numberOf(json, pixelForm);
    },
  };
}

/** A number of pixels that templates store as a bare number. */
export function barePixels(minimum: number, maximum: number): Format<number> {
  return { ...pixels(minimum, maximum), toJson: (argument) => argument };
}

/** Checked by a function: a pattern in every schema would cost agents more than it tells them. */
function textLike(pattern: RegExp, message: string): Format<string> {
  return {
    schema: z.string().check(z.refine((text) => text.length <= longestStyle && pattern.test(text), message)),
    toJson: (argument) => argument,
    fromJson: (json) => (typeof json === "string" ? json : undefined),
  };
}

const longestStyle = 300;

/** What may stand in a `style` without closing the declaration: hex, rgb(), hsl(), or a name such as `transparent`. */
export const color = textLike(
  /^(#[0-9a-f]{3,4}|#[0-9a-f]{6}|#[0-9a-f]{8}|[a-z]+|(rgb|hsl)a?\([\d\s.,%/]+\))$/i,
  "has to be a colour, like #1a2b3c or transparent",
);

export const fontFamily = textLike(
  /^[\p{L}\d\s,'"_-]+$/u,
  "has to be a list of font names, like Georgia, 'Times New Roman', serif",
);

/** One of a few words, stored as it is. */
export function oneOf<const Word extends string>(words: readonly Word[]): Format<Word> {
  const isWord = (json: Value): json is Word => words.some((word) => word === json);
  return {
    schema: z.enum(words),
    toJson: (argument) => argument,
    fromJson: (json) => (isWord(json) ? json : undefined),
  };
}

export const flag: Format<boolean> = {
  schema: z.boolean(),
  toJson: (argument) => argument,
  fromJson: (json) => (typeof json === "boolean" ? json : undefined),
};
