import { WaggleError } from "@waggle/contract";
import table from "./support.json" with { type: "json" };

/** Whether a client shows what is written: `partly` is explained by a note; `unknown` means that nobody has tested it. */
export type Support = "yes" | "partly" | "no" | "unknown";

/** A mail program on one platform. */
export interface MailClient {
  /** `gmail.ios`: its family and its platform. */
  readonly name: string;
  readonly title: string;
}

/** Why a feature works only partly, or not, in short. */
export interface SupportNote {
  readonly clients: readonly string[];
  readonly says: string;
}

export interface SupportFeature {
  readonly slug: string;
  readonly title: string;
  readonly url: string;
  /** What is looked for: `property:margin`. */
  readonly keys: readonly string[];
  readonly notes: readonly SupportNote[];
  supportOf(client: string): Support;
}

const supports: Readonly<Record<string, Support>> = { y: "yes", a: "partly", n: "no" };

/** Where the facts are from; the notice goes wherever they go. */
export const supportSource: {
  readonly site: string;
  readonly package: string;
  readonly notice: readonly string[];
} = table.source;

/** The day of the last change to the data, such as `2026-05-13`. */
export const lastUpdate: string = table.lastUpdate;

export const mailClients: readonly MailClient[] = table.clients;

const positions: ReadonlyMap<string, number> = new Map(table.clients.map(({ name }, i) => [name, i]));
const familyOf = (name: string): string => name.slice(0, name.indexOf("."));

/** By name: each client by its own, and by that of its family. */
const byName: ReadonlyMap<string, readonly MailClient[]> = new Map([
  ...Map.groupBy(mailClients, ({ name }) => familyOf(name)),
  ...mailClients.map((client): [string, readonly MailClient[]] => [client.name, [client]]),
]);

export const supportFeatures: readonly SupportFeature[] = table.features.map(
  ({ slug, title, find, support, notes }) => ({
    slug,
    title,
    url: `${table.source.site}/features/${slug}/`,
    keys: keysOf(find),
    notes: notes.map(noteOf),
    supportOf: (client) => supports[support.charAt(positions.get(client) ?? support.length)] ?? "unknown",
  }),
);

/** `unit:px,pt css:comment` → `unit:px`, `unit:pt`, `css:comment` */
function keysOf(find: string): readonly string[] {
  return find.split(" ").flatMap((part) => {
    const at = part.indexOf(":") + 1;
    const names = part.slice(at).split(",");
    return names.map((name) => part.slice(0, at) + name);
  });
}

function noteOf(note: string): SupportNote {
  const at = note.indexOf(": ");
  const names = note.slice(0, at).split(" ");
  return { clients: names.flatMap((name) => byName.get(name) ?? []).map(({ name }) => name), says: note.slice(at + 2) };
}

/**
 * The clients of some names, in the order of all: one (`gmail.ios`) or a whole family (`gmail`). All when there is no name.
 * Throws INVALID_INPUT, with the names there are.
 */
export function requireClients(names: readonly string[] = []): readonly MailClient[] {
  if (names.length === 0) return mailClients;
  const wanted = new Set(names.flatMap((name) => requireNamed(name)));
  return mailClients.filter((client) => wanted.has(client));
}

function requireNamed(name: string): readonly MailClient[] {
  const found = byName.get(name.trim().toLowerCase());
  if (found) return found;
  const allowed = mailClients.map((client) => client.name);
  const families = [...new Set(allowed.map(familyOf))];
  throw new WaggleError("INVALID_INPUT", {
    message: `There is no mail client “${name.slice(0, 100)}”. There are: ${allowed.join(", ")}; or whole families: ${families.join(", ")}.`,
    data: { client: name.slice(0, 100), allowed: [...allowed, ...families] },
  });
}
