/** One call of a tool that edits. An argument `"$2.elementId"` is the `elementId` that the third edit answered with. */
export interface Edit {
  /** Name without prefix. */
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A picture an e-mail asks `search_stock_images` for, in the pixels it is fetched with. */
export interface Picture {
  readonly query: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** An e-mail that is made from nothing, edit by edit. */
export interface Email {
  readonly name: string;
  readonly pictures: readonly Picture[];
  /** @param addresses of the pictures, in their order */
  edits(addresses: readonly string[]): readonly Edit[];
}

type Arguments = Readonly<Record<string, unknown>>;

/** Writes the edits of an e-mail down in the order in which they are to be made. */
export class Outline {
  readonly #edits: Edit[] = [];

  get edits(): readonly Edit[] {
    return this.#edits;
  }

  /** Adds a call that needs no section. */
  call(tool: string, input: Arguments): this {
    this.#edits.push({ tool, arguments: input });
    return this;
  }

  /** Adds a section at the end; what is added next goes into it. */
  section(columns: readonly number[], style: Arguments = {}): Section {
    this.call("add_section", { columns, ...style });
    return new Section(this, `$${this.#edits.length - 1}.elementId`);
  }
}

class Section {
  readonly #outline: Outline;
  readonly #id: string;

  constructor(outline: Outline, id: string) {
    this.#outline = outline;
    this.#id = id;
  }

  /** Adds a block to the first column. */
  add(tool: string, input: Arguments): this {
    return this.in(0, tool, input);
  }

  /** Adds a block to a column. */
  in(column: number, tool: string, input: Arguments): this {
    this.#outline.call(tool, { section: this.#id, ...(column === 0 ? {} : { column }), ...input });
    return this;
  }
}
