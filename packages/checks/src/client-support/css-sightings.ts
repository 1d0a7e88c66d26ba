import { seeSelectors } from "./css-selectors.ts";
import { cssTokens, type Token } from "./css-tokens.ts";
import { seeDeclaration } from "./css-values.ts";
import type { See } from "./sightings.ts";

/** Sees what a style sheet is made of. */
export function seeStyleSheet(css: string, see: See): void {
  new BlockReader(see, { outermost: "rules" }).read(css);
}

/** Sees what the value of a style attribute is made of. */
export function seeStyleAttribute(css: string, see: See): void {
  new BlockReader(see, { outermost: "attribute" }).read(css);
}

/**
 * What a block holds: rules; the declarations of a rule; those of a style attribute, without rules; keyframes; or descriptors,
 * which are named like properties and are none.
 */
type Block = "rules" | "style" | "attribute" | "keyframes" | "descriptors";

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const withDescriptors: ReadonlySet<string> = new Set([
  "font-face",
  "page",
  "counter-style",
  "property",
  "font-palette-values",
]);

/** Blocks and statements, cut where CSS Syntax cuts them. It goes through the tokens once, without recursion. */
class BlockReader {
  readonly #see: See;
  readonly #blocks: Block[];
  /** What was read of the statement that is under way. */
  #statement: Token[] = [];
  /** What closes each bracket that is open within it. */
  #closers: string[] = [];

  constructor(see: See, { outermost }: { outermost: Block }) {
    this.#see = see;
    this.#blocks = [outermost];
  }

  read(css: string): void {
    for (const token of cssTokens(css)) {
      if (token.kind === "comment") this.#see("css", "comment");
      else if (token.kind === "mark" && this.#closers.length === 0) this.#mark(token);
      else this.#take(token);
    }
    this.#endStatement();
  }

  #mark(token: Token): void {
    if (token.text === ";") this.#endStatement();
    else if (token.text === "{" && this.#opensBlock()) this.#openBlock();
    else if (token.text === "}") this.#closeBlock();
    else this.#take(token);
  }

  #take(token: Token): void {
    // A statement has no space at its beginning.
    if (token.kind === "space" && this.#statement.length === 0) return;
    this.#statement.push(token);
    const closer = token.kind === "function" ? ")" : closing[token.kind === "mark" ? token.text : ""];
    if (closer) this.#closers.push(closer);
    else if (token.kind === "mark" && token.text === this.#closers.at(-1)) this.#closers.pop();
  }

  get #block(): Block {
    return this.#blocks.at(-1) ?? "rules";
  }

  /** Not in a style attribute, and not as the value of a property. */
  #opensBlock(): boolean {
    return this.#block !== "attribute" && this.#statement.findLast(({ kind }) => kind !== "space")?.text !== ":";
  }

  #openBlock(): void {
    const statement = this.#takeStatement();
    const parent = this.#block;
    if (parent === "style") this.#see("css", "nesting");
    const [first] = statement;
    this.#blocks.push(first?.kind === "at" ? this.#atRule(first.text, statement) : this.#rule(statement));
  }

  #rule(selectors: readonly Token[]): Block {
    if (this.#block === "descriptors") return "descriptors";
    if (this.#block !== "keyframes") seeSelectors(selectors, this.#see);
    return "style";
  }

  #atRule(name: string, prelude: readonly Token[]): Block {
    this.#see("at", name);
    if (name === "media") seeMediaFeatures(prelude, this.#see);
    if (withDescriptors.has(name)) return "descriptors";
    if (/^(?:-[a-z]+-)?keyframes$/.test(name)) return "keyframes";
    return this.#block;
  }

  #closeBlock(): void {
    this.#endStatement();
    if (this.#blocks.length > 1) this.#blocks.pop();
  }

  #endStatement(): void {
    const statement = this.#takeStatement();
    const [first] = statement;
    if (first?.kind === "at") this.#see("at", first.text);
    else if (this.#block === "style" || this.#block === "attribute") seeDeclaration(statement, this.#see);
  }

  #takeStatement(): readonly Token[] {
    const statement = this.#statement;
    this.#statement = [];
    this.#closers = [];
    return statement;
  }
}

/** `(min-width: 1px)` asks for width. */
function seeMediaFeatures(prelude: readonly Token[], see: See): void {
  const written = prelude.filter(({ kind }) => kind !== "space");
  written.forEach(({ kind, text }, i) => {
    if (kind !== "name" || written[i - 1]?.text !== "(") return;
    see("media", text.toLowerCase().replace(/^(-webkit-)?(?:min|max)-/, "$1"));
  });
}
