import { field } from "./field.ts";
import { color, fontFamily, fontWeight, lineHeightFactor, oneOf, pixels } from "./formats.ts";

export const textAlign = oneOf(["left", "center", "right", "justify"]);

const fontSize = pixels(8, 120);

/** How text looks. `style` is the object that holds `font-size`. */
export function typographyFields(style: string) {
  return {
    color: field({ format: color, pointers: [`${style}/color`], description: "Text colour, like #1a2b3c." }),
    fontFamily: field({
      format: fontFamily,
      pointers: [`${style}/font-family`],
      description: "Font names, best first; inherit = the email's font.",
    }),
    fontSize: field({ format: fontSize, pointers: [`${style}/font-size`], description: "px." }),
    fontWeight: field({ format: fontWeight, pointers: [`${style}/font-weight`], description: "400 normal, 700 bold." }),
    lineHeight: field({
      format: lineHeightFactor,
      pointers: [`${style}/line-height`],
      description: "Factor of the font size: 1.5 = 150 %.",
    }),
    letterSpacing: field({ format: pixels(-5, 20), pointers: [`${style}/letter-spacing`], description: "px." }),
    direction: field({
      format: oneOf(["ltr", "rtl"]),
      pointers: [`${style}/direction`],
      description: "Writing direction.",
    }),
  };
}

/** How text looks on phones; absent means "as on desktop". */
export function mobileTypographyFields(style: string) {
  return {
    mobileFontSize: field({ format: fontSize, pointers: [`${style}/font-size`], description: "On phones, px." }),
    mobileTextAlign: field({ format: textAlign, pointers: [`${style}/text-align`], description: "On phones." }),
  };
}
