import { WaggleError } from "@waggle/contract";
import { Translator } from "@waggle/render";
import { type Snapshot, settingsId, type Value } from "@waggle/template";
import { isJsonObject, textAt } from "./seen/json.ts";

/** Where a document says what language it is in. */
export const languagePointers = [
  "/page/head/meta/lang",
  "/page/head/lang",
  "/page/language/value",
  "/page/language",
  "/page/lang",
] as const;

/**
 * The template as readers of a language get it. Throws INVALID_INPUT when it has translations, but none into this language,
 * and is not in it by itself.
 */
export function inLanguage(snapshot: Snapshot, language: string): Snapshot {
  const translated = new Translator(language).snapshot(snapshot);
  if (translated !== snapshot || isOwnLanguage(snapshot, language)) return translated;
  const languages = languagesOf(snapshot);
  if (languages.length === 0) return snapshot;
  throw new WaggleError("INVALID_INPUT", {
    message: `The template has no translation “${language}”. It has: ${languages.join(", ")}.`,
    data: { language, allowed: languages },
  });
}

function isOwnLanguage(snapshot: Snapshot, language: string): boolean {
  const own = textAt(snapshot.nodes.get(settingsId) ?? {}, ...languagePointers);
  return own !== "" && baseOf(own) === baseOf(language);
}

const baseOf = (language: string): string => language.trim().toLowerCase().split(/[-_]/)[0] ?? "";

/** The languages a template has translations into, as it names them. */
function languagesOf(snapshot: Snapshot): readonly string[] {
  const found = new Set<string>();
  for (const [, node] of snapshot.nodes.entries()) {
    for (const [key, value] of Object.entries(node)) {
      const language = /\/translations\/([^/]+)\/./.exec(key)?.[1];
      if (language !== undefined) found.add(language);
      for (const each of languagesIn(value)) found.add(each);
    }
  }
  return [...found].sort();
}

function languagesIn(value: Value): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) =>
    isJsonObject(each) && isJsonObject(each.translations) ? Object.keys(each.translations) : [],
  );
}
