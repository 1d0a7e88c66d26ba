import { findTemplateTags } from "@waggle/template";

/** Whether the text holds markup: a whole tag, a comment, or an entity. “a < b” and “5<six” are plain text. */
export function hasMarkup(text: string): boolean {
  return /<\/?[a-z][\w:-]*(\s[^<>]*)?\/?>|<!--|&(#\d+|#x[\da-f]+|[a-z]+\d*);/i.test(text);
}

const escapes: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

function escapeText(text: string): string {
  return text.replace(/[<>&]/g, (character) => escapes[character] ?? character);
}

/** Plain text as inline HTML: line breaks stay, and so do merge tags, `{% if a < b %}` included; not those with HTML in them. */
export function plainToInline(text: string): string {
  let html = "";
  let from = 0;
  for (const { start, end, hasMarkup: hidesMarkup } of findTemplateTags(text)) {
    if (hidesMarkup) continue;
    html += escapeText(text.slice(from, start)) + text.slice(start, end);
    from = end;
  }
  html += escapeText(text.slice(from));
  return html.trim().replace(/\r?\n/g, "<br>");
}

/** Plain text as paragraphs, cut at empty lines. */
export function plainToParagraphs(text: string): string {
  const paragraphs = text.trim().split(/\r?\n[ \t]*\r?\n\s*/);
  return paragraphs.map((paragraph) => `<p>${plainToInline(paragraph)}</p>`).join("");
}

/** Whether the text holds a merge tag of any of the known syntaxes. */
export function hasMergeTag(text: string): boolean {
  return findTemplateTags(text).length > 0 || /\[[a-z][\w.-]*\]/i.test(text);
}
