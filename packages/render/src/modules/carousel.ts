import { element } from "../tree.ts";
import { textOf } from "../values/element-reader.ts";
import { safeUrl } from "../values/url.ts";
import { block, linked, type ModuleRenderer } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

/** The first slide: the others only turn where AMP runs, which is another output. */
export const renderCarousel: ModuleRenderer = (view) => {
  const slides = view.reader.objects("/descriptor/carousel/slides");
  const first = slides.find((slide) => safeUrl(slide.src, { isPicture: true }));
  const source = safeUrl(first?.src, { isPicture: true });
  if (!first || !source) return block(view, { content: view.mode === "edit" ? [placeholder("No slides yet")] : [] });
  const picture = element("img", {
    attributes: { src: source, alt: textOf(first.alt), width: String(Math.round(view.width)) },
    styles: { display: "block", height: "auto", width: "100%" },
  });
  return block(view, { content: [linked({ href: safeUrl(first.href) }, [picture]) ?? picture] });
};
