/** What readers of a tree need of the HTML it came from. */
export interface ParsedSource {
  readonly html: string;
  /** Puts masked template tags back. */
  unmask(piece: string): string;
}
