/** What one writer alone writes: the text of a title or button, the alt text of a picture, the subject line. */
export interface Thing {
  readonly kind: "title" | "button" | "image" | "subject";
  readonly templateId: string;
  /** The key `readValues` finds it by. */
  readonly key: string;
}

/**
 * Every value a thing was given, in order, and which of them is known to be on the server's disk. A write that was never
 * answered may have happened or not; one that was answered must not be undone.
 */
export class Claim {
  readonly thing: Thing;
  readonly #values: (string | undefined)[] = [];
  #confirmed = -1;

  constructor(thing: Thing) {
    this.thing = thing;
  }

  /** Something is about to be written; `undefined` deletes it. */
  attempt(value: string | undefined): number {
    return this.#values.push(value) - 1;
  }

  /** The latest attempt was refused: nothing was written. */
  withdraw(): void {
    this.#values.pop();
  }

  confirm(attempt: number): void {
    this.#confirmed = Math.max(this.#confirmed, attempt);
  }

  /** Whether what stands there now is the last confirmed value, or one written after it. */
  allows(found: string | undefined): boolean {
    if (this.#confirmed < 0 && found === undefined) return true;
    return this.#values.slice(Math.max(0, this.#confirmed)).includes(found);
  }

  describe(found: string | undefined): string {
    const { kind, templateId, key } = this.thing;
    const [expected, ...later] = this.#values.slice(Math.max(0, this.#confirmed));
    const or = later.length > 0 ? ` or one of ${later.length} later values` : "";
    return `${kind} ${key} of ${templateId} has to be ${expected ?? "deleted"}${or}, and is ${found ?? "not there"}`;
  }
}

/** The claims of everyone, and how many edits were acknowledged. */
export class Ledger {
  readonly claims: Claim[] = [];
  /** Edits of agents whose reply came. */
  answered = 0;
  /** Edits of people that their editor called saved. */
  saved = 0;

  claim(thing: Thing): Claim {
    const claim = new Claim(thing);
    this.claims.push(claim);
    return claim;
  }

  /** What of a template is not as it was acknowledged, one line each. */
  losses(templateId: string, page: unknown): readonly string[] {
    const values = readValues(page);
    return this.claims
      .filter(({ thing }) => thing.templateId === templateId)
      .filter((claim) => !claim.allows(values.get(claim.thing.key)))
      .map((claim) => claim.describe(values.get(claim.thing.key)));
  }
}

export const subjectKey = "subject";

interface ModuleJson {
  readonly uuid: string;
  readonly descriptor?: {
    readonly heading?: { readonly text?: string };
    readonly button?: { readonly label?: string };
    readonly image?: { readonly alt?: string };
  };
}

interface PageJson {
  readonly page: {
    readonly head?: { readonly meta?: { readonly subject?: string } };
    readonly rows: readonly { readonly columns: readonly { readonly modules: readonly ModuleJson[] }[] }[];
  };
}

/** The values of a template's modules by their ids, and of its subject. */
export function readValues(page: unknown): ReadonlyMap<string, string> {
  // The campaign made the template itself, and the server's export has its shape.
  const { head, rows } = (page as PageJson).page;
  const values = new Map<string, string>();
  if (head?.meta?.subject !== undefined) values.set(subjectKey, head.meta.subject);
  const modules = rows.flatMap(({ columns }) => columns.flatMap((column) => column.modules));
  for (const { uuid, descriptor } of modules) {
    const value = descriptor?.heading?.text ?? descriptor?.button?.label ?? descriptor?.image?.alt;
    if (value !== undefined) values.set(uuid, value.replace(/<[^>]*>/g, ""));
  }
  return values;
}
