import type { Styles } from "../tree.ts";

/** Declarations for a style attribute in few characters: four sides as one, zeros without a unit. */
export function compactDeclarations(styles: Styles): string {
  const padding = styles["padding-top"] === undefined ? undefined : paddingOf(styles);
  const border = styles["border-top"] === undefined ? undefined : borderOf(styles);
  let text = "";
  for (const property in styles) {
    const value = styles[property];
    if (padding !== undefined && property.startsWith("padding-")) {
      if (property === "padding-top") text += `;padding:${padding}`;
    } else if (border !== undefined && borderSides.has(property)) {
      if (property === "border-top") text += `;border:${border}`;
    } else text += `;${property}:${value === "0px" ? "0" : value}`;
  }
  return text.slice(1);
}

const borderSides: ReadonlySet<string> = new Set(["border-top", "border-right", "border-bottom", "border-left"]);
const length = /^-?[\d.]+(px|%|em)?$/;

/** One value for four sides, or undefined when one is missing or the shorthand stands there itself. */
function paddingOf(styles: Styles): string | undefined {
  if (styles.padding !== undefined) return undefined;
  const top = short(styles["padding-top"]);
  const right = short(styles["padding-right"]);
  const bottom = short(styles["padding-bottom"]);
  const left = short(styles["padding-left"]);
  if (top === undefined || right === undefined || bottom === undefined || left === undefined) return undefined;
  if (right !== left) return `${top} ${right} ${bottom} ${left}`;
  if (top !== bottom) return `${top} ${right} ${bottom}`;
  return top === right ? top : `${top} ${right}`;
}

function short(value: string | undefined): string | undefined {
  if (value === undefined || !length.test(value)) return undefined;
  return value === "0px" ? "0" : value;
}

function borderOf(styles: Styles): string | undefined {
  const { "border-top": top, "border-right": right, "border-bottom": bottom, "border-left": left } = styles;
  return styles.border === undefined && top === right && top === bottom && top === left ? top : undefined;
}
