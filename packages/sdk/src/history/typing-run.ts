import { type ChangeSet, isTextCell } from "@waggle/template";

/** Typing that pauses longer than this begins a new step. */
const longestPauseMs = 1000;

/** Where someone types. */
interface TypedText {
  readonly elementId: string;
  readonly key: string;
}

/** A stretch of typing in one text that undo takes back at once. */
export class TypingRun {
  readonly #text: TypedText;
  #lastAt: number;

  private constructor(text: TypedText, at: number) {
    this.#text = text;
    this.#lastAt = at;
  }

  /** A run that begins with this change; undefined when the change is more than an edit of one text. */
  static beginWith(change: ChangeSet, at: number): TypingRun | undefined {
    const text = typedText(change);
    return text && new TypingRun(text, at);
  }

  /** Whether the change goes on with this run; then the next pause counts from it. */
  takes(change: ChangeSet, at: number): boolean {
    const text = typedText(change);
    const goesOn =
      text?.elementId === this.#text.elementId && text.key === this.#text.key && at - this.#lastAt <= longestPauseMs;
    if (goesOn) this.#lastAt = at;
    return goesOn;
  }

  /** Whether a change of someone else touches the same text. */
  isTouchedBy(change: ChangeSet): boolean {
    return change[this.#text.elementId]?.[this.#text.key] !== undefined;
  }
}

function typedText(change: ChangeSet): TypedText | undefined {
  const [first, ...otherNodes] = Object.entries(change);
  if (!first || otherNodes.length > 0) return undefined;
  const [elementId, nodeChange] = first;
  const [cell, ...otherCells] = Object.entries(nodeChange);
  if (!cell || otherCells.length > 0 || !isTextCell(cell[1])) return undefined;
  return { elementId, key: cell[0] };
}
