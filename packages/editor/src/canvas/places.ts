import type { ElementId } from "@waggle/template";

/** A box in pixels of the page, so that what is drawn over the email scrolls with it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything is that something is drawn over. */
export interface Places {
  readonly boxes: ReadonlyMap<ElementId, Box>;
  readonly pageWidth: number;
  /** Space on either side of the page. */
  readonly gutter: number;
}

export const noPlaces: Places = { boxes: new Map(), pageWidth: 0, gutter: 0 };

/** The new boxes, those that are where they were with their old identity: only the others are drawn again. */
export function keepEqualBoxes(
  before: ReadonlyMap<ElementId, Box>,
  after: ReadonlyMap<ElementId, Box>,
): ReadonlyMap<ElementId, Box> {
  const kept = [...after].map(([id, box]): [ElementId, Box] => {
    const old = before.get(id);
    return [id, old && equalBoxes(old, box) ? old : box];
  });
  return new Map(kept);
}

function equalBoxes(a: Box, b: Box): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}
