import { type ElementNode, element } from "../tree.ts";
import { safeUrl } from "../values/url.ts";
import { aligned, block, linked, type ModuleRenderer, type ModuleView } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

/** A still with a link to the film: no e-mail client plays it in place. */
export const renderVideo: ModuleRenderer = (view) => {
  const still = stillOf(view);
  if (!still) return block(view, { content: view.mode === "edit" ? [placeholder("No video yet")] : [] });
  const link = linked({ href: safeUrl(view.reader.text("/descriptor/video/src")) }, [still, playSign(view)]);
  const frame = element("div", {
    attributes: { class: "video" },
    styles: { position: "relative" },
    content: link ? [link] : [still],
  });
  return block(view, { content: [aligned("center", [frame])] });
};

function stillOf({ reader, width }: ModuleView): ElementNode | undefined {
  const source = safeUrl(reader.text("/descriptor/video/thumbSrc"), { isPicture: true });
  if (!source) return undefined;
  const alt = reader.text("/descriptor/video/alt", "/descriptor/video/title") || "Watch the video";
  return element("img", {
    attributes: { src: source, alt, width: String(Math.round(width)) },
    styles: { display: "block", height: "auto", border: "0", width: "100%" },
  });
}

// Clients that place nothing absolutely show it under the still, which is as good.
function playSign({ reader }: ModuleView): ElementNode {
  const color = reader.css("/descriptor/video/iconColor1") ?? "#ffffff";
  const fill = reader.css("/descriptor/video/iconColor2") ?? "#000000";
  return element("span", {
    attributes: { class: "play", "aria-hidden": "true" },
    styles: {
      position: "absolute",
      top: "50%",
      left: "50%",
      width: "56px",
      "margin-left": "-28px",
      "margin-top": "-28px",
      "line-height": "56px",
      "border-radius": "28px",
      "text-align": "center",
      "font-size": "24px",
      color,
      "background-color": fill,
    },
    content: ["\u25b6"],
  });
}
