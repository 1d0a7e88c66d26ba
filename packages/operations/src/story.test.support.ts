import { type AnyOperation, type ErrorCode, WaggleError } from "@waggle/contract";
import {
  applyChange,
  type ChangeSet,
  Draft,
  emptySnapshot,
  exportPage,
  importPage,
  type Json,
  type Snapshot,
} from "@waggle/template";
import { createHtmlCodec } from "@waggle/template/html";
import type * as z from "zod/mini";
import type { OperationContext } from "./context.ts";
import { getContentHierarchy } from "./inspect/get-content-hierarchy.ts";
import { runOperation } from "./run-operation.ts";

/** A template under the hands of operations, each of them committed when it succeeds. */
export class Story {
  snapshot: Snapshot;
  /** What the latest operation changed. */
  change: ChangeSet = {};
  readonly codec = createHtmlCodec();
  #made = 0;

  constructor(page: unknown) {
    this.snapshot = applyChange(emptySnapshot, importPage(page, { newId: () => this.#newId(), codec: this.codec }));
  }

  /** Runs and commits; the output has passed the operation's own output schema. */
  run<Each extends AnyOperation<OperationContext>>(
    operation: Each,
    input: z.input<Each["input"]>,
  ): z.output<Each["output"]> {
    const draft = new Draft(this.snapshot);
    const context = { draft, newId: () => this.#newId(), codec: this.codec };
    const { output } = runOperation(operation, context, input);
    draft.validate();
    this.change = draft.changeSet();
    this.snapshot = applyChange(this.snapshot, this.change);
    return operation.output.parse(output);
  }

  /** Runs what is expected to be refused, and answers with the refusal. */
  refusal(
    operation: AnyOperation<OperationContext>,
    input: unknown,
  ): { code: ErrorCode; message: string; data: unknown } {
    const before = this.snapshot;
    try {
      this.run(operation, input);
    } catch (failure) {
      if (!(failure instanceof WaggleError)) throw failure;
      if (this.snapshot !== before) throw new Error("A refused operation changed the template.");
      return { code: failure.code, message: failure.message, data: failure.data };
    }
    throw new Error(`${operation.name} was not refused.`);
  }

  export(): Json {
    return exportPage(this.snapshot, { codec: this.codec });
  }

  /** The JSON of the first element with this uuid in the exported page. */
  element(uuid: string): Json | undefined {
    return findByUuid(this.export(), uuid);
  }

  /** Block types with the start of their texts, a line a section and `|` between columns. */
  outline(): string[] {
    const { sections } = this.run(getContentHierarchy, {});
    return sections.map(({ columns }) =>
      columns
        .map(({ blocks }) => blocks.map(({ type, text }) => (text ? `${type} ${text}` : type)).join(", "))
        .join(" | "),
    );
  }

  #newId(): string {
    this.#made += 1;
    return `made-${this.#made}`;
  }
}

function findByUuid(json: Json, uuid: string): Json | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  if (!Array.isArray(json) && "uuid" in json && json.uuid === uuid) return json;
  for (const child of Object.values(json)) {
    const found = findByUuid(child, uuid);
    if (found !== undefined) return found;
  }
  return undefined;
}

const titleJson = {
  uuid: "title-1",
  type: "mailup-bee-newsletter-modules-heading",
  descriptor: { heading: { title: "h1", text: "Spring is here", style: { color: "#111111", "font-size": "30px" } } },
};

const paragraphJson = {
  uuid: "paragraph-1",
  type: "mailup-bee-newsletter-modules-paragraph",
  descriptor: {
    paragraph: {
      html: '<p style="margin: 0;">Dear customer, our sale starts.</p>',
      style: { "font-size": "16px" },
      computedStyle: { linkColor: "#0068a5" },
    },
    mobileStyle: [],
  },
};

const noBorder = Object.fromEntries(
  ["top", "right", "bottom", "left"].map((side) => [`border-${side}`, "0 solid transparent"]),
);

const buttonJson = {
  uuid: "button-1",
  type: "mailup-bee-newsletter-modules-button",
  descriptor: {
    button: {
      label:
        '<div class="txtTinyMce-wrapper" style=""><p style="word-break:break-word;"><strong>Click here</strong></p></div>',
      href: "https://example.com/sale",
      style: { "background-color": "#3aaee0", ...noBorder },
    },
    style: { "padding-top": "10px" },
  },
};

const column = (uuid: string, weight: number, modules: readonly Json[]): Json => ({
  uuid,
  "grid-columns": weight,
  style: {},
  modules,
});

/** Two sections: title, paragraph and button in one column; a picture beside an older text block. */
export function smallPage(): Json {
  const image = {
    uuid: "image-1",
    type: "mailup-bee-newsletter-modules-image",
    descriptor: { image: { src: "a.png" } },
  };
  const text = {
    uuid: "text-1",
    type: "mailup-bee-newsletter-modules-text",
    descriptor: {
      text: { html: '<div class="txtTinyMce-wrapper"><p>Old text</p></div>', style: { color: "#555555" } },
    },
  };
  return {
    page: {
      body: {
        content: { style: { color: "#222222" }, computedStyle: { linkColor: "#c8432b", messageWidth: "640px" } },
      },
      rows: [
        { uuid: "row-1", columns: [column("column-1", 12, [titleJson, paragraphJson, buttonJson])] },
        { uuid: "row-2", name: "Story", columns: [column("column-2", 4, [image]), column("column-3", 8, [text])] },
      ],
    },
  };
}

export const emptyPage = (): Json => ({ page: { rows: [] } });
