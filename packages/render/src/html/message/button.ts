import { findTemplateTags } from "@waggle/template";
import { type ButtonLook, buttonBlock, buttonElement, buttonLook } from "../../modules/button.ts";
import type { ModuleRenderer, ModuleView } from "../../modules/module-view.ts";
import type { Styles, Wrapping } from "../../tree.ts";
import { borders, borderWidth, declarationsText, horizontalExtent, padding, pick, pixels } from "../../values/css.ts";
import { compactDeclarations } from "../compact-styles.ts";
import { outlookAround, outlookTag } from "./outlook.ts";

/** A button with the shape that Outlook needs around it. */
export const renderMessageButton: ModuleRenderer = (view) => {
  const look = buttonLook(view);
  const around = outlookButton(look, view);
  return buttonBlock(view, { ...buttonElement(look, look.label), ...(around ? { around } : {}) });
};

/** Outlook draws neither round corners nor the padding of links: a shape does both, a cell at least the padding. */
function outlookButton(look: ButtonLook, view: ModuleView): Wrapping | undefined {
  const fill = colorOf(look.styles["background-color"]);
  const hasLine = borderWidth(look.styles["border-top"] ?? look.styles.border) > 0;
  if (fill === undefined && !hasLine) return undefined;
  const isOfUnknownLength = findTemplateTags(look.label.html).length > 0 || /\[[\w .-]+\]/.test(look.label.html);
  return view.isInShape || isOfUnknownLength || !look.href ? buttonCell(look.styles) : buttonShape(look, view);
}

function buttonCell(styles: Styles): Wrapping | undefined {
  const cell = compactDeclarations({ ...padding(styles), ...borders(styles), "text-align": "center" });
  const attributes = { bgcolor: colorOf(styles["background-color"]), style: cell };
  const start = `<table cellpadding="0" cellspacing="0" role="presentation"><tr>${outlookTag("td", attributes)}`;
  return outlookAround(start, "</td></tr></table>");
}

function buttonShape(look: ButtonLook, view: ModuleView): Wrapping | undefined {
  const { width, height } = buttonSize(look, view);
  const line = lineOf(look.styles);
  const fill = colorOf(look.styles["background-color"]);
  const shape = outlookTag("v:roundrect", {
    href: look.href,
    style: `width:${width}px;height:${height}px;v-text-anchor:middle`,
    arcsize: `${Math.round(100 * Math.min(0.5, (pixels(look.styles["border-radius"]) ?? 0) / Math.min(width, height)))}%`,
    ...(fill === undefined ? { filled: "f" } : { fillcolor: fill }),
    ...(line ?? { stroke: "f" }),
  });
  const words = { ...pick(look.styles, ["color", "font-family", "font-size"]) };
  const text = outlookTag("center", { style: declarationsText(words) || undefined });
  return outlookAround(
    `${shape}<w:anchorlock/><v:textbox inset="0,0,0,0">${text}`,
    "</center></v:textbox></v:roundrect>",
  );
}

function lineOf(styles: Styles): { readonly strokecolor: string; readonly strokeweight: string } | undefined {
  const border = styles["border-top"] ?? styles.border;
  const width = borderWidth(border);
  const color = colorOf(border?.replace(/^\s*\S+\s+[a-z]+\s+/i, ""));
  return border === undefined || width <= 0 || color === undefined
    ? undefined
    : { strokecolor: color, strokeweight: `${width}px` };
}

/** Names and hexadecimal colours; Outlook's shapes know no others. */
function colorOf(color: string | undefined): string | undefined {
  return color !== undefined && /^(#[0-9a-f]{3,6}|[a-z]+)$/i.test(color) && color !== "transparent" ? color : undefined;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a shape is to measure: Outlook doesn't ask the text, and cuts off what has no room. */
function buttonSize(look: ButtonLook, view: ModuleView): Size {
  const { styles } = look;
  const extent = horizontalExtent(styles);
  const lines = linesOf(look.label.html);
  const fontSize = largestFont(look);
  const longest = Math.max(0, ...lines.map((line) => textWidth(line, fontSize)));
  const wanted = sizedWidth(styles.width, view) ?? Math.max(measured(view, "width"), longest + extent);
  const width = Math.round(Math.max(1, Math.min(wanted, view.width)));
  const room = Math.max(1, width - extent);
  const count = lines.reduce((total, line) => total + Math.max(1, Math.ceil(textWidth(line, fontSize) / room)), 0);
  const height = Math.max(
    measured(view, "height"),
    Math.max(1, count) * lineHeight(styles, fontSize) + verticalExtent(styles),
  );
  return { width, height: Math.round(Math.max(1, height)) };
}

/** What the editor that made the template saw; the text may have changed since. */
function measured({ reader }: ModuleView, side: "width" | "height"): number {
  return reader.pixels(`/descriptor/computedStyle/${side}`) ?? 0;
}

function sizedWidth(width: string | undefined, { width: room }: ModuleView): number | undefined {
  const share = /^(\d+(?:\.\d+)?)%$/.exec(width ?? "")?.[1];
  return share === undefined ? pixels(width) : (room * Number(share)) / 100;
}

function linesOf(label: string): readonly string[] {
  const text = label
    .replace(/<br\b[^<>]*>|<\/(?:p|div|h[1-6])>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&#?\w+;/g, "x");
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "");
}

function largestFont({ styles, label }: ButtonLook): number {
  const inside = Array.from(label.html.matchAll(/font-size:\s*(\d+(?:\.\d+)?)px/gi), ([, size]) => Number(size));
  return Math.min(200, Math.max(pixels(styles["font-size"]) ?? 16, ...inside));
}

/** Pixels of a text, rather too many: wide letters of a bold font take about two thirds of its size. */
function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const letter of text) width += (letter.codePointAt(0) ?? 0) > 0x2e7f ? 1.1 : 0.66;
  return width * fontSize;
}

function lineHeight(styles: Styles, fontSize: number): number {
  const value = styles["line-height"] ?? "";
  const share = /^(\d+(?:\.\d+)?)%$/.exec(value)?.[1];
  if (share !== undefined) return (fontSize * Number(share)) / 100;
  const factor = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
  return factor === undefined ? (pixels(value) ?? fontSize * 1.2) : factor * fontSize;
}

function verticalExtent(styles: Styles): number {
  const shorthand = pixels(styles.padding) ?? 0;
  const side = (name: "top" | "bottom"): number =>
    (pixels(styles[`padding-${name}`]) ?? shorthand) + borderWidth(styles[`border-${name}`] ?? styles.border);
  return side("top") + side("bottom");
}
