/** Tags of the usual template languages. What stands in them is a program, so it is written as it is where HTML allows. */
const templateTag = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}|\*\|[\s\S]*?\|\*/g;

/** Text between tags. */
export function escapeText(text: string): string {
  return outsideTemplateTags(text, (plain) =>
    plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  );
}

/** The value of an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  const escaped = outsideTemplateTags(text, (plain) =>
    plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  );
  return escaped.replaceAll('"', "&quot;");
}

function outsideTemplateTags(text: string, rewrite: (plain: string) => string): string {
  let written = "";
  let end = 0;
  for (const match of text.matchAll(templateTag)) {
    written += rewrite(text.slice(end, match.index)) + withoutMarkup(match[0]);
    end = match.index + match[0].length;
  }
  return written + rewrite(text.slice(end));
}

// Even in a template tag, `<b` would start an element and `&amp` a character reference.
function withoutMarkup(tag: string): string {
  return tag.replace(/&(?=[#a-z])/gi, "&amp;").replace(/<(?=[a-z/!?])/gi, "&lt;");
}
