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
  const picture = pictureOf(view, { width: imageWidth(view), align });
  return block(view, { content: [aligned(align, picture)], rules: mobileRules(view, names) });
};

function imageWidth({ reader, width }: ModuleView): number {
  const share = /^\s*(\d+(?:\.\d+)?)%\s*$/.exec(reader.text("/descriptor/computedStyle/width"))?.[1];
  const wanted =
    share === undefined
      ? reader.pixels("/descriptor/computedStyle/width", "/descriptor/image/width")
      : (width * Number(share)) / 100;
  return Math.max(1, Math.round(wanted === undefined || wanted <= 0 ? width : Math.min(wanted, width)));
}

const margins = { left: "0 auto 0 0", justify: "0 auto 0 0", center: "0 auto", right: "0 0 0 auto" } as const;

interface Look {
  readonly width: number;
  readonly align: keyof typeof margins;
}

function pictureOf(view: ModuleView, look: Look): readonly RenderNode[] {
  const { reader } = view;
  // What the sender fills in per reader is no address yet while people edit.
  const sources = ["/descriptor/image/dynamicSrc", "/descriptor/image/src"];
  const source = safeUrl(reader.text(...(view.mode === "send" ? sources : sources.reverse())), { isPicture: true });
  if (!source) return view.mode === "edit" ? [placeholder("No picture yet")] : [];
  const image = imageElement(view, source, look);
  const href = safeUrl(reader.text("/descriptor/image/href"));
  return [linked({ href, target: reader.text("/descriptor/image/target") }, [image]) ?? image];
}

function imageElement({ reader }: ModuleView, source: string, { width, align }: Look): ElementNode {
  const title = reader.text("/descriptor/image/title");
  const attributes = {
    class: "picture",
    src: source,
    alt: reader.text("/descriptor/image/alt"),
    width: String(width),
    ...(title ? { title } : {}),
  };
  const round = { ...radius(reader.styles("/descriptor/style")), ...radius(reader.styles("/descriptor/image/style")) };
  return element("img", {
    attributes,
    styles: {
      display: "block",
      width: "100%",
      "max-width": `${width}px`,
      height: "auto",
      ...(align === "left" ? {} : { margin: margins[align] }),
      ...round,
    },
  });
}

function mobileRules(view: ModuleView, names: string): readonly Rule[] {
  const rules: Rule[] = [];
  if (/\bfullwidthOnMobile\b/.test(names))
    rules.push({ select: ".picture", styles: { "max-width": "100%" }, isMobile: true });
  const wanted = pixels(view.reader.value("/descriptor/mobileStyle/width"));
  if (wanted !== undefined && wanted > 0)
    rules.push({ select: ".picture", styles: { "max-width": `min(${wanted}px,100%)` }, isMobile: true });
  const align = view.mobile["text-align"];
  if (align !== undefined)
    rules.push({ select: ".picture", styles: { margin: margins[alignment(align, "center")] }, isMobile: true });
  return rules;
}
