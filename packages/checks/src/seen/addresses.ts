import { findTemplateTags, isSafeUrl } from "@waggle/template";

/**
 * What an address is to a reader who follows it: nothing at all, a merge tag that becomes one when the e-mail is sent, a
 * web address, something a program other than the browser opens, or text that leads nowhere.
 */
export type AddressKind = "missing" | "tag" | "web" | "other" | "unreadable";

/** What editors leave in the field when nobody filled it in. */
const empty = /^(?:#|https?:\/{0,2}|mailto:|tel:|sms:)?$/i;
/**
 * Merge syntaxes beside those of `findTemplateTags`: [name], %%name%%, ${name}, {name}, and {{ }} as browsers escape it. With a
 * colon it is an IPv6 address, before an equals sign a parameter.
 */
const otherTags = /\[(?=[^\][:]{0,80}[a-z_])[^\][:]{1,80}\](?!=)|%%[^%\s]+%%|\$?\{[^{}]+\}|%7b%(?:7b|25)|\*%7c/i;

export function kindOfAddress(address: string): AddressKind {
  const url = address.trim();
  if (empty.test(url)) return "missing";
  if (hasMergeTag(url)) return "tag";
  if (/^https?:\/\/[^\s/?#]/i.test(url)) return "web";
  if (!isSafeUrl(url)) return "missing";
  return /^(?:[a-z][a-z\d+.-]*:|#)/i.test(url) ? "other" : "unreadable";
}

/** Whether some of the text is filled in when the e-mail is sent. */
export function hasMergeTag(text: string): boolean {
  return findTemplateTags(text).length > 0 || otherTags.test(text);
}

/** The bytes of a picture that stands in its own address, or undefined when it is somewhere else. */
export function embeddedBytes(address: string): number | undefined {
  const head = /^data:([^,]{0,200}),/i.exec(address);
  if (!head) return undefined;
  const body = address.slice(head[0].length);
  if (!/;base64$/i.test(head[1] ?? "")) return body.replace(/%[\da-f]{2}/gi, "x").length;
  const digits = body.replace(/[^\w+/-]/g, "").length;
  return Math.floor((digits * 3) / 4);
}

/** Of longer addresses only the start is looked at. */
const longestName = 2048;

/** What people know a file by: the end of its address. */
export function fileName(address: string): string {
  if (/^data:/i.test(address)) return "embedded picture";
  const path = address
    .slice(0, longestName)
    .replace(/[?#].*$/s, "")
    .replace(/\/+$/, "");
  const name = path.slice(path.lastIndexOf("/") + 1);
  return shorten(name === "" ? address : name, 80);
}

export function shorten(text: string, length: number): string {
  // Of a long text only the start is looked at: blanks make up no more than half of any.
  const line = text
    .slice(0, length * 2 + 200)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
}

/** The host an address names, in lower case; "" when it names none. */
export function hostOf(address: string): string {
  const authority = /^https?:\/\/([^/?#\\\s]*)/i.exec(address.trim())?.[1] ?? "";
  return authority
    .slice(authority.lastIndexOf("@") + 1)
    .replace(/:\d*$/, "")
    .toLowerCase();
}
