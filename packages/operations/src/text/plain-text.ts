/** Whether the text holds markup: a whole tag, a comment, or an entity. “a < b” and “5<six” are plain text. */
export function hasMarkup(text: string): boolean {
  return /<\/?[a-z][\w:-]*(\s[^<>]*)?\/?>|<!--|&(#\d+|#x[\da-f]+|[a-z]+\d*);/i.test(text);
}

const escapes: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** Merge tags keep their characters: `{% if a < b %}` is not markup. No alternative can be slow on text full of openers. */
const mergeTag = /\{\{\{?[^{}]*\}\}\}?|\{%[^%]*%\}|\{#[^#]*#\}|\*\|[^|<>]*\|\*|<%[^%]*%>/g;

function escapeText(text: string): string {
  return text.replace(/[<>&]/g, (character) => escapes[character] ?? character);
}

/** Plain text as inline HTML: line breaks stay, merge tags stay as they are. */
export function plainToInline(text: string): string {
  let html = "";
  let from = 0;
  for (const match of text.matchAll(mergeTag)) {
    html += escapeText(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
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
  return /\{\{[^{}]+\}\}|\{%[^%]+%\}|\*\|[^|<>]+\|\*|<%[^%]+%>|\[[a-z][\w.-]*\]/i.test(text);
}
