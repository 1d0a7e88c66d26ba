import { isRichText, type Json, type NodeData, type Snapshot, toHtml, type Value } from "@waggle/template";
import { isJsonObject } from "../values/element-reader.ts";

/** Where a node keeps a translation: `/descriptor/paragraph/translations/es-ES/html`. */
const translationKey = /^(.*)\/translations\/([^/]+)\/(.+)$/;

/** Gives elements as they read in one language. What is not translated stays as it is. */
export class Translator {
  readonly #language: string;
  readonly #known = new WeakMap<NodeData, NodeData>();

  constructor(language: string) {
    this.#language = language.trim().toLowerCase().replaceAll("_", "-");
  }

  /** The snapshot with every text in the language. Nodes without a translation are the same objects. */
  snapshot(snapshot: Snapshot): Snapshot {
    const changed = new Map<string, NodeData>();
    for (const [id, node] of snapshot.nodes.entries()) {
      const translated = this.#node(node);
      if (translated !== node) changed.set(id, translated);
    }
    return changed.size === 0 ? snapshot : { nodes: snapshot.nodes.with(changed), children: snapshot.children };
  }

  #node(node: NodeData): NodeData {
    const known = this.#known.get(node);
    if (known) return known;
    const translated = this.#translated(node);
    this.#known.set(node, translated);
    return translated;
  }

  #translated(node: NodeData): NodeData {
    const better = new Map<string, { value: Value; rank: number }>();
    const offer = (key: string, offered: { value: Value; rank: number }): void => {
      if (offered.rank > (better.get(key)?.rank ?? 0)) better.set(key, offered);
    };
    for (const [key, value] of Object.entries(node)) {
      const [, owner = "", language = "", rest = ""] = translationKey.exec(key) ?? [];
      if (rest !== "" && !isMissing(value)) offer(`${owner}/${rest}`, { value, rank: this.#rank(language) });
      else if (Array.isArray(value)) offer(key, { value: this.#items(value), rank: 0.5 });
    }
    const entries = [...better].filter(([key, { value }]) => node[key] !== value);
    return entries.length === 0
      ? node
      : { ...node, ...Object.fromEntries(entries.map(([key, { value }]) => [key, value])) };
  }

  /** Items of menus and icons may bring their own translations. */
  #items(items: readonly Json[]): readonly Json[] {
    const translated = items.map((item) => this.#item(item));
    return translated.every((item, index) => item === items[index]) ? items : translated;
  }

  #item(item: Json): Json {
    if (Array.isArray(item)) return this.#items(item);
    if (!isJsonObject(item)) return item;
    const entries = Object.entries(item).map(([key, value]) => [key, this.#item(value)] as const);
    const own = this.#best(item.translations);
    const isSame = own === undefined && entries.every(([key, value]) => item[key] === value);
    return isSame ? item : { ...Object.fromEntries(entries), ...own };
  }

  #best(translations: Json | undefined): { readonly [key: string]: Json } | undefined {
    if (!isJsonObject(translations)) return undefined;
    const ranked = Object.entries(translations).toSorted(([a], [b]) => this.#rank(b) - this.#rank(a));
    const [language, best] = ranked[0] ?? [];
    if (language === undefined || this.#rank(language) === 0 || !isJsonObject(best)) return undefined;
    return Object.fromEntries(Object.entries(best).filter(([, value]) => !isMissing(value)));
  }

  /** How well a translation fits: the very language, the same one of another country, or not at all. */
  #rank(language: string): number {
    const offered = language.toLowerCase().replaceAll("_", "-");
    if (offered === this.#language) return 3;
    if (offered.split("-")[0] !== this.#language.split("-")[0]) return 0;
    return offered.includes("-") ? 1 : 2;
  }
}

// What is empty has not been translated yet.
function isMissing(value: Value): boolean {
  if (isRichText(value)) return !value.html?.trim() && toHtml(value).trim() === "";
  return value === "" || value === null;
}
