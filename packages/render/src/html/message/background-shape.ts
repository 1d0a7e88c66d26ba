import type { Styles, Wrapping } from "../../tree.ts";
import { outlookAround, outlookTag } from "./outlook.ts";

/** The address of a background picture. Outlook knows no gradients. */
export function pictureUrl({ "background-image": image = "" }: Styles): string | undefined {
  const [, , url = ""] = /^url\(\s*(["']?)(.*?)\1\s*\)$/i.exec(image) ?? [];
  return url === "" ? undefined : url;
}

/** How Outlook fills a shape: `cover` and `contain` are frames of it, everything else tiles. */
export function pictureFill(fill: Styles): string {
  const size = fill["background-size"] ?? "";
  const aspect = { cover: "atleast", contain: "atmost" }[size];
  return outlookTag("v:fill", {
    type: aspect ? "frame" : "tile",
    aspect,
    src: pictureUrl(fill),
    color: fill["background-color"],
  });
}

/** A background picture for Outlook, which draws none in tables: a shape that grows with what is in it. */
export function backgroundShape(fill: Styles, width: number | "full"): Wrapping | undefined {
  if (pictureUrl(fill) === undefined) return undefined;
  const style = width === "full" ? "mso-width-percent:1000" : `width:${Math.round(width)}px`;
  const textbox = '<v:textbox inset="0,0,0,0" style="mso-fit-shape-to-text:true">';
  const start = outlookTag("v:rect", { fill: "t", stroke: "f", style });
  return outlookAround(`${start}${pictureFill(fill)}</v:fill>${textbox}`, "</v:textbox></v:rect>");
}
