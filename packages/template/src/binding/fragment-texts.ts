import * as Y from "yjs";
import { maxDepth } from "../rich-text/read-marks.ts";
import { childrenOf } from "./fragment-read.ts";

/** Where the characters of one Y text stand in the linear form. */
export interface TextSpan {
  readonly text: Y.XmlText;
  readonly start: number;
  readonly end: number;
}

export interface FragmentSpans {
  readonly spans: readonly TextSpan[];
  /** Length of the whole linear form. */
  readonly length: number;
}

/** The texts of a fragment in order. Counts as reading does: a character each for atoms and block ends. */
export function spansOf(fragment: Y.XmlFragment): FragmentSpans {
  const walker = new SpanWalker();
  for (const child of childrenOf(fragment)) walker.walkBlock(child, 0);
  return { spans: walker.spans, length: walker.length };
}

class SpanWalker {
  readonly spans: TextSpan[] = [];
  length = 0;

  walkBlock(child: Y.XmlElement | Y.XmlText, depth: number): void {
    if (child instanceof Y.XmlText) {
      this.#addText(child);
      this.length++;
    } else if (isContainerName(child.nodeName)) this.#walkContainer(child, depth);
    else {
      if (child.nodeName !== "rawBlock") for (const inline of childrenOf(child)) this.#walkInline(inline);
      this.length++;
    }
  }

  #walkContainer(container: Y.XmlElement, depth: number): void {
    const before = this.length;
    if (depth < maxDepth) for (const child of childrenOf(container)) this.walkBlock(child, depth + 1);
    const isEmpty = this.length === before;
    if (isEmpty && container.nodeName !== "list") this.length++;
  }

  #walkInline(inline: Y.XmlElement | Y.XmlText): void {
    if (inline instanceof Y.XmlText) this.#addText(inline);
    else this.length++;
  }

  #addText(text: Y.XmlText): void {
    this.spans.push({ text, start: this.length, end: this.length + text.length });
    this.length += text.length;
  }
}

function isContainerName(name: string): boolean {
  return name === "list" || name === "item" || name === "box";
}
