import { seeDocument } from "./html-sightings.ts";
import {
  lastUpdate,
  type MailClient,
  requireClients,
  type Support,
  type SupportFeature,
  type SupportNote,
  supportFeatures,
} from "./support-table.ts";

export interface ClientSupportOptions {
  /** Names of clients (`gmail.ios`) or of families of them (`gmail`); all when absent or empty. */
  readonly clients?: readonly string[] | undefined;
}

/** A feature of HTML or CSS that a document uses. */
export interface UsedFeature {
  /** `css-border-radius`: its name at caniemail.com. */
  readonly slug: string;
  readonly title: string;
  /** The page that says more. */
  readonly url: string;
  /** By the name of the client. */
  readonly support: Readonly<Record<string, Support>>;
  /** How often it is written. */
  readonly places: number;
  /** Why it works only partly, or not, in those of the clients that were asked for. */
  readonly notes: readonly SupportNote[];
}

export interface ClientSupportReport {
  /** The day of the last change to the data. */
  readonly lastUpdate: string;
  readonly clients: readonly MailClient[];
  /** First those that the fewest clients support. */
  readonly features: readonly UsedFeature[];
}

const byKey: ReadonlyMap<string, readonly number[]> = indexed();

function indexed(): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  supportFeatures.forEach(({ keys }, i) => {
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), i]);
  });
  return found;
}

/**
 * What of the HTML and CSS of an e-mail its readers' mail clients show, by the tests of caniemail.com. Outlook's conditional
 * comments are not looked at. Throws INVALID_INPUT for a client that there is not.
 *
 * @example
 * const { features } = clientSupport(html, { clients: ["gmail", "outlook.windows"] });
 * const lost = features.filter(({ support }) => support["outlook.windows"] === "no");
 */
export function clientSupport(html: string, options: ClientSupportOptions = {}): ClientSupportReport {
  const clients = requireClients(options.clients);
  const places = new Array<number>(supportFeatures.length).fill(0);
  seeDocument(html, (kind, name) => {
    for (const i of byKey.get(`${kind}:${name}`) ?? []) places[i] = (places[i] ?? 0) + 1;
  });
  const used = supportFeatures.flatMap((feature, i) => {
    const count = places[i] ?? 0;
    return count > 0 ? [usedFeature(feature, { clients, places: count })] : [];
  });
  return { lastUpdate, clients, features: worstFirst(used) };
}

interface Use {
  readonly clients: readonly MailClient[];
  readonly places: number;
}

function usedFeature(feature: SupportFeature, { clients, places }: Use): UsedFeature {
  const { slug, title, url } = feature;
  const support = Object.fromEntries(clients.map(({ name }) => [name, feature.supportOf(name)]));
  const notes = feature.notes.flatMap(({ clients: about, says }) => {
    const asked = about.filter((name) => Object.hasOwn(support, name));
    return asked.length > 0 ? [{ clients: asked, says }] : [];
  });
  return { slug, title, url, support, places, notes };
}

/** Those that the fewest clients support, or support in full, come first. */
function worstFirst(features: readonly UsedFeature[]): readonly UsedFeature[] {
  const counted = features.map((feature) => {
    const answers = Object.values(feature.support);
    const lacks = (wanted: Support): number => answers.filter((answer) => answer === wanted).length;
    return { feature, no: lacks("no"), partly: lacks("partly") };
  });
  counted.sort((a, b) => b.no - a.no || b.partly - a.partly || (a.feature.slug < b.feature.slug ? -1 : 1));
  return counted.map(({ feature }) => feature);
}
