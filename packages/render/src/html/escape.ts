import { findTemplateTags } from "@waggle/template";

/** Text between tags. Template tags are the sender's program, so they are written as they are. */
export function escapeText(text: string): string {
  return outsideTemplateTags(text, escapeMarkup);
}

/** The value of an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return outsideTemplateTags(text, escapeMarkup).replaceAll('"', "&quot;");
}

const escapeMarkup = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function outsideTemplateTags(text: string, rewrite: (plain: string) => string): string {
  let written = "";
  let at = 0;
  for (const { start, end, hasMarkup } of findTemplateTags(text)) {
    // A browser would read markup in a template tag as markup, so such a tag is text like any other.
    if (hasMarkup) continue;
    written += rewrite(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return written + rewrite(text.slice(at));
}
