import { type ElementNode, element, type RenderNode, type Rule } from "../tree.ts";
import { alignment, pixels, radius } from "../values/css.ts";
import { safeUrl } from "../values/url.ts";
import { aligned, block, linked, type ModuleRenderer, type ModuleView } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

/** A picture, as wide as the template says and never wider than its column. */
export const renderImage: ModuleRenderer = (view) => {
  const { reader } = view;
  const names = reader.text("/descriptor/computedStyle/class");
  const align = alignment(
    /\b(left|center|right)\b/.exec(names)?.[1] ?? reader.value("/descriptor/computedStyle/align"),
    "center",
  );
  const width = imageWidth(view);
  const box = element("div", {
    attributes: { class: "picture" },
    styles: boxStyles(align, width),
    content: pictureOf(view, width),
  });
  return block(view, { content: [aligned(align, [box])], rules: mobileRules(view, names) });
};

function imageWidth({ reader, width }: ModuleView): number {
  const wanted = reader.pixels("/descriptor/computedStyle/width", "/descriptor/image/width");
  return Math.round(wanted === undefined || wanted <= 0 ? width : Math.min(wanted, width));
}

const margins = { left: "0 auto 0 0", justify: "0 auto 0 0", center: "0 auto", right: "0 0 0 auto" } as const;

const boxStyles = (align: keyof typeof margins, width: number): Record<string, string> => ({
  "max-width": `${width}px`,
  margin: margins[align],
});

function pictureOf(view: ModuleView, width: number): readonly RenderNode[] {
  const { reader } = view;
  // What the sender fills in per reader is no address yet while people edit.
  const sources = ["/descriptor/image/dynamicSrc", "/descriptor/image/src"];
  const source = safeUrl(reader.text(...(view.mode === "send" ? sources : sources.reverse())), { isPicture: true });
  if (!source) return view.mode === "edit" ? [placeholder("No picture yet")] : [];
  const image = imageElement(view, { source, width });
  const href = safeUrl(reader.text("/descriptor/image/href"));
  return [linked({ href, target: reader.text("/descriptor/image/target") }, [image]) ?? image];
}

function imageElement({ reader }: ModuleView, { source, width }: { source: string; width: number }): ElementNode {
  const title = reader.text("/descriptor/image/title");
  const attributes = {
    src: source,
    alt: reader.text("/descriptor/image/alt"),
    width: String(width),
    ...(title ? { title } : {}),
  };
  const round = { ...radius(reader.styles("/descriptor/style")), ...radius(reader.styles("/descriptor/image/style")) };
  return element("img", {
    attributes,
    styles: { display: "block", height: "auto", border: "0", width: "100%", ...round },
  });
}

function mobileRules({ reader }: ModuleView, names: string): readonly Rule[] {
  const rules: Rule[] = [];
  if (/\bfullwidthOnMobile\b/.test(names))
    rules.push({ select: ".picture", styles: { "max-width": "100%" }, isMobile: true });
  const wanted = pixels(reader.value("/descriptor/mobileStyle/width"));
  if (wanted !== undefined) rules.push({ select: ".picture", styles: { "max-width": `${wanted}px` }, isMobile: true });
  const align = reader.value("/descriptor/mobileStyle/text-align");
  if (align !== undefined)
    rules.push({ select: ".picture", styles: { margin: margins[alignment(align, "center")] }, isMobile: true });
  return rules;
}
