import { isNewsletter, knownRewrite } from "./newsletter.ts";
import type { Outline, OutlineBlock } from "./outline.ts";
import type { ToolInput } from "./waggle-client.ts";

/** One change of an existing block, ready to be called. */
export interface Improvement {
  readonly tool: string;
  readonly input: ToolInput;
  /** For the progress line. */
  readonly says: string;
}

const textArguments: Readonly<Record<string, { readonly tool: string; readonly argument: string }>> = {
  title: { tool: "update_title", argument: "text" },
  paragraph: { tool: "update_paragraph", argument: "html" },
  text: { tool: "update_paragraph", argument: "html" },
  button: { tool: "update_button", argument: "text" },
};

/** More than this is no longer an improvement but another template. */
const mostTexts = 12;
const mostLooks = 4;

/** What the agent would change in a template it has never seen: words first, then looks. */
export function improve(outline: Outline): readonly Improvement[] {
  const rewrite = isNewsletter(outline) ? knownRewrite : betterWords;
  const worded = outline.blocks.map((block) => ({ ...block, text: rewrite(block, outline) ?? block.text }));
  const words = outline.blocks.flatMap((block, at) => improveWords(block, worded[at]?.text)).slice(0, mostTexts);
  return [...words, ...improveLooks(worded).slice(0, mostLooks)];
}

function improveWords(block: OutlineBlock, to: string | undefined): readonly Improvement[] {
  const how = textArguments[block.type];
  if (!how || to === undefined || to === block.text) return [];
  const says = `${block.type} “${shorten(block.text)}” → “${shorten(to)}”`;
  return [{ tool: how.tool, input: { elementId: block.id, [how.argument]: to }, says }];
}

/** Rules that make most e-mails better. None touches a text that the outline does not show to its end. */
function betterWords(block: OutlineBlock, outline: Outline): string | undefined {
  if (block.text === "" || block.text.endsWith("…")) return undefined;
  if (block.type === "button") return betterLabel(block, outline);
  if (block.type === "title") return calm(block.text);
  return block.text.replace(/^dear (valued )?(customer|subscriber|reader|friend)\b/i, "Hello {{first_name}}");
}

const vagueLabels = /^(click( here)?|here|more|read more|learn more|see more|submit|button|link|go)[.!»>→ ]*$/i;

/** A button says what happens; the title above it says what it is about. */
function betterLabel({ text, columnId, sectionId }: OutlineBlock, { blocks }: Outline): string {
  if (!vagueLabels.test(text)) return text;
  const titles = blocks.filter(({ type, text: title }) => type === "title" && title !== "" && !title.endsWith("…"));
  const near =
    titles.find((title) => title.columnId === columnId) ?? titles.find((title) => title.sectionId === sectionId);
  return near && near.text.length <= 28 ? `See ${calm(near.text).replace(/[.?]+$/, "")}` : "See the details";
}

/** No shouting: neither in capitals nor with exclamation marks. */
function calm(text: string): string {
  const isShouting = text.length > 3 && text === text.toUpperCase() && text !== text.toLowerCase();
  const words = isShouting ? text.charAt(0) + text.slice(1).toLowerCase() : text;
  return words.replace(/!+/g, "!").replace(/\s*!$/, "");
}

/** Room to breathe: for the first title, the first two longer texts, and the first button. */
function improveLooks(blocks: readonly OutlineBlock[]): readonly Improvement[] {
  const [title] = blocks.filter(({ type }) => type === "title");
  const paragraphs = blocks.filter(({ type, text }) => type === "paragraph" && text.length > 60).slice(0, 2);
  const [button] = blocks.filter(({ type }) => type === "button");
  return [
    ...(title ? [look("update_title", title, { lineHeight: 1.1, paddingBottom: 12 })] : []),
    ...paragraphs.map((paragraph) => look("update_paragraph", paragraph, { lineHeight: 1.65 })),
    ...(button
      ? [look("update_button", button, { borderRadius: 40, contentPaddingLeft: 28, contentPaddingRight: 28 })]
      : []),
  ];
}

function look(tool: string, { id, type, text }: OutlineBlock, style: ToolInput): Improvement {
  return { tool, input: { elementId: id, ...style }, says: `${type} “${shorten(text)}”: more room` };
}

export const shorten = (text: string): string => (text.length > 44 ? `${text.slice(0, 43).trimEnd()}…` : text);
