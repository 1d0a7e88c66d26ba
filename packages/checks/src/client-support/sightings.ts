/**
 * Told of each thing that is written: its kind and its name, as `find` of `support.json` says them. `property` `margin`,
 * `declaration` `display:flex`, `element` `td`.
 */
export type See = (kind: string, name: string) => void;

/** Formats that have more than one name. */
const imageTypes: ReadonlyMap<string, string> = new Map([
  ["jpeg", "jpg"],
  ["heic", "heif"],
  ["tif", "tiff"],
  ["svg+xml", "svg"],
  ["x-icon", "ico"],
  ["vnd.microsoft.icon", "ico"],
]);

/** Sees the format of a picture, as far as its address tells it. */
export function seeImage(address: string, see: See): void {
  const embedded = /^\s*data:(?:image|video)\/([a-z0-9.+-]+)(;base64)?/i.exec(address.slice(0, 100));
  if (embedded?.[2]) see("image", "base64");
  const type = (embedded?.[1] ?? endingOf(address)).toLowerCase();
  if (type !== "") see("image", imageTypes.get(type) ?? type);
}

function endingOf(address: string): string {
  if (/^\s*data:/i.test(address)) return "";
  const path = address.replace(/[?#].*$/s, "").trimEnd();
  return /\.([a-z0-9]{2,5})$/i.exec(path.slice(-6))?.[1] ?? "";
}
