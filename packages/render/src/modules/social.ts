import { type ElementNode, element, layoutTable, type RenderNode, tableRow } from "../tree.ts";
import { alignment, cssValue, pixels } from "../values/css.ts";
import { type JsonObject, objectAt, textOf } from "../values/element-reader.ts";
import { safeUrl } from "../values/url.ts";
import { aligned, block, linked, type ModuleRenderer, type ModuleView } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

/** A line of icons, each linked to a profile. */
export const renderSocial: ModuleRenderer = (view) => {
  const { reader } = view;
  const cells = reader.objects("/descriptor/iconsList/icons").map((icon) => iconCell(view, icon));
  const align = alignment(reader.value("/descriptor/style/text-align"), "center");
  if (cells.length === 0) return block(view, { content: view.mode === "edit" ? [placeholder("No profiles yet")] : [] });
  const table = layoutTable({
    attributes: { class: "social-table" },
    styles: { display: "inline-table", "vertical-align": "top" },
    content: [tableRow(cells)],
  });
  return block(view, { content: [aligned(align, [table])] });
};

function iconCell(view: ModuleView, icon: JsonObject): ElementNode {
  const image = objectAt(icon, "image");
  const size = pixels(image.width) ?? view.reader.pixels("/descriptor/computedStyle/iconsDefaultWidth") ?? 32;
  const padding = cssValue("padding", view.reader.value("/descriptor/computedStyle/padding")) ?? "0 2px 0 2px";
  return element("td", { styles: { padding }, content: iconContent(image, { size, text: textOf(icon.text) }) });
}

function iconContent(image: JsonObject, { size, text }: { size: number; text: string }): readonly RenderNode[] {
  const source = safeUrl(image.src, { isPicture: true });
  const picture = element("img", {
    attributes: { src: source ?? "", alt: textOf(image.alt), title: textOf(image.title), width: String(size) },
    styles: { display: "block", height: "auto", border: "0", width: `${size}px` },
  });
  const content: readonly RenderNode[] = source ? [picture] : [text || textOf(image.alt)];
  const link = linked({ href: safeUrl(image.href), target: textOf(image.target) }, content);
  return link ? [link] : content;
}
