import { toCommandName } from "@waggle/contract";
import { type Bee, createBee } from "@waggle/sdk";
import { canonicalJson } from "@waggle/template";
import type { Random } from "@waggle/testing";
import type { Claim, Ledger } from "./claims.ts";
import { type NextEdit, nextEdit, operationOf } from "./next-edit.ts";
import { credentials } from "./server-process.ts";

export interface PersonOptions {
  readonly name: string;
  /** Where the gate is. */
  readonly origin: string;
  readonly templateId: string;
  readonly random: Random;
  readonly ledger: Ledger;
}

/** Id of the text that all people of a template write at once. */
export const sharedTextId = "shared-text";

/** Somebody with an editor open: edits at once, and believes what the editor says of saving. */
export class Person {
  readonly templateId: string;
  readonly #bee: Bee;
  readonly #options: PersonOptions;
  readonly #errors: unknown[] = [];
  /** Edits that the editor has not called saved. */
  #unsaved: { readonly claim?: Claim; readonly attempt: number }[] = [];
  #owned: Claim[] = [];
  #edits = 0;

  constructor(options: PersonOptions) {
    this.#options = options;
    this.templateId = options.templateId;
    this.#bee = createBee({
      server: options.origin,
      token: () => logIn(options),
      username: options.name,
      userHandle: options.name,
      onError: (error) => this.#errors.push(error),
    });
    this.#bee.on("status", () => this.#noteSaved());
  }

  join(): Promise<void> {
    return this.#bee.join(this.templateId);
  }

  /** What their editor reported as broken. */
  get errors(): readonly unknown[] {
    return this.#errors;
  }

  get isSettled(): boolean {
    const { connection, saving } = this.#bee.status;
    return connection === "online" && saving === "saved";
  }

  get state(): string {
    const { connection, saving } = this.#bee.status;
    return `${this.#options.name} ${connection} ${saving}`;
  }

  /** The whole document, to be compared. */
  get document(): string {
    return canonicalJson(this.#bee.template);
  }

  async export(): Promise<unknown> {
    return (await this.#bee.getTemplateJson()).data.json;
  }

  /** Makes one edit. */
  edit(): void {
    const { random, name } = this.#options;
    this.#edits += 1;
    const value = `${name} ${this.#edits} end`;
    if (random.chance(0.2)) this.#editShared(value);
    else this.#editOwned(nextEdit(random, { owned: this.#owned, value }));
    this.#noteSaved();
  }

  leave(): void {
    this.#bee.destroy();
  }

  #editShared(value: string): void {
    this.#bee.commands.updateParagraph({ elementId: sharedTextId, html: value });
    this.#unsaved.push({ attempt: 0 });
  }

  #editOwned(edit: NextEdit): void {
    const { ledger } = this.#options;
    const output = this.#run(edit);
    if (edit.act === "add") {
      const claim = ledger.claim({ kind: edit.kind, templateId: this.templateId, key: output.elementId });
      this.#owned.push(claim);
      this.#unsaved.push({ claim, attempt: claim.attempt(edit.value) });
      return;
    }
    const { claim } = edit;
    if (edit.act === "delete") this.#owned = this.#owned.filter((each) => each !== claim);
    this.#unsaved.push({ claim, attempt: claim.attempt(edit.act === "delete" ? undefined : edit.value) });
  }

  #run(edit: NextEdit): { readonly elementId: string } {
    // The commands by name: which one it is, and that its input fits, follows from `nextEdit`.
    const commands = this.#bee.commands as unknown as Record<string, (input: unknown) => { elementId: string }>;
    const command = commands[toCommandName(operationOf(edit))];
    if (!command) throw new Error(`There is no command for ${operationOf(edit)}.`);
    return command(edit.input);
  }

  #noteSaved(): void {
    if (this.#bee.status.saving !== "saved") return;
    for (const { claim, attempt } of this.#unsaved) claim?.confirm(attempt);
    this.#options.ledger.saved += this.#unsaved.length;
    this.#unsaved = [];
  }
}

async function logIn({ origin, name }: PersonOptions): Promise<{ access_token: string }> {
  const body = { client_id: credentials.clientId, client_secret: credentials.clientSecret, uid: name };
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${origin}/loginV2`, { method: "POST", headers, body: JSON.stringify(body) });
  return response.json();
}
