import { alias, bold, lineHeightFactor, paddingProperties, pixels, plain, rounded, switched } from "../properties.ts";
import { hostProperties } from "./module-converter.ts";

interface TextPlaces {
  /** Pointer of its HTML. */
  readonly html: string;
  readonly linkColor: string;
  readonly style: string;
}

/** Heading line heights have three decimals in the JSON, those of paragraphs as many as they need. */
export const threeDecimals = (percentage: number): string => `${percentage.toFixed(3)}%`;
export const shortest = (percentage: number): string => `${rounded(percentage)}%`;

/** What titles, paragraphs and lists share. */
export const textProperties = ({ html, linkColor, style }: TextPlaces) => ({
  text: plain(html),
  html: alias(plain(html)),
  underline: switched(`${style}/text-decoration`, "underline"),
  italic: switched(`${style}/font-style`, "italic"),
  bold: bold(`${style}/font-weight`),
  size: pixels(`${style}/font-size`),
  color: plain(`${style}/color`),
  linkColor: plain(linkColor),
  "letter-spacing": pixels(`${style}/letter-spacing`),
  "line-height": lineHeightFactor(`${style}/line-height`, shortest),
  direction: plain(`${style}/direction`),
  ...paddingProperties("/descriptor/style"),
  ...hostProperties,
});
