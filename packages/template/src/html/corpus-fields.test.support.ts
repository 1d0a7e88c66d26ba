import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Real templates that lie beside the project and not in it. */
export const corpusFolder = join(import.meta.dirname, "../../../../../shared/corpus");
const htmlKeys: { readonly [module: string]: string } = {
  heading: "text",
  paragraph: "html",
  text: "html",
  list: "html",
  button: "label",
};

/** The distinct text fields of all pages and rows, translations and table cells included. */
export function corpusFields(): string[] {
  const files = ["pages", "rows", "pairs"].flatMap((folder) =>
    readdirSync(join(corpusFolder, folder)).map((name) => join(corpusFolder, folder, name)),
  );
  const fields = new Set<string>();
  for (const file of files) collect(JSON.parse(readFileSync(file, "utf8")), fields);
  return [...fields];
}

function collect(value: unknown, fields: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const texts = key === "translations" || key === "cells" ? Object.values(child ?? {}) : [child];
    const names = htmlKeys[key] === undefined ? ["html", "text", "label"] : [htmlKeys[key]];
    if (htmlKeys[key] !== undefined || key === "translations" || key === "cells") {
      for (const text of texts) for (const name of names) addField(text, name, fields);
    }
    collect(child, fields);
  }
}

function addField(text: unknown, name: string, fields: Set<string>): void {
  if (typeof text !== "object" || text === null) return;
  const field: unknown = Object.entries(text).find(([key]) => key === name)?.[1];
  if (typeof field === "string") fields.add(field);
}
