import { isSafeUrl } from "@waggle/template";

interface UrlOptions {
  /** For what is loaded rather than followed: pictures may also stand in the address itself. */
  readonly isPicture?: boolean;
}

/**
 * The address when a reader may follow or load it, else undefined. Relative addresses and merge tags of any syntax pass;
 * a scheme that could run code doesn't, however it is spelled.
 */
export function safeUrl(value: unknown, { isPicture = false }: UrlOptions = {}): string | undefined {
  if (typeof value !== "string") return undefined;
  const url = value.trim();
  return isSafeUrl(url) || (isPicture && embeddedPicture.test(url)) ? url : undefined;
}

const embeddedPicture = /^data:image\/[a-z0-9.+-]+[;,]/i;
