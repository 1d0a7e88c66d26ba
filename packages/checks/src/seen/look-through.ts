import { type ElementNode, type Page, type RenderNode, RowRenderer, type Rule, rowIdsOf } from "@waggle/render";
import { type ElementId, rootId, type Snapshot } from "@waggle/template";
import type { Palette } from "./colors.ts";
import { dressed, type Look, plainLook } from "./look.ts";
import { Onlooker, type Place } from "./onlooker.ts";
import type { Seen } from "./seen.ts";

interface LookOptions {
  readonly page: Page;
  /** Elements nobody sees, on any screen. */
  readonly hidden: ReadonlySet<ElementId>;
  readonly palette: Palette;
}

/**
 * What a reader of the e-mail sees, taken from what is drawn: so a check judges the colours and sizes that are sent, of every
 * type of module alike.
 */
export function lookThrough(snapshot: Snapshot, options: LookOptions): Seen {
  const { page, hidden, palette } = options;
  const renderer = new RowRenderer();
  const onlooker = new Onlooker(palette);
  const walk = new TreeWalk(onlooker, hidden);
  const look = lookOfPage(page, palette);
  for (const id of rowIdsOf(snapshot)) {
    if (!hidden.has(id)) walk.enter(renderer.row(snapshot, id, { page, mode: "send" }), { elementId: rootId, look });
  }
  return onlooker.seen;
}

function lookOfPage({ background, color, linkColor }: Page, palette: Palette): Look {
  return dressed({ ...plainLook, linkColor }, { tag: "body", styles: { color, ...background } }, palette);
}

/** A size that a rule for narrow screens gives to what it selects. */
interface MobileSize {
  readonly select: string;
  readonly size: string;
}

interface Inside extends Place {
  readonly mobileSizes?: readonly MobileSize[];
}

class TreeWalk {
  readonly #onlooker: Onlooker;
  readonly #hidden: ReadonlySet<ElementId>;

  constructor(onlooker: Onlooker, hidden: ReadonlySet<ElementId>) {
    this.#onlooker = onlooker;
    this.#hidden = hidden;
  }

  enter(node: RenderNode, outside: Inside): void {
    if (typeof node === "string") {
      this.#onlooker.text(outside, node);
      return;
    }
    const { element } = node;
    if (element && this.#hidden.has(element.id)) return;
    const around = element ? ruled({ ...outside, elementId: element.id }, element.rules) : outside;
    const place: Inside = { ...around, ...this.#onlooker.enter(around, entered(node, around)) };
    if (place.look.isHidden) return;
    const { content } = node;
    if (isHtml(content)) this.#onlooker.html(place, content.html);
    else for (const child of content) this.enter(child, place);
  }
}

function entered(node: ElementNode, { mobileSizes = [] }: Inside) {
  const { tag, attributes, styles } = node;
  const mobileSize = mobileSizes.find(({ select }) => matches(select, node))?.size;
  return {
    dress: { tag, styles, mobileSize },
    href: tag === "a" ? attributes.href : undefined,
    src: attributes.src,
    alt: attributes.alt,
  };
}

/** What an element's own rules say to everything in it: the colour of its links, and its sizes on narrow screens. */
function ruled(place: Inside, rules: readonly Rule[]): Inside {
  const linkColor = rules.find(({ select, isMobile }) => !isMobile && select === "a")?.styles.color;
  const sizes = rules.flatMap(({ select, styles, isMobile }): MobileSize[] => {
    const size = isMobile ? styles["font-size"] : undefined;
    return size === undefined ? [] : select.split(",").map((part) => ({ select: part.trim(), size }));
  });
  return {
    ...place,
    ...(linkColor !== undefined && { look: { ...place.look, linkColor } }),
    ...(sizes.length > 0 && { mobileSizes: [...sizes, ...(place.mobileSizes ?? [])] }),
  };
}

function matches(select: string, { tag, attributes }: ElementNode): boolean {
  if (!select.startsWith(".")) return select === tag;
  return (attributes.class ?? "").split(" ").includes(select.slice(1));
}

function isHtml(content: ElementNode["content"]): content is Extract<ElementNode["content"], { html: string }> {
  return !Array.isArray(content);
}
