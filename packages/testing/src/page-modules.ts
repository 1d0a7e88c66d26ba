import type { Json, JsonObject, ModuleType } from "@waggle/template";
import { randomCss, randomHtml, randomSides, randomUrl } from "./page-values.ts";
import type { Random } from "./random.ts";
import { randomWords } from "./texts.ts";

/** The descriptor of a module of a type, in the shapes of real files: some properties given, some not. */
export function randomDescriptor(random: Random, type: ModuleType): JsonObject {
  const parts: Record<string, Json> = { ...descriptors[type](random) };
  if (random.chance(0.8)) parts.style = { ...randomSides(random), ...asObject(parts.style) };
  if (random.chance(0.7)) parts.computedStyle = { ...visibility(random), ...asObject(parts.computedStyle) };
  if (random.chance(0.4))
    parts.mobileStyle = random.pick<Json>([[], {}, { "font-size": "14px", "text-align": "left" }]);
  if (random.chance(0.1)) parts.customAttributes = [{ key: "class", name: "class", value: "Primary", target: "tag" }];
  if (random.chance(0.1)) parts.id = randomWords(random, 1);
  return parts;
}

const asObject = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

const visibility = (random: Random): JsonObject => ({
  hideContentOnMobile: random.chance(0.2),
  hideContentOnDesktop: random.chance(0.1),
  ...(random.chance(0.2) ? { hideContentOnAmp: false, hideContentOnHtml: false } : {}),
});

const typography = (random: Random): JsonObject => ({
  color: randomCss(random, "color"),
  "font-family": random.pick(["inherit", "Arial, sans-serif"]),
  "font-size": randomCss(random, "size"),
  "line-height": random.pick<Json>(["120%", "150%", 1.5]),
  "text-align": random.pick(["left", "center", "-webkit-center"]),
  direction: random.pick(["ltr", "rtl"]),
});

/** Translations stand beside what they translate. */
const translated = (random: Random, key: string, content: JsonObject): JsonObject =>
  random.chance(0.2)
    ? { ...content, translations: { "fr-FR": { [key]: randomHtml(random) }, "ar-SA": { [key]: "نص" } } }
    : content;

const link = (random: Random): JsonObject => ({
  href: randomUrl(random),
  target: random.pick(["_blank", "_self"]),
  title: randomWords(random, 1),
});

const several = (random: Random, make: () => Json): Json[] => Array.from({ length: random.between(0, 3) }, make);

const cells = (random: Random): Json => ({ cells: several(random, () => ({ html: randomHtml(random) })) });

const descriptors: Readonly<Record<ModuleType, (random: Random) => JsonObject>> = {
  heading: (random) => ({
    heading: translated(random, "text", {
      title: random.pick(["h1", "h2", "h3"]),
      text: randomHtml(random),
      style: { ...typography(random), "link-color": randomCss(random, "color") },
    }),
  }),
  paragraph: (random) => ({
    paragraph: translated(random, "html", {
      html: randomHtml(random),
      style: typography(random),
      computedStyle: { linkColor: randomCss(random, "color"), paragraphSpacing: "16px" },
    }),
  }),
  text: (random) => ({
    text: {
      html: `<div class="txtTinyMce-wrapper" style="font-size:14px;">${randomHtml(random)}</div>`,
      style: { color: randomCss(random, "color"), "line-height": "120%" },
      computedStyle: { linkColor: randomCss(random, "color") },
    },
  }),
  list: (random) => ({
    list: {
      tag: random.pick(["ul", "ol"]),
      html: `<ul><li>${randomWords(random, 2)}</li><li>${randomHtml(random)}</li></ul>`,
      style: typography(random),
      computedStyle: { liIndent: "40px", listStyleType: "revert", startList: random.pick<Json>([1, "1"]) },
    },
  }),
  image: (random) => ({
    image: translated(random, "src", {
      src: randomUrl(random),
      alt: randomWords(random, 2),
      ...link(random),
      ...(random.chance(0.3) ? { percWidth: 50, dynamicSrc: "{{ picture }}" } : {}),
      ...(random.chance(0.3) ? { width: "245px", height: "154.078px" } : {}),
    }),
    computedStyle: { class: "center autowidth", width: random.pick<Json>(["100%", "245px", 338]) },
  }),
  button: (random) => ({
    button: {
      label: random.pick([
        randomWords(random, 2),
        `<div class="txtTinyMce-wrapper"><p>${randomHtml(random)}</p></div>`,
      ]),
      ...link(random),
      style: {
        ...typography(random),
        "background-color": randomCss(random, "color"),
        "border-top": randomCss(random, "border"),
        width: random.pick(["auto", "35%"]),
      },
      ...(random.chance(0.2) ? { hoverStyle: { color: "#ffffff" } } : {}),
      // Documents written by hand have these in place of `label` and `href`.
      ...(random.chance(0.1) ? { text: randomWords(random, 1), link: link(random) } : {}),
    },
    computedStyle: { width: random.pick<Json>([195, "170px"]), height: 46 },
  }),
  divider: (random) => ({
    divider: { style: { "border-top": randomCss(random, "border"), width: "80%", height: "20px" } },
    computedStyle: { align: "center" },
  }),
  spacer: (random) => ({ spacer: { style: { height: randomCss(random, "size") } } }),
  social: (random) => ({
    iconsList: {
      icons: several(random, () => ({
        id: randomWords(random, 1),
        name: "facebook",
        type: random.pick(["follow", "custom"]),
        text: "",
        image: { src: randomUrl(random), alt: "Facebook", prefix: "", ...link(random) },
      })),
    },
    computedStyle: { iconsDefaultWidth: random.pick<Json>([32, "32"]), padding: "0 2px 0 2px", width: 151 },
  }),
  icons: (random) => ({
    iconsList: {
      icons: several(random, () => ({
        ...link(random),
        image: randomUrl(random),
        text: randomWords(random, 2),
        textPosition: "right",
        width: random.pick<Json>(["50", 50]),
        height: "50",
      })),
    },
    computedStyle: { iconHeight: "32px", iconSpacing: randomSides(random), itemsSpacing: "0px" },
  }),
  menu: (random) => ({
    menuItemsList: { items: several(random, () => ({ text: randomWords(random, 1), link: link(random) })) },
    computedStyle: {
      layout: "horizontal",
      separator: random.pick(["", "|"]),
      menuItemsSpacing: randomSides(random),
      hamburger: { mobile: random.chance(0.5), iconSize: "36px", foregroundColor: "#ffffff" },
    },
  }),
  html: (random) => ({ html: { html: `<table><tr><td>${randomHtml(random)}</td></tr></table>` } }),
  video: (random) => ({
    video: { src: randomUrl(random), thumbSrc: randomUrl(random), mode: "thumbnail", iconType: 1, iconSize: 32 },
  }),
  table: (random) => ({
    table: {
      content: { headers: several(random, () => cells(random)), rows: several(random, () => cells(random)) },
      style: typography(random),
      computedStyle: { headersColor: randomCss(random, "color"), linkColor: "#0068A5" },
    },
  }),
  form: (random) => ({
    form: {
      structure: {
        title: "Sign up",
        fields: { email: { type: "email", label: randomWords(random, 1), attributes: { required: true } } },
        layout: [["email"], ["submit"]],
        attributes: { action: randomUrl(random), method: "post" },
      },
      style: { labels: typography(random), fields: {}, buttons: { outer: randomSides(random) } },
    },
  }),
  carousel: (random) => ({
    carousel: {
      slides: several(random, () => ({ type: "image", src: randomUrl(random), alt: "", href: "" })),
      autoPlay: true,
      autoplayInterval: 3,
      dotColor: "#000000",
    },
  }),
  "merge-content": (random) => ({ mergeContent: { name: randomWords(random, 1), value: "{{ products }}", id: null } }),
  addon: (random) => ({ moduleInternal: { uid: "my-addon" }, value: { html: randomHtml(random), number: 4.5 } }),
  empty: () => ({}),
  unknown: (random) => ({
    gauge: {
      ranges: [[0, 1], [], [{ deep: { er: [null, true, randomWords(random, 1)] } }]],
      "a/b~c": 1,
      "": { "": "" },
    },
  }),
};
