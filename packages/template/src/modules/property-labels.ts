/** Words for the last segment of a pointer; what is not here is spelled out from the segment itself. */
const words: Readonly<Record<string, string>> = {
  html: "text",
  text: "text",
  label: "text",
  href: "link",
  src: "picture",
  alt: "alt text",
  title: "level",
  color: "text colour",
  "background-color": "fill",
  "border-radius": "radius",
  "font-family": "font",
  "font-size": "text size",
  "font-weight": "weight",
  "text-align": "alignment",
  "line-height": "line height",
  "grid-columns": "width",
  hideContentOnMobile: "visibility on mobile",
  hideContentOnDesktop: "visibility on desktop",
  messageWidth: "content width",
  linkColor: "link colour",
};

/** What people call the property a pointer names: `/descriptor/button/style/border-radius` → "radius". */
export function propertyLabel(key: string): string {
  const segment = key.slice(key.lastIndexOf("/") + 1);
  return (
    words[segment] ??
    segment
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .replace(/[-_]+/g, " ")
      .toLowerCase()
  );
}
