import { type ElementNode, element, type RenderNode } from "../tree.ts";
import { safeUrl } from "../values/url.ts";
import { block, linked, type ModuleRenderer, type ModuleView } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

/** A still with a link to the film: no e-mail client plays it in place. */
export const renderVideo: ModuleRenderer = (view) => {
  const still = stillOf(view);
  if (!still) return videoWithoutStill(view);
  return videoBlock(view, linked({ href: videoUrl(view) }, [still, playSign(view)]) ?? still);
};

/** The module around what shows the film. */
export function videoBlock(view: ModuleView, content: RenderNode): ElementNode {
  const frame = element("div", {
    attributes: { class: "video" },
    styles: { position: "relative" },
    content: [content],
  });
  return block(view, { content: [frame] });
}

export function videoUrl({ reader }: ModuleView): string | undefined {
  return safeUrl(reader.text("/descriptor/video/src", "/descriptor/video/href"));
}

export function videoTitle({ reader }: ModuleView): string {
  return reader.text("/descriptor/video/alt", "/descriptor/video/title") || "Watch the video";
}

/** The words lead to the film where there is no picture to. */
function videoWithoutStill(view: ModuleView): ElementNode {
  if (view.mode === "edit") return block(view, { content: [placeholder("No video yet")] });
  const link = linked({ href: videoUrl(view) }, [videoTitle(view)]);
  return block(view, { content: link ? [link] : [] });
}

export function stillOf(view: ModuleView): ElementNode | undefined {
  const source = safeUrl(view.reader.text(...stills), { isPicture: true });
  if (!source) return undefined;
  return element("img", {
    attributes: { src: source, alt: videoTitle(view), width: String(Math.round(view.width)) },
    styles: { display: "block", height: "auto", width: "100%" },
  });
}

const stills = ["/descriptor/video/thumbSrc", "/descriptor/video/thumbnail", "/descriptor/video/thumb"];

// Clients that place nothing absolutely show it under the still, which is as good.
export function playSign({ reader }: ModuleView): ElementNode {
  const color = reader.css("/descriptor/video/iconColor1") ?? "#ffffff";
  const fill = reader.css("/descriptor/video/iconColor2") ?? "#000000";
  const size = Math.min(200, Math.max(16, reader.pixels("/descriptor/video/iconSize") ?? 56));
  return element("span", {
    attributes: { class: "play", "aria-hidden": "true" },
    styles: {
      position: "absolute",
      top: "50%",
      left: "50%",
      width: `${size}px`,
      margin: `-${size / 2}px 0 0 -${size / 2}px`,
      "line-height": `${size}px`,
      "border-radius": `${size}px`,
      "text-align": "center",
      "font-size": `${Math.round(size * 0.43)}px`,
      color,
      "background-color": fill,
    },
    content: ["\u25b6"],
  });
}
