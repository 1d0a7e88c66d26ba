import { type Draft, settingsId } from "@waggle/template";

/** What new elements take from the page's settings. */
export interface PageDefaults {
  readonly textColor: string;
  readonly linkColor: string;
  /** "600px" */
  readonly contentWidth: string;
}

const fallback: PageDefaults = { textColor: "#000000", linkColor: "#0068a5", contentWidth: "600px" };

const pointers = {
  textColor: "/page/body/content/style/color",
  linkColor: "/page/body/content/computedStyle/linkColor",
  contentWidth: "/page/body/content/computedStyle/messageWidth",
} as const satisfies Record<keyof PageDefaults, string>;

export function pageDefaults(draft: Draft): PageDefaults {
  const read = (name: keyof PageDefaults): string => {
    const value = draft.get(settingsId, pointers[name]);
    return typeof value === "string" && value !== "" ? value : fallback[name];
  };
  return { textColor: read("textColor"), linkColor: read("linkColor"), contentWidth: read("contentWidth") };
}

/** Black or white, whichever reads better on the colour; white where the colour is not hexadecimal. */
export function readableOn(background: string): string {
  const match = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(background);
  if (!match) return "#ffffff";
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((part) => Number.parseInt(part, 16));
  // Perceived brightness by ITU-R BT.601, 0 to 255.
  return 0.299 * red + 0.587 * green + 0.114 * blue > 150 ? "#000000" : "#ffffff";
}
