import type { Random } from "@waggle/testing";
import type { Claim, Thing } from "./claims.ts";

/** More than this many of its own a writer does not leave lying about. */
const mostOwned = 10;

/** What a writer does next, as operations with their arguments. */
export type NextEdit =
  | { readonly act: "add"; readonly kind: AddedKind; readonly value: string; readonly input: Input }
  | { readonly act: "update"; readonly claim: Claim; readonly value: string; readonly input: Input }
  | { readonly act: "delete"; readonly claim: Claim; readonly input: Input };

type AddedKind = Exclude<Thing["kind"], "subject">;
type Input = Readonly<Record<string, string | number>>;

/** The argument that holds a thing's value. */
const arguments_: Readonly<Record<Thing["kind"], string>> = {
  title: "text",
  button: "text",
  image: "alt",
  subject: "subject",
};

/** Chooses among adding, changing and deleting what the writer owns. `value` is a text nobody has written before. */
export function nextEdit(
  random: Random,
  { owned, value }: { readonly owned: readonly Claim[]; readonly value: string },
): NextEdit {
  const act = owned.length === 0 ? "add" : random.weighted({ add: 3, update: 9, delete: 1 });
  if (act === "add" && owned.length < mostOwned) {
    const kind = random.pick(["title", "button", "image"] as const);
    const source = kind === "image" ? { src: "https://example.com/a.png" } : {};
    const link = kind === "button" ? { href: "https://example.com" } : {};
    // At the end: an insert between equal order keys moves its neighbours, and of a move and a deletion at once either may win.
    const input = { section: 0, [arguments_[kind]]: value, ...source, ...link };
    return { act, kind, value, input };
  }
  const claim = random.pick(owned);
  const { kind, key } = claim.thing;
  if (kind === "subject") return { act: "update", claim, value, input: { subject: value } };
  if (act === "update") return { act, claim, value, input: { elementId: key, [arguments_[kind]]: value } };
  return { act: "delete", claim, input: { elementId: key } };
}

/** Name of the operation of an edit, without prefix. */
export function operationOf(edit: NextEdit): string {
  if (edit.act === "add") return `add_${edit.kind}`;
  if (edit.act === "delete") return "delete_element";
  const { kind } = edit.claim.thing;
  return kind === "subject" ? "set_email_metadata" : `update_${kind}`;
}
