// Page JSON as MJML: the same rows, columns and modules with the same looks, as far as MJML has them. What it has no
// component for is left out, which is to its advantage in time and bytes.

interface Loose {
  readonly [key: string]: unknown;
}

const objectOf = (value: unknown): Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : {};
const listOf = (value: unknown): readonly Loose[] => (Array.isArray(value) ? value.map(objectOf) : []);
const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

function at(owner: Loose, path: string): Loose {
  return path.split("/").reduce((object, key) => objectOf(object[key]), owner);
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

type Attributes = Readonly<Record<string, string | undefined>>;

function tag(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => ` ${key}="${escaped(value ?? "")}"`);
  return `<${name}${written.join("")}>${content}</${name}>`;
}

const withUnit = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text === "" ? undefined : /^\d+$/.test(text) ? `${text}px` : text;
};

function paddingOf(style: Loose): Attributes {
  return Object.fromEntries(
    ["top", "right", "bottom", "left"].map((side) => [`padding-${side}`, withUnit(style[`padding-${side}`]) ?? "0px"]),
  );
}

function visibleBorders(style: Loose): Attributes {
  const sides = ["border-top", "border-right", "border-bottom", "border-left"];
  return Object.fromEntries(
    sides.filter((side) => /^[1-9]/.test(textOf(style[side]))).map((side) => [side, textOf(style[side])]),
  );
}

function colorOf(value: unknown): string | undefined {
  const color = textOf(value);
  return color === "transparent" ? undefined : color;
}

function typographyOf(style: Loose): Attributes {
  const family = textOf(style["font-family"]);
  const align = textOf(style["text-align"]).replace("-webkit-", "");
  return {
    color: colorOf(style.color),
    "font-size": withUnit(style["font-size"]),
    "font-family": family === "inherit" ? undefined : family,
    "line-height": textOf(style["line-height"]) || undefined,
    "letter-spacing": withUnit(style["letter-spacing"]),
    "font-weight": textOf(style["font-weight"]) || undefined,
    align: /^(left|center|right|justify)$/.test(align) ? align : undefined,
  };
}

/** Hiding and mobile styles have no attributes there: classes, as its users do. */
class StyleSheet {
  #css = "";
  #count = 0;

  classOf(descriptor: Loose): string | undefined {
    const computed = objectOf(descriptor.computedStyle);
    const names = [
      computed.hideContentOnMobile === true ? "mobile-hide" : "",
      computed.hideContentOnDesktop === true ? "desktop-hide" : "",
    ];
    const mobile = Object.entries(objectOf(descriptor.mobileStyle)).filter(([, value]) => textOf(value) !== "");
    if (mobile.length > 0) {
      const name = `m${++this.#count}`;
      const rules = mobile.map(([property, value]) => `${property}:${withUnit(value)}!important`).join(";");
      this.#css += `.${name} td,.${name} div{${rules}}`;
      names.push(name);
    }
    return names.filter(Boolean).join(" ") || undefined;
  }

  text(width: string): string {
    const hiding = ".mobile-hide{display:none!important}.desktop-hide{display:block!important}";
    return `.desktop-hide{display:none}p{margin:0}@media(max-width:${width}){${hiding}${this.#css}}`;
  }
}

type MapModule = (descriptor: Loose, shared: Attributes) => string;

const texts =
  (key: string, html: (content: Loose) => string): MapModule =>
  (descriptor, shared) => {
    const content = at(descriptor, key);
    return tag("mj-text", { ...shared, ...typographyOf(objectOf(content.style)) }, html(content));
  };

function heading(content: Loose): string {
  const level = /^h[1-6]$/.test(textOf(content.title)) ? textOf(content.title) : "h2";
  const weight = textOf(objectOf(content.style)["font-weight"]) || "700";
  return `<${level} style="margin:0;font-size:inherit;line-height:inherit;font-weight:${weight}">${textOf(content.text)}</${level}>`;
}

const modules: Readonly<Record<string, MapModule>> = {
  heading: texts("heading", heading),
  paragraph: texts("paragraph", (content) => textOf(content.html)),
  text: texts("text", (content) => textOf(content.html)),
  list: texts("list", (content) => textOf(content.html)),
  html: texts("html", (content) => textOf(content.html)),
  image: (descriptor, shared) => {
    const image = at(descriptor, "image");
    const computed = at(descriptor, "computedStyle");
    const width = textOf(computed.width) || textOf(image.width);
    return tag("mj-image", {
      ...shared,
      src: textOf(image.src) || "about:blank",
      alt: textOf(image.alt),
      href: textOf(image.href),
      target: textOf(image.target),
      width: /^\d+(px)?$/.test(width) ? withUnit(width) : undefined,
      "border-radius": withUnit(at(descriptor, "style")["border-radius"]),
      align: /\b(left|right|center)\b/.exec(textOf(computed.class))?.[1],
    });
  },
  button: (descriptor, shared) => {
    const button = at(descriptor, "button");
    const style = objectOf(button.style);
    const inner = ["top", "right", "bottom", "left"].map((side) => withUnit(style[`padding-${side}`]) ?? "0px");
    const { align: _, ...text } = typographyOf(style);
    return tag(
      "mj-button",
      {
        ...shared,
        ...text,
        ...visibleBorders(style),
        align: textOf(at(descriptor, "style")["text-align"]).replace("-webkit-", "") || "center",
        href: textOf(button.href) || undefined,
        target: textOf(button.target),
        "background-color": colorOf(style["background-color"]),
        "border-radius": withUnit(style["border-radius"]),
        "inner-padding": inner.join(" "),
        width: /px$/.test(textOf(style.width)) ? textOf(style.width) : undefined,
      },
      textOf(button.label),
    );
  },
  divider: (descriptor, shared) => {
    const style = at(descriptor, "divider/style");
    const line = textOf(style["border-top"]);
    if (!/^[1-9]/.test(line)) return tag("mj-spacer", { ...shared, height: withUnit(style.height) ?? "1px" });
    const [width, kind, color] = line.split(" ");
    return tag("mj-divider", {
      ...shared,
      "border-width": width,
      "border-style": kind,
      "border-color": color,
      width: withUnit(style.width),
    });
  },
  spacer: (
    descriptor,
    { "padding-top": _top, "padding-right": _right, "padding-bottom": _bottom, "padding-left": _left, ...shared },
  ) => tag("mj-spacer", { ...shared, padding: "0", height: withUnit(at(descriptor, "spacer/style").height) }),
  social: (descriptor, shared) => {
    const size = withUnit(at(descriptor, "computedStyle").iconsDefaultWidth) ?? "32px";
    const icons = listOf(at(descriptor, "iconsList").icons).map((icon) => {
      const image = objectOf(icon.image);
      return tag("mj-social-element", {
        src: textOf(image.src),
        alt: textOf(image.alt),
        href: textOf(image.href),
        "icon-size": size,
        padding: "0 2px",
        "background-color": "transparent",
      });
    });
    return tag(
      "mj-social",
      { ...shared, mode: "horizontal", align: textOf(at(descriptor, "style")["text-align"]) },
      icons.join(""),
    );
  },
  icons: (descriptor, shared) => {
    const height = withUnit(at(descriptor, "computedStyle").iconHeight) ?? "32px";
    const icons = listOf(at(descriptor, "iconsList").icons).map((icon) => {
      const picture = `<img src="${escaped(textOf(icon.image))}" alt="${escaped(textOf(icon.alt))}" height="${height.replace("px", "")}">`;
      return `<td>${picture}</td><td>${escaped(textOf(icon.text))}</td>`;
    });
    return tag("mj-table", { ...shared, ...typographyOf(at(descriptor, "style")) }, `<tr>${icons.join("")}</tr>`);
  },
  menu: (descriptor, shared) => {
    const computed = at(descriptor, "computedStyle");
    const links = listOf(at(descriptor, "menuItemsList").items).map((item) => {
      const link = objectOf(item.link);
      return tag(
        "mj-navbar-link",
        { href: textOf(link.href), target: textOf(link.target), color: textOf(computed.linkColor) },
        escaped(textOf(item.text)),
      );
    });
    const folds = objectOf(computed.hamburger).mobile === true;
    return tag(
      "mj-navbar",
      folds ? { hamburger: "hamburger", "css-class": shared["css-class"] } : { "css-class": shared["css-class"] },
      links.join(""),
    );
  },
  table: (descriptor, shared) => {
    const table = at(descriptor, "table");
    const style = objectOf(table.style);
    const cell = Object.entries({ ...visibleBorders(style), padding: "10px" })
      .map(([key, value]) => `${key}:${value}`)
      .join(";");
    const line =
      (kind: string) =>
      (row: Loose): string =>
        `<tr>${listOf(row.cells)
          .map((each) => `<${kind} style="${cell}">${textOf(each.html)}</${kind}>`)
          .join("")}</tr>`;
    const content = objectOf(table.content);
    return tag(
      "mj-table",
      { ...shared, ...typographyOf(style) },
      listOf(content.headers).map(line("th")).join("") + listOf(content.rows).map(line("td")).join(""),
    );
  },
  video: (descriptor, shared) => {
    const video = at(descriptor, "video");
    return tag("mj-image", { ...shared, src: textOf(video.thumbSrc) || "about:blank", href: textOf(video.src) });
  },
  carousel: (descriptor, shared) => {
    const [first] = listOf(at(descriptor, "carousel").slides);
    return first
      ? tag("mj-image", { ...shared, src: textOf(first.src), alt: textOf(first.alt), href: textOf(first.href) })
      : "";
  },
  "merge-content": (descriptor, shared) => tag("mj-text", shared, textOf(at(descriptor, "mergeContent").value)),
};

function moduleOf(module: Loose, sheet: StyleSheet): string {
  const descriptor = objectOf(module.descriptor);
  const shared = { ...paddingOf(objectOf(descriptor.style)), "css-class": sheet.classOf(descriptor) };
  return modules[textOf(module.type).replace("mailup-bee-newsletter-modules-", "")]?.(descriptor, shared) ?? "";
}

function rowOf(row: Loose, sheet: StyleSheet): string {
  const columns = listOf(row.columns);
  const style = at(row, "content/style");
  const computed = at(row, "content/computedStyle");
  const drawn = columns.map((column) => {
    const own = objectOf(column.style);
    const width = `${((Number(column["grid-columns"]) || 12 / columns.length) / 12) * 100}%`;
    const look = {
      width,
      "vertical-align": textOf(computed.verticalAlign) || "top",
      "background-color": colorOf(own["background-color"]),
      ...paddingOf(own),
      ...visibleBorders(own),
    };
    return tag(
      "mj-column",
      look,
      listOf(column.modules)
        .map((module) => moduleOf(module, sheet))
        .join(""),
    );
  });
  const isBeside = computed.rowColStackOnMobile === false;
  const image = /url\(['"]?(.*?)['"]?\)/.exec(textOf(style["background-image"]))?.[1];
  const section = tag(
    "mj-section",
    {
      ...paddingOf(style),
      ...visibleBorders(style),
      "background-color": colorOf(style["background-color"]),
      "background-url": image,
      direction: computed.rowReverseColStackOnMobile === true ? "rtl" : undefined,
      "css-class": sheet.classOf({ computedStyle: computed }),
    },
    isBeside ? tag("mj-group", {}, drawn.join("")) : drawn.join(""),
  );
  return tag(
    "mj-wrapper",
    {
      "full-width": "full-width",
      padding: "0",
      "background-color": colorOf(at(row, "container/style")["background-color"]),
    },
    section,
  );
}

/** The template as MJML. */
export function mjmlOf(template: object): string {
  const page = at(template as Loose, "page");
  const sheet = new StyleSheet();
  const width = withUnit(at(page, "body/content/computedStyle").messageWidth) ?? "600px";
  const body = tag(
    "mj-body",
    { width, "background-color": colorOf(at(page, "body/container/style")["background-color"]) },
    listOf(page.rows)
      .map((row) => rowOf(row, sheet))
      .join(""),
  );
  const fonts = listOf(at(page, "body").webFonts).map((font) =>
    tag("mj-font", { name: textOf(font.name), href: textOf(font.url) }),
  );
  const meta = at(page, "head/meta");
  const head = [
    tag("mj-title", {}, escaped(textOf(meta.subject) || textOf(page.title))),
    tag("mj-preview", {}, escaped(textOf(meta.preheader))),
    tag("mj-attributes", {}, tag("mj-all", { "font-family": textOf(at(page, "body/content/style")["font-family"]) })),
    ...fonts,
    tag("mj-style", {}, sheet.text(width)),
  ];
  return `<mjml>${tag("mj-head", {}, head.join(""))}${body}</mjml>`;
}
