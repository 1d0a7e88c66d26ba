import { type ElementNode, element, layoutTable, type RenderNode, type Styles } from "../tree.ts";
import { alignment, padding, pixels } from "../values/css.ts";
import { type JsonObject, objectAt, textOf } from "../values/element-reader.ts";
import { safeUrl } from "../values/url.ts";
import { aligned, block, linked, type ModuleRenderer, type ModuleView, plainTextStyles } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

const computed = "/descriptor/computedStyle";

/** Small pictures with a word beside, over or under each. */
export const renderIcons: ModuleRenderer = (view) => {
  const { reader } = view;
  const icons = reader.objects("/descriptor/iconsList/icons");
  if (icons.length === 0) return block(view, { content: view.mode === "edit" ? [placeholder("No icons yet")] : [] });
  return iconsBlock(view, iconTables(view, icons));
};

/** The module around its icons. */
export function iconsBlock(view: ModuleView, icons: readonly ElementNode[]): ElementNode {
  const align = alignment(view.reader.value("/descriptor/style/text-align"), "center");
  return block(view, { content: [aligned(align, icons)], textSelector: ".caption" });
}

/** Each icon with its word. */
export function iconTables(view: ModuleView, icons: readonly JsonObject[]): readonly ElementNode[] {
  const gap = view.reader.pixels(`${computed}/itemsSpacing`) ?? 0;
  const { "text-align": _, ...text } = plainTextStyles(view, "/descriptor/style");
  const look = { gap, text, spacing: iconSpacing(view) };
  return icons.map((icon, index) => iconTable(icon, { view, look, isFirst: index === 0 }));
}

interface Look {
  readonly gap: number;
  readonly text: Styles;
  readonly spacing: Styles;
}

interface Place {
  readonly view: ModuleView;
  readonly look: Look;
  readonly isFirst: boolean;
}

const iconSpacing = ({ reader }: ModuleView): Styles => padding(reader.styles(`${computed}/iconSpacing`));

function iconTable(icon: JsonObject, { view, look, isFirst }: Place): ElementNode {
  const picture = element("td", {
    attributes: { align: "center" },
    styles: { ...look.spacing, "vertical-align": "middle" },
    content: pictureOf(icon, view),
  });
  const caption = captionOf(icon, look.text);
  return layoutTable({
    attributes: { class: "icon" },
    styles: {
      display: "inline-table",
      "vertical-align": "top",
      ...(isFirst || look.gap === 0 ? {} : { "margin-left": `${look.gap}px` }),
    },
    content: [element("tbody", { content: arrangement(icon, { picture, caption }) })],
  });
}

function pictureOf(icon: JsonObject, view: ModuleView): readonly RenderNode[] {
  const source = safeUrl(typeof icon.image === "string" ? icon.image : objectAt(icon, "image").src, {
    isPicture: true,
  });
  if (!source) return [];
  const height = view.reader.pixels(`${computed}/iconHeight`) ?? 32;
  // The file's own size only gives the proportion.
  const ratio = (pixels(icon.width) ?? 1) / Math.max(1, pixels(icon.height) ?? pixels(icon.width) ?? 1);
  const width = Math.max(1, Math.round(height * ratio));
  const image = element("img", {
    attributes: { src: source, alt: altOf(icon), width: String(width), height: String(height) },
    styles: { display: "block", height: `${height}px`, width: `${width}px`, margin: "0 auto" },
  });
  return [
    linked({ href: safeUrl(icon.href), target: textOf(icon.target), title: textOf(icon.title) }, [image]) ?? image,
  ];
}

/** A word beside the icon says it already, unless the picture is a link of its own: that one needs a name. */
function altOf(icon: JsonObject): string {
  const isLink = safeUrl(icon.href) !== undefined && icon.href !== "";
  return textOf(icon.alt) || (isLink ? textOf(icon.text) || textOf(icon.title) : "");
}

function captionOf(icon: JsonObject, text: Styles): ElementNode | undefined {
  const words = textOf(icon.text);
  if (words === "") return undefined;
  const link = linked({ href: safeUrl(icon.href), target: textOf(icon.target), styles: { color: "inherit" } }, [words]);
  return element("td", {
    attributes: { class: "caption" },
    styles: { "vertical-align": "middle", ...text },
    content: [link ?? words],
  });
}

interface Parts {
  readonly picture: ElementNode;
  readonly caption: ElementNode | undefined;
}

const row = (...cells: readonly ElementNode[]): ElementNode => element("tr", { content: cells });

type Arrange = (picture: ElementNode, caption: ElementNode) => readonly ElementNode[];

const pictureFirst: Arrange = (picture, caption) => [row(picture, caption)];
const arrangements: ReadonlyMap<string, Arrange> = new Map([
  ["left", (picture, caption) => [row(caption, picture)]],
  ["right", pictureFirst],
  ["top", (picture, caption) => [row(centred(caption)), row(picture)]],
  ["bottom", (picture, caption) => [row(picture), row(centred(caption))]],
]);

const centred = (caption: ElementNode): ElementNode => ({
  ...caption,
  styles: { ...caption.styles, "text-align": "center" },
});

function arrangement(icon: JsonObject, { picture, caption }: Parts): readonly ElementNode[] {
  if (!caption) return [row(picture)];
  if (Array.isArray(picture.content) && picture.content.length === 0) return [row(caption)];
  const arrange = arrangements.get(textOf(icon.textPosition)) ?? pictureFirst;
  return arrange(picture, caption);
}
