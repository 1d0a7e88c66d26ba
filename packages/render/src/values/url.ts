const schemes: ReadonlySet<string> = new Set(["http", "https", "mailto", "tel", "sms", "ftp"]);
const pictureSchemes: ReadonlySet<string> = new Set(["http", "https", "cid"]);
const pictureData = /^data:image\/(png|gif|jpe?g|webp|avif|svg\+xml)[;,]/i;

interface UrlOptions {
  /** For what is loaded rather than followed: pictures may also be embedded. */
  readonly isPicture?: boolean;
}

/**
 * The URL when a reader may follow or load it, else undefined. Relative addresses and merge tags of any syntax pass;
 * a scheme that could run code doesn't, however it is spelled.
 */
export function safeUrl(value: unknown, { isPicture = false }: UrlOptions = {}): string | undefined {
  if (typeof value !== "string") return undefined;
  const url = value.trim();
  // Browsers ignore control characters and white space inside a scheme, so the check does too.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const plain = url.replace(/[\u0000-\u0020\u007f-\u009f\u00ad\u200b-\u200f\ufeff]/g, "");
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[1]?.toLowerCase();
  if (scheme === undefined) return url;
  if (isPicture) return pictureSchemes.has(scheme) || pictureData.test(plain) ? url : undefined;
  return schemes.has(scheme) ? url : undefined;
}
