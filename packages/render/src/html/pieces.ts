import type { CssRules } from "../rules.ts";

/** A place for class names: which of them are written is known when everything else is. */
export interface ClassPiece {
  readonly names: readonly string[];
  /** The rules of an element, their selector still open. Equal rules share one class. */
  readonly rules?: CssRules;
}

/** Markup that Outlook alone reads. Of two in a row one comment is made. */
export interface OutlookPiece {
  readonly outlook: string;
}

/** Markup of a part of the document, to be joined with that of the others. */
export type Piece = string | ClassPiece | OutlookPiece;

/** A comment that only Outlook reads the inside of. */
export const outlookComment = (markup: string): string => `<!--[if mso]>${markup}<![endif]-->`;

/** Stands for the selector of an element in its rules. */
export const openSelector = "\u0001";

/** Collects markup. */
export class PieceWriter {
  readonly pieces: Piece[] = [];
  #text = "";

  text(markup: string): void {
    this.#text += markup;
  }

  classes(piece: ClassPiece): void {
    if (piece.names.length === 0 && !piece.rules) return;
    this.pieces.push(this.#text, piece);
    this.#text = "";
  }

  outlook(markup: string): void {
    if (markup === "") return;
    if (this.#text !== "") this.pieces.push(this.#text);
    this.#text = "";
    this.pieces.push({ outlook: markup });
  }

  end(): readonly Piece[] {
    if (this.#text !== "") this.pieces.push(this.#text);
    this.#text = "";
    return this.pieces;
  }
}

/** Names for rules, in the order they are met: the same document gets the same names every time. */
export class RuleNames {
  readonly #names = new Map<string, { readonly name: string; readonly css: CssRules }>();

  nameOf(rules: CssRules): string {
    const key = `${rules.always}\u0000${rules.mobile}`;
    const known = this.#names.get(key);
    if (known) return known.name;
    const name = `r${this.#names.size + 1}`;
    const closed = (css: string): string => css.replaceAll(openSelector, `.${name}`);
    this.#names.set(key, { name, css: { always: closed(rules.always), mobile: closed(rules.mobile) } });
    return name;
  }

  get css(): CssRules {
    const all = [...this.#names.values()].map(({ css }) => css);
    return { always: all.map(({ always }) => always).join(""), mobile: all.map(({ mobile }) => mobile).join("") };
  }
}
