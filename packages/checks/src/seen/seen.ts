import type { ElementId } from "@waggle/template";
import type { Look } from "./look.ts";

/** A stretch of text as a reader sees it. */
export interface SeenText {
  readonly elementId: ElementId;
  readonly text: string;
  readonly look: Look;
  /** In the head of a table. */
  readonly isTableHead: boolean;
}

export interface SeenHeading {
  readonly elementId: ElementId;
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
}

export interface SeenLink {
  readonly elementId: ElementId;
  readonly href: string;
  readonly text: string;
}

export interface SeenPicture {
  /** A module, or the row or column it is the background of. */
  readonly elementId: ElementId;
  readonly src: string;
}

/** What a template shows, in the order of reading. */
export interface Seen {
  readonly texts: readonly SeenText[];
  readonly headings: readonly SeenHeading[];
  readonly links: readonly SeenLink[];
  readonly pictures: readonly SeenPicture[];
}
