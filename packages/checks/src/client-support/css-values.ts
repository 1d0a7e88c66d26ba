import { addressIn, type Token, unitOf } from "./css-tokens.ts";
import { type See, seeImage } from "./sightings.ts";

/** Sees a declaration whose tokens begin with its name. False when they are none. */
export function seeDeclaration(tokens: readonly Token[], see: See): boolean {
  const written = tokens.filter(({ kind }) => kind !== "space");
  const [first, colon, ...value] = written;
  if (first?.kind !== "name" || colon?.text !== ":") return false;
  const isCustom = first.text.startsWith("--");
  const property = isCustom ? "--*" : first.text.toLowerCase();
  see("property", property);
  value.forEach((token, i) => {
    seeValue(token, { property, before: value[i - 1] }, see);
  });
  return true;
}

interface Place {
  readonly property: string;
  readonly before: Token | undefined;
}

function seeValue({ kind, text }: Token, { property, before }: Place, see: See): void {
  if (kind === "number") see("unit", unitOf(text));
  else if (kind === "function") see("function", text);
  else if (kind === "url") seeImage(addressIn(text), see);
  else if (kind === "string" && before?.kind === "function" && before.text === "url") {
    seeImage(text.replace(/^["']|["']$/g, ""), see);
  } else if (kind === "name") seeKeyword(text.toLowerCase(), { property, before }, see);
}

function seeKeyword(keyword: string, { property, before }: Place, see: See): void {
  if (before?.text === "!") {
    see("css", keyword);
    return;
  }
  see("keyword", keyword);
  see("declaration", `${property}:${keyword}`);
}
