// client-support.mjs VERSION | FILE: rewrites the table of what e-mail clients support, from the data of caniemail.
// VERSION is one of the npm package `caniemail` (such as 2.0.2); FILE is a caniemail.json on this disk, with LICENSE beside it
// or one folder up. Features that can't be told from HTML or CSS are left out, and named.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const target = join("packages", "checks", "src", "client-support", "support.json");
const longestNote = 90;

const letters = { y: "y", a: "a", n: "n" };
const platformTitles = {
  "desktop-app": "desktop",
  "desktop-webmail": "webmail",
  "mobile-webmail": "mobile webmail",
  ios: "iOS",
  android: "Android",
  windows: "Windows",
  macos: "macOS",
  "windows-mail": "Windows Mail",
  "outlook-com": "Outlook.com",
};

const list = (kind, names) => names.split(" ").map((name) => `${kind}:${name}`);
const sides = (before, after = "") =>
  list("property", ["top", "right", "bottom", "left"].map((side) => `${before}-${side}${after}`).join(" "));
const logical = (before, after = "") =>
  ["inline", "block"].flatMap((axis) => ["start", "end"].map((edge) => `property:${before}-${axis}-${edge}${after}`));

/** How to find what neither slug nor title says, or what has more names than one. */
const named = {
  amp: list("attribute", "amp4email ⚡4email"),
  "css-animation": list(
    "property",
    "animation animation-delay animation-direction animation-duration animation-fill-mode animation-iteration-count animation-name animation-play-state animation-timing-function",
  ),
  "css-at-media-device-pixel-ratio": ["media:-webkit-device-pixel-ratio"],
  "css-at-media-hover": list("media", "hover any-hover"),
  "css-background-position": list("property", "background-position background-position-x background-position-y"),
  "css-block-inline-size": list("property", "block-size inline-size"),
  "css-border": [
    ...list("property", "border border-width border-style border-color"),
    ...sides("border"),
    ...["-width", "-style", "-color"].flatMap((part) => sides("border", part)),
  ],
  "css-border-image": list(
    "property",
    "border-image border-image-outset border-image-repeat border-image-slice border-image-source border-image-width",
  ),
  "css-border-inline-block": list("property", "border-inline border-block"),
  "css-border-inline-block-individual": [
    ...["-color", "-style", "-width"].flatMap((part) => list("property", `border-inline${part} border-block${part}`)),
    ...logical("border"),
  ],
  "css-border-inline-block-longhand": ["-color", "-style", "-width"].flatMap((part) => logical("border", part)),
  "css-border-radius": list(
    "property",
    "border-radius border-top-left-radius border-top-right-radius border-bottom-left-radius border-bottom-right-radius",
  ),
  "css-border-radius-logical": list(
    "property",
    "border-start-start-radius border-start-end-radius border-end-start-radius border-end-end-radius",
  ),
  "css-column-layout-properties": list(
    "property",
    "columns column-count column-fill column-gap column-rule column-rule-color column-rule-style column-rule-width column-span column-width",
  ),
  "css-comments": ["css:comment"],
  "css-gap": list("property", "gap column-gap row-gap"),
  "css-grid-template": list("property", "grid-template grid-template-areas grid-template-columns grid-template-rows"),
  "css-important": ["css:important"],
  "css-inert-attribute": ["attribute:inert"],
  "css-inset": list("property", "inset inset-block inset-inline").concat(logical("inset")),
  "css-intrinsic-size": list("keyword", "fit-content min-content max-content").concat("function:fit-content"),
  "css-left-right-top-bottom": list("property", "left right top bottom"),
  "css-margin": ["property:margin", ...sides("margin")],
  "css-margin-block-start-end": list("property", "margin-block-start margin-block-end"),
  "css-margin-inline-block": list("property", "margin-inline margin-block"),
  "css-margin-inline-start-end": list("property", "margin-inline-start margin-inline-end"),
  "css-modern-color": list("function", "lch oklch lab oklab"),
  "css-nesting": ["css:nesting"],
  "css-outline": list("property", "outline outline-color outline-style outline-width"),
  "css-overflow": list("property", "overflow overflow-x overflow-y overflow-block overflow-inline"),
  "css-padding": ["property:padding", ...sides("padding")],
  "css-padding-block-start-end": list("property", "padding-block-start padding-block-end"),
  "css-padding-inline-block": list("property", "padding-inline padding-block"),
  "css-padding-inline-start-end": list("property", "padding-inline-start padding-inline-end"),
  "css-pseudo-class-lang": ["pseudo:lang"],
  "css-scroll-snap": list("property", "scroll-snap-type scroll-snap-align scroll-snap-stop"),
  "css-selector-adjacent-sibling": ["selector:adjacent-sibling"],
  "css-sytem-ui": list("keyword", "system-ui ui-serif ui-sans-serif ui-rounded ui-monospace"),
  "css-text-emphasis": list("property", "text-emphasis text-emphasis-color text-emphasis-style"),
  "css-transition": list(
    "property",
    "transition transition-delay transition-duration transition-property transition-timing-function",
  ),
  "css-unit-calc": ["function:calc"],
  "css-unit-initial": ["keyword:initial"],
  "css-unit-percent": ["unit:%"],
  "css-variables": ["function:var", "property:--*"],
  "html-anchor-links": ["link:anchor"],
  "html-button-submit": ["element:button=submit"],
  "html-comments": ["html:comment"],
  "html-doctype": ["html:doctype"],
  "html-h1-h6": list("element", "h1 h2 h3 h4 h5 h6"),
  "html-image-maps": ["element:map", "element:area", "attribute:usemap"],
  "html-lists": list("element", "ul ol dl"),
  "html-mailto-links": ["link:mailto"],
  "html-meta-color-scheme": ["meta:color-scheme"],
  "html-semantics": list(
    "element",
    "article aside details figcaption figure footer header main mark nav section summary time",
  ),
  "html-srcset": list("attribute", "srcset sizes"),
  "html-svg": ["element:svg"],
  "image-base64": ["image:base64"],
  // Its files are JPEG or AVIF like others.
  "image-hdr": [],
};

/** By slug: `css-unit-px` is the unit px. */
const bySlug = [
  [/^css-at-media-(.+)$/, "media"],
  [/^css-at-(.+)$/, "at"],
  [/^css-function-(.+)$/, "function"],
  [/^css-pseudo-(?:class|element)-(.+)$/, "pseudo"],
  [/^css-selector-(.+)$/, "selector"],
  [/^css-unit-(.+)$/, "unit"],
  [/^image-(.+)$/, "image"],
];

/** By title: `display:flex`, `rgb()`, `width attribute`, `<p> element`, `align-items`. */
const byTitle = {
  css: [
    [/^([a-z-]+): ?([a-z-]+)$/, ([, property, value]) => `declaration:${property}:${value}`],
    [/^([a-z-]+)\(\)$/, ([, name]) => `function:${name}`],
    [/^([a-z-]+)(?: property| shorthand| CSS property)?$/, ([, property]) => `property:${property}`],
  ],
  html: [
    [/^<([a-z0-9]+) type="([a-z]+)"> element$/, ([, tag, type]) => `element:${tag}=${type}`],
    [/^<([a-z0-9]+)>(?: element)?$/, ([, tag]) => `element:${tag}`],
    [/^([a-z-]+) attribute$/, ([, attribute]) => `attribute:${attribute}`],
    [/^([a-z]+)$/, ([, tag]) => `element:${tag}`],
  ],
};

function keysOf({ slug, title, category }) {
  if (named[slug]) return named[slug];
  for (const [pattern, kind] of bySlug) {
    const match = pattern.exec(slug);
    if (match) return [`${kind}:${match[1]}`];
  }
  for (const [pattern, keyOf] of byTitle[category] ?? []) {
    const match = pattern.exec(title.trim());
    if (match) return [keyOf(match)];
  }
  return [];
}

const kindOf = (version) => {
  if (/^\d{4}-\d\d$/.test(version)) return "date";
  return /^(?:19|20)\d\d$/.test(version) ? "year" : "number";
};

/** Versions of one kind by their numbers; of two kinds (`2021-03`, `16.80`), in the order they were tested in. */
function isNewer(version, than) {
  if (kindOf(version) !== kindOf(than)) return true;
  const [left, right] = [version, than].map((text) => text.split(/\D+/).map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function newest(versions) {
  const best = Object.keys(versions).reduce((best, version) => (isNewer(version, best) ? version : best));
  return versions[best];
}

function clientsOf({ data, nicenames }) {
  const clients = new Map();
  for (const { stats } of data) {
    for (const [family, platforms] of Object.entries(stats)) {
      for (const platform of Object.keys(platforms)) {
        const [whole, part] = [nicenames.family[family] ?? family, platformTitles[platform] ?? platform];
        clients.set(`${family}.${platform}`, part.startsWith(whole) ? part : `${whole} ${part}`);
      }
    }
  }
  return [...clients].map(([name, title]) => ({ name, title })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function answerOf({ stats }, name) {
  const [family, platform] = name.split(".");
  const versions = stats[family]?.[platform];
  return versions && Object.keys(versions).length > 0 ? newest(versions) : "u";
}

const supportOf = (feature, clients) =>
  clients.map(({ name }) => letters[answerOf(feature, name).charAt(0)] ?? "u").join("");

/** The first sentence, as plain text. */
function shortNote(note) {
  const plain = note
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_]{1,2}(\S[^*_]*)[*_]{1,2}/g, "$1")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^(?:Partially supported|Partial support|Partial|Not supported|Supported|Buggy)[.:] (?=\S)/i, "");
  const [sentence] = plain.split(/(?<=[^.]{12}\.) (?=[A-Z`])/);
  if (sentence.length <= longestNote) return sentence;
  return `${sentence.slice(0, longestNote).replace(/[\s,;:]+\S*$/, "")} …`;
}

/** Whole families by their name, so that the list stays readable. */
function grouped(names, clients) {
  const familyOf = (name) => name.split(".")[0];
  const isWhole = (family) =>
    clients.every(({ name }) => familyOf(name) !== family || names.includes(name)) &&
    names.filter((name) => familyOf(name) === family).length > 1;
  return [...new Set(names.map((name) => (isWhole(familyOf(name)) ? familyOf(name) : name)))];
}

function notesOf(feature, clients) {
  const numbers = Object.entries(feature.notes_by_num ?? {});
  return numbers.flatMap(([number, note]) => {
    const has = ({ name }) => {
      const [answer, ...marks] = answerOf(feature, name).split(/\s+/);
      // What works needs no explanation.
      return answer !== "y" && marks.includes(`#${number}`);
    };
    const names = clients.filter(has).map(({ name }) => name);
    return names.length > 0 ? [`${grouped(names, clients).join(" ")}: ${shortNote(note)}`] : [];
  });
}

function trimmed(all, { version, notice }) {
  const clients = clientsOf(all);
  const features = all.data.flatMap((feature) => {
    const find = keysOf(feature);
    if (find.length === 0) console.log(`left out, not to be told from HTML or CSS: ${feature.slug} (${feature.title})`);
    if (find.length === 0) return [];
    const { slug, title } = feature;
    const support = supportOf(feature, clients);
    return [{ slug, title: title.trim(), find: byKind(find), support, notes: notesOf(feature, clients) }];
  });
  return {
    source: {
      site: "https://www.caniemail.com",
      package: version ? `caniemail@${version}` : "caniemail",
      notice,
    },
    lastUpdate: new Date(all.last_update_date.replace(/^(\S+) (\S+) .*$/, "$1T$2Z")).toISOString().slice(0, 10),
    clients,
    features: features.sort((a, b) => (a.slug < b.slug ? -1 : 1)),
  };
}

/** `unit:px unit:pt css:important` → `unit:px,pt css:important` */
function byKind(keys) {
  const kinds = Map.groupBy(keys, (key) => key.slice(0, key.indexOf(":")));
  return [...kinds]
    .map(([kind, those]) => `${kind}:${those.map((key) => key.slice(kind.length + 1)).join(",")}`)
    .join(" ");
}

function readBeside(file, name) {
  for (const folder of [dirname(file), join(dirname(file), "..")]) {
    if (existsSync(join(folder, name))) return readFileSync(join(folder, name), "utf8");
  }
  console.error(`There is no ${name} beside ${file} or one folder up: the data may not be used without its notice.`);
  process.exit(1);
}

function rewrite(file) {
  const all = JSON.parse(readFileSync(file, "utf8"));
  const { version } = JSON.parse(readBeside(file, "package.json"));
  const notice = readBeside(file, "LICENSE")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .filter((paragraph) => paragraph !== "");
  const table = trimmed(all, { version, notice });
  writeFileSync(target, JSON.stringify(table));
  run("biome", ["check", "--write", target]);
  const size = Math.ceil(readFileSync(target).byteLength / 1000);
  console.log(`${target}: ${table.features.length} features, ${table.clients.length} clients, ${size} kB`);
}

function run(program, args, options = {}) {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8", ...options });
  if (status === 0) return;
  console.error(`${program} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
  process.exit(1);
}

function fetched(version) {
  const folder = mkdtempSync(join(tmpdir(), "client-support-"));
  try {
    run("npm", ["pack", `caniemail@${version}`, "--silent", "--pack-destination", folder]);
    run("tar", ["-xzf", `caniemail-${version}.tgz`], { cwd: folder });
    rewrite(join(folder, "package", "data", "caniemail.json"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [asked = ""] = process.argv.slice(2);
if (/^\d+\.\d+\.\d+$/.test(asked)) fetched(asked);
else if (existsSync(asked)) rewrite(asked);
else {
  console.error(
    "Say which data to take: client-support.mjs 2.0.2 (a version on npm), or the path of a caniemail.json.",
  );
  process.exit(1);
}
