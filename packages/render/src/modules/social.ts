import { type ElementNode, element, type RenderNode } from "../tree.ts";
import { alignment, cssValue, pixels } from "../values/css.ts";
import { type JsonObject, objectAt, textOf } from "../values/element-reader.ts";
import { safeUrl } from "../values/url.ts";
import { aligned, block, linked, type ModuleRenderer, type ModuleView } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

/** Icons, each linked to a profile, in as many lines as they need. */
export const renderSocial: ModuleRenderer = (view) => {
  const icons = view.reader.objects("/descriptor/iconsList/icons");
  if (icons.length === 0) return block(view, { content: view.mode === "edit" ? [placeholder("No profiles yet")] : [] });
  return socialBlock(
    view,
    icons.map((icon) => socialIcon(view, icon)),
  );
};

/** The module around its icons. */
export function socialBlock(view: ModuleView, icons: readonly ElementNode[]): ElementNode {
  const align = alignment(view.reader.value("/descriptor/style/text-align"), "center");
  return block(view, { content: [aligned(align, icons)] });
}

export function socialIcon(view: ModuleView, icon: JsonObject): ElementNode {
  const image = objectAt(icon, "image");
  const size = pixels(image.width) ?? view.reader.pixels("/descriptor/computedStyle/iconsDefaultWidth") ?? 32;
  const styles = {
    display: "inline-block",
    padding: cssValue("padding", view.reader.value("/descriptor/computedStyle/padding")) ?? "0 2px",
    "vertical-align": "top",
  };
  const content = iconContent(image, { size: Math.max(1, size), text: textOf(icon.text) || textOf(icon.name) });
  return (
    linked({ href: safeUrl(image.href), target: textOf(image.target), styles }, content) ??
    element("span", { styles, content })
  );
}

function iconContent(image: JsonObject, { size, text }: { size: number; text: string }): readonly RenderNode[] {
  const source = safeUrl(image.src, { isPicture: true });
  if (!source) return [textOf(image.alt) || text];
  const title = textOf(image.title);
  // Without a word the link would have no name.
  const attributes = { src: source, alt: textOf(image.alt) || text, ...(title === "" ? {} : { title }) };
  return [
    element("img", {
      attributes: { ...attributes, width: String(Math.round(size)) },
      styles: { display: "block", height: "auto", width: `${size}px` },
    }),
  ];
}
