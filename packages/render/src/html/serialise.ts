import type { SanitiseOptions } from "@waggle/template";
import { ownRules } from "../rules.ts";
import { type ElementNode, isHtmlContent, type RenderNode, type Wrapping } from "../tree.ts";
import { compactDeclarations } from "./compact-styles.ts";
import { attributeText, escapeText } from "./escape.ts";
import { openSelector, type Piece, PieceWriter } from "./pieces.ts";

const voidElements: ReadonlySet<string> = new Set(["img", "br", "hr", "input", "source"]);

/** Parts of tables and blocks: white space between these shows nowhere. */
const blocks: ReadonlySet<string> = new Set(
  "table tbody thead tr td th div h1 h2 h3 h4 h5 h6 p form fieldset section iframe video".split(" "),
);

export type Sanitise = (html: string, options?: SanitiseOptions) => string;

export interface SerialiseOptions {
  /** What of people's and agents' markup may stand in an e-mail. */
  readonly sanitise: Sanitise;
  /** Line breaks and indents, where they change nothing. */
  readonly beautified?: boolean;
}

/** A render tree as HTML. */
export function serialise(node: RenderNode, options: SerialiseOptions): readonly Piece[] {
  const serialiser = new Serialiser(options);
  serialiser.node(node, 0);
  return serialiser.writer.end();
}

class Serialiser {
  readonly writer = new PieceWriter();
  readonly #options: SerialiseOptions;

  constructor(options: SerialiseOptions) {
    this.#options = options;
  }

  node(node: RenderNode, depth: number): void {
    if (typeof node === "string") {
      this.writer.text(escapeText(node));
      return;
    }
    const { tag, around, inside } = node;
    // A body is there without its tags too.
    const isImplied = tag === "tbody" && node.element === undefined && !isHtmlContent(node.content);
    if (around) this.#wrapping(around, "before");
    if (!isImplied) this.#startTag(node);
    if (inside) this.#wrapping(inside, "before");
    if (!voidElements.has(tag)) this.#content(node, isImplied ? depth : depth + 1);
    if (inside) this.#wrapping(inside, "after");
    if (!isImplied && !voidElements.has(tag)) this.writer.text(`</${tag}>`);
    if (around) this.#wrapping(around, "after");
  }

  #wrapping(wrapping: Wrapping, side: "before" | "after"): void {
    if (wrapping.isForOutlook) this.writer.outlook(wrapping[side]);
    else this.writer.text(wrapping[side]);
  }

  #content({ content }: ElementNode, depth: number): void {
    if (isHtmlContent(content)) {
      if (content.html !== "") this.writer.text(this.#sanitised(content.html, content.keepsConditions ?? false));
      return;
    }
    const isSpread = this.#options.beautified === true && content.length > 0 && content.every(isBlock);
    for (const child of content) {
      if (isSpread) this.#newLine(depth);
      this.node(child, depth);
    }
    if (isSpread) this.#newLine(depth - 1);
  }

  #sanitised(html: string, keepsConditions: boolean): string {
    const safe = keepsConditions ? this.#options.sanitise(html, { keepsConditions }) : this.#options.sanitise(html);
    return safe.includes("data-mce-") ? safe.replace(startTag, (tag) => tag.replace(editorLeftover, "")) : safe;
  }

  #newLine(depth: number): void {
    this.writer.text(`\n${"  ".repeat(depth)}`);
  }

  #startTag({ tag, attributes, styles, element }: ElementNode): void {
    this.writer.text(`<${tag}`);
    const rules = element && element.rules.length > 0 ? ownRules(element.rules, openSelector) : undefined;
    const named = attributes.class;
    if (named !== undefined || rules) {
      const names = named === undefined || named === "" ? [] : named.split(" ");
      this.writer.classes(rules ? { names, rules } : { names });
    }
    let text = "";
    for (const name in attributes) if (name !== "class") text += ` ${attributeText(name, attributes[name] ?? "")}`;
    const style = compactDeclarations(styles);
    this.writer.text(style === "" ? `${text}>` : `${text} ${attributeText("style", style)}>`);
  }
}

/** Copies that an editor keeps of attributes, for itself. */
const editorLeftover = / data-mce-[a-z-]+=(?:"[^"]*"|'[^']*')/g;
const startTag = /<[a-z][^<>]*>/gi;

function isBlock(node: RenderNode): boolean {
  return typeof node !== "string" && blocks.has(node.tag) && !/^inline/.test(node.styles.display ?? "");
}
