import latinExtendedUrl from "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url&no-inline";
import latinUrl from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url&no-inline";

const family = "Inter Variable";

/** The parts of the font by the characters they hold; a browser only loads those that a text needs. */
const parts = [
  {
    url: latinUrl,
    unicodeRange:
      "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  },
  {
    url: latinExtendedUrl,
    unicodeRange:
      "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
  },
];

/**
 * Declares the editor's font in the page: fonts declared inside a shadow root are ignored by browsers. Returns what takes
 * it back.
 */
export function declareFonts(document: Document): () => void {
  const faces = parts.map(
    ({ url, unicodeRange }) =>
      new FontFace(family, `url(${JSON.stringify(url)}) format("woff2")`, {
        weight: "100 900",
        display: "swap",
        unicodeRange,
      }),
  );
  for (const face of faces) document.fonts.add(face);
  return () => {
    for (const face of faces) document.fonts.delete(face);
  };
}
