import { renderCarousel } from "../../modules/carousel.ts";
import { block, linked, type ModuleRenderer } from "../../modules/module-view.ts";
import { type ElementNode, element } from "../../tree.ts";
import { type JsonObject, textOf } from "../../values/element-reader.ts";
import { safeUrl } from "../../values/url.ts";

/** Slides beside each other, to be pushed on by hand: that needs no script. */
export const renderPageCarousel: ModuleRenderer = (view) => {
  const slides = view.reader.objects("/descriptor/carousel/slides").flatMap((slide) => slideOf(slide, view.width));
  if (slides.length < 2) return renderCarousel(view);
  const strip = element("section", {
    attributes: { tabindex: "0", "aria-label": "Slides" },
    styles: { display: "flex", "overflow-x": "auto", "scroll-snap-type": "x mandatory" },
    content: slides,
  });
  return block(view, { content: [strip] });
};

function slideOf(slide: JsonObject, width: number): readonly ElementNode[] {
  const source = safeUrl(slide.src, { isPicture: true });
  if (!source) return [];
  const picture = element("img", {
    attributes: { src: source, alt: textOf(slide.alt), width: String(Math.round(width)) },
    styles: { display: "block", width: "100%", height: "auto" },
  });
  const content = [linked({ href: safeUrl(slide.href) }, [picture]) ?? picture];
  return [element("div", { styles: { flex: "0 0 100%", "scroll-snap-align": "start" }, content })];
}
