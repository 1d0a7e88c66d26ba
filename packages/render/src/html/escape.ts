import { attribute, escapeText as escapeOutsideTags, findTemplateTags } from "@waggle/template";

/** Text between tags. Template tags are the sender's program, so they are written as they are. */
export function escapeText(text: string): string {
  return mayHoldTags.test(text) ? escapeOutsideTags(text) : escapeMarkup(text);
}

/** An attribute with its quotes. Those within a template tag decide which ones stand around the value. */
export function attributeText(name: string, value: string): string {
  if (!special.test(value)) return `${name}="${value}"`;
  if (mayHoldTags.test(value) && findTemplateTags(value).length > 0) return attribute(name, value);
  return `${name}="${escapeMarkup(value).replaceAll('"', "&quot;")}"`;
}

const special = /[&<>"{%*]/;
const mayHoldTags = /\{[{%#]|<%|\*\|/;

const escapeMarkup = (text: string): string =>
  /[&<>]/.test(text) ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;") : text;
