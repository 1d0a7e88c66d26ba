import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "@waggle/template";

export interface CorpusFile {
  readonly name: string;
  readonly json: Json;
}

const folder = join(import.meta.dirname, "../../../../shared/corpus");

/**
 * Real files that lie beside the project and not in it: `pages`, `rows`, `simple`, `pairs`. None, with a line that says so, where
 * they are not there.
 */
export function corpusFiles(kind: "pages" | "rows" | "simple" | "pairs"): readonly CorpusFile[] {
  const place = join(folder, kind);
  if (!existsSync(place)) {
    // biome-ignore lint/suspicious/noConsole: a test that does not run says why
    console.log(`No ../shared/corpus/${kind} beside the project: its files are not tried.`);
    return [];
  }
  const names = readdirSync(place).filter((name) => name.endsWith(".json"));
  return names.map((name) => ({ name, json: JSON.parse(readFileSync(join(place, name), "utf8")) }));
}
