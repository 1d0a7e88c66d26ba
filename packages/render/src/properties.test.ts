import {
  findProperty,
  type Json,
  moduleTypeName,
  moduleTypes,
  type NodeData,
  type Output,
  type Property,
  type PropertyOwner,
  type PropertyValue,
  placesOf,
  propertiesFor,
  propertyOwners,
  rootId,
  type Snapshot,
  settingsId,
  snapshotOf,
  type Value,
} from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { forEachSeed, randomPage, Tally } from "@waggle/testing";
import { describe, expect, test } from "vitest";
import everyModule from "./fixtures/every-module.test.json" with { type: "json" };
import { pageSnapshot } from "./fixtures/page-snapshot.test.support.ts";
import { HtmlRenderer } from "./html/html-renderer.ts";
import { renderHtml } from "./html/render-html.ts";

const outputs: readonly Output[] = ["message", "page"];
const picture = "https://example.com/a.png";
const cells = (...texts: readonly string[]): Json => ({ cells: texts.map((html) => ({ html })) });

/** What a module needs to hold before its look shows. */
const contents: Readonly<Partial<Record<PropertyOwner, NodeData>>> = {
  heading: { "/descriptor/heading/text": 'A <a href="https://example.com">title</a>' },
  paragraph: { "/descriptor/paragraph/html": '<p>One</p><p>Two <a href="https://example.com">link</a></p>' },
  text: { "/descriptor/text/html": '<p>Old <a href="https://example.com">link</a></p>' },
  list: { "/descriptor/list/html": '<ul><li>One</li><li><a href="https://example.com">Two</a></li></ul>' },
  image: { "/descriptor/image/src": picture },
  button: { "/descriptor/button/label": "Buy", "/descriptor/button/href": "https://example.com" },
  divider: { "/descriptor/divider/style/border-top": "1px solid #bbbbbb", "/descriptor/divider/style/width": "80%" },
  social: { "/descriptor/iconsList/icons": [{ name: "x", image: { src: picture, href: "https://example.com" } }] },
  icons: {
    "/descriptor/iconsList/icons": [
      { image: picture, text: "Star" },
      { image: picture, text: "Moon" },
    ],
  },
  menu: {
    "/descriptor/menuItemsList/items": [
      { text: "Shop", link: { href: "https://example.com" } },
      { text: "About", link: { href: "https://example.com" } },
    ],
  },
  html: { "/descriptor/html/html": "<p>Own</p>" },
  video: { "/descriptor/video/src": "https://example.com/film", "/descriptor/video/thumbSrc": picture },
  table: {
    "/descriptor/table/content/headers": [cells("Name")],
    "/descriptor/table/content/rows": [cells('<a href="https://example.com">Tea</a>'), cells("Milk")],
  },
  form: {
    "/descriptor/form/structure/attributes/action": "https://example.com/form",
    "/descriptor/form/structure/fields": [
      { name: "mail", type: "email", label: "Your mail" },
      { name: "send", type: "submit", label: "Send" },
    ],
  },
  carousel: { "/descriptor/carousel/slides": [{ src: picture, alt: "One", href: "https://example.com" }] },
  addon: { "/descriptor/moduleInternal/value": "<p>Theirs</p>" },
  "merge-content": { "/descriptor/mergeContent/value": "{{ weather }}" },
};

/** What a single property needs before it shows: undefined takes something away. */
const needs: Readonly<Record<string, Readonly<Record<string, Value | undefined>>>> = {
  ...backgroundNeeds("settings", "background", "/page/body/container/style"),
  ...backgroundNeeds("row", "rowBackground", "/container/style"),
  ...backgroundNeeds("row", "contentAreaBackground", "/content/style"),
  ...backgroundNeeds("column", "background", "/style"),
  "settings.direction": { "/page/body/content/style/direction": "ltr" },
  "image.target": { "/descriptor/image/href": "https://example.com" },
  "table.content": { "/descriptor/table/content/headers": undefined, "/descriptor/table/content/rows": undefined },
  "divider.height": { "/descriptor/divider/style/border-top": undefined },
  "button.measuredWidth": { "/descriptor/button/style/background-color": "#ff0000" },
  "button.measuredHeight": { "/descriptor/button/style/background-color": "#ff0000" },
  "menu.hamburgerColor": { "/descriptor/computedStyle/hamburger/mobile": true },
  "menu.hamburgerBackgroundColor": { "/descriptor/computedStyle/hamburger/mobile": true },
  "menu.hamburgerIconSize": { "/descriptor/computedStyle/hamburger/mobile": true },
};

function backgroundNeeds(owner: PropertyOwner, name: string, style: string) {
  const needed = { [`${style}/background-image`]: `url('${picture}')` };
  return Object.fromEntries(["Position", "Repeat", "Size"].map((part) => [`${owner}.${name}${part}`, needed]));
}

/** Lists and free values that show, by the property that holds them. */
const distinctiveLists: Readonly<Record<string, Json>> = {
  "settings.webFonts": [{ name: "Distinct", fontFamily: "Distinct", url: "https://example.com/distinct.css" }],
  "settings.favicon": [{ href: "https://example.com/distinct.png" }],
  "social.socialIcons": [{ name: "y", image: { src: "https://example.com/distinct.png" } }],
  "icons.icons": [{ image: "https://example.com/distinct.png", text: "Distinct" }],
  "menu.items": [{ text: "Distinct", link: { href: "https://example.com/distinct" } }],
  "table.headers": [cells("Distinct")],
  "table.rows": [cells("Distinct")],
  "form.fields": [{ name: "distinct", type: "submit", label: "Distinct" }],
  "form.layout": [["send"], ["mail"]],
  "carousel.slides": [{ src: "https://example.com/distinct.png", alt: "Distinct" }],
  "image.fileWidth": "123px",
  "settings.language": "fi",
  "video.src": "https://example.com/distinct",
};

/** The content of a table is rich text from the moment it is imported. */
function importedTable(): Value {
  const content = { headers: [], rows: [cells("Distinct")] };
  const module = { uuid: "table", type: moduleTypeName("table"), descriptor: { table: { content } } };
  const page = { rows: [{ columns: [{ "grid-columns": 12, modules: [module] }] }] };
  return pageSnapshot({ page }).nodes.get("table")?.["/descriptor/table/content"] ?? "";
}

type Distinct = { readonly [Kind in PropertyValue["kind"]]: (value: Extract<PropertyValue, { kind: Kind }>) => Json };

/** A value that nothing else in the page has. */
const distinctive: Distinct = {
  color: () => "#12ab9f",
  size: ({ minimum, maximum, isBare }) => {
    const amount = Math.round(minimum + (maximum - minimum) * 0.07) + 1;
    return isBare ? amount : `${amount}px`;
  },
  "line-height": () => "173%",
  weight: () => "600",
  border: () => "7px dashed #12ab9f",
  font: () => "Distinct",
  "background-image": () => "url('https://example.com/distinct.png')",
  "background-place": () => "3px 4px",
  number: ({ maximum }) => Math.min(7, maximum),
  flag: () => true,
  choice: ({ words }) => words.at(-1) ?? "",
  "class-word": ({ words }) => words.at(-1) ?? "",
  "class-flag": ({ word }) => word,
  link: () => "https://example.com/distinct",
  picture: () => "https://example.com/distinct.png",
  text: () => "Distinct words",
  html: () => "<p>Distinct</p>",
  list: () => [{ distinct: true }],
  opaque: () => "distinct",
};

function distinctiveFor(owner: PropertyOwner, property: Property): Value {
  if (owner === "table" && property.name === "content") return importedTable();
  const listed = distinctiveLists[`${owner}.${property.name}`];
  if (listed !== undefined) return listed;
  // Each kind's function takes its own values, which a lookup by name can't say.
  const make = distinctive[property.value.kind] as (value: PropertyValue) => Json;
  const made = make(property.value);
  if (made !== property.fallback) return made;
  return property.value.kind === "flag" ? false : firstChoice(property.value);
}

const firstChoice = (value: PropertyValue): Json => (value.kind === "choice" ? (value.words[0] ?? "") : "");

type Changes = Readonly<Record<string, Value | undefined>>;

/** A page in which everything of the owner's shows, with these keys of the owner changed. */
function rendered(owner: PropertyOwner, changes: Changes, kind: Output): string {
  const type = owner in moduleTypes ? owner : "paragraph";
  const content = contents[owner] ?? { "/descriptor/paragraph/html": "<p>Text</p>" };
  const node = (id: PropertyOwner | "module", data: NodeData): NodeData => {
    const isOwner = id === owner || (id === "module" && owner in moduleTypes);
    return isOwner ? withChanges(data, changes) : data;
  };
  const module = { type: "module", "/type": moduleTypeName(type === "unknown" ? "unknown" : asType(type)) } as const;
  const snapshot = snapshotOf([
    [settingsId, node("settings", { type: "settings" })],
    ["row", node("row", { type: "row", pos: [rootId, "a0"] })],
    ["left", node("column", { type: "column", pos: ["row", "a0"], "/grid-columns": 6 })],
    ["right", { type: "column", pos: ["row", "a1"], "/grid-columns": 6 }],
    ["module", node("module", { ...module, pos: ["left", "a0"], ...content })],
  ]);
  return renderHtml(snapshot, { sanitise: htmlCodec.sanitise, kind });
}

type Type = keyof typeof moduleTypes;
const asType = (owner: string): Type =>
  (Object.keys(moduleTypes) as Type[]).find((type) => type === owner) ?? "unknown";

function withChanges(node: NodeData, changes: Changes): NodeData {
  const all: Record<string, Value> = { ...node };
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete all[key];
    else all[key] = value;
  }
  return all;
}

interface Place {
  readonly property: Property;
  readonly pointer: string;
  readonly value: Value;
}

function changedOutputs(owner: PropertyOwner, { property, pointer, value }: Place): readonly Output[] {
  const without = Object.fromEntries([property.pointer, ...property.alsoAt].map((place) => [place, undefined]));
  const base = { ...without, ...needs[`${owner}.${property.name}`] };
  return outputs.filter((kind) => {
    return rendered(owner, { ...base, [pointer]: value }, kind) !== rendered(owner, base, kind);
  });
}

const drawnOwners = propertyOwners.filter((owner) => owner !== "empty" && owner !== "unknown");

describe.each(drawnOwners)("%s", (owner) => {
  const properties = propertiesFor(owner);

  test("each property shows where its table says, and nowhere else", () => {
    const told = properties.map((property) => [property.name, property.drawnIn]);
    const seen = properties.map((property) => {
      const value = distinctiveFor(owner, property);
      return [property.name, changedOutputs(owner, { property, pointer: property.pointer, value })];
    });
    expect(seen).toEqual(told);
  });

  test("other places of a property are read where its own says nothing, those of flags that hide aside", () => {
    const places = properties.flatMap((property) => property.alsoAt.map((pointer) => ({ property, pointer })));
    const told = places.map(({ property, pointer }) => [
      pointer,
      property.role === "visibility" ? [] : property.drawnIn,
    ]);
    const seen = places.map(({ property, pointer }) => {
      const value = distinctiveFor(owner, property);
      return [pointer, changedOutputs(owner, { property, pointer, value })];
    });
    expect(seen).toEqual(told);
  });

  test("what a property says for narrow screens shows", () => {
    const places = properties.flatMap((property) => property.mobile.map((pointer) => ({ property, pointer })));
    const told = places.map(({ property, pointer }) => [pointer, property.drawnIn]);
    const seen = places.map(({ property, pointer }) => {
      const value = distinctiveFor(owner, property);
      return [pointer, changedOutputs(owner, { property, pointer, value })];
    });
    expect(seen).toEqual(told);
  });

  test("the value that stands for an absent one is drawn like none", () => {
    const stated = properties.filter(({ fallback, drawnIn }) => fallback !== undefined && drawnIn.length > 0);
    expect(stated.length).toBeGreaterThan(0);
    const differing = stated.filter((property) => {
      const { fallback = null, pointer } = property;
      return changedOutputs(owner, { property, pointer, value: fallback }).length > 0;
    });
    expect(differing.map(({ name }) => name)).toEqual([]);
  });
});

const known: ReadonlySet<string> = new Set(["type", "pos", "/uuid", "/type", "/columns", "/modules", "/page/rows"]);

/** The keys of a page that it would look different without, though no table has them as drawn. */
function unlistedIn(snapshot: Snapshot, count: (name: string) => void): readonly string[] {
  const renderers = outputs.map((kind) => new HtmlRenderer({ sanitise: htmlCodec.sanitise, kind }));
  const shown = (each: Snapshot): string => renderers.map((renderer) => renderer.render(each)).join("");
  const base = shown(snapshot);
  return [...snapshot.nodes.entries()].flatMap(([id, node]) =>
    Object.keys(node).filter((key) => {
      if (known.has(key)) return false;
      const without = { nodes: snapshot.nodes.with(new Map([[id, withChanges(node, { [key]: undefined })]])) };
      if (shown({ ...snapshot, ...without }) === base) return false;
      count("drawn keys");
      return (findProperty(node, key)?.drawnIn.length ?? 0) === 0;
    }),
  );
}

test("whatever the fixture would look different without is a property that shows", () => {
  const tally = new Tally();
  expect(unlistedIn(pageSnapshot(everyModule), (name) => tally.count(name))).toEqual([]);
  expect(tally.of("drawn keys")).toBeGreaterThan(150);
});

test("whatever a generated page would look different without is a property that shows", () => {
  forEachSeed({ count: 12, atLeast: { "drawn keys": 20 } }, (random, tally) => {
    const snapshot = pageSnapshot(randomPage(random, { rows: 3 }));
    expect(unlistedIn(snapshot, (name) => tally.count(name))).toEqual([]);
  });
});

test("every property stands at a place of its own", () => {
  for (const owner of propertyOwners) {
    const places = propertiesFor(owner).filter(({ value }) => !value.kind.startsWith("class"));
    const pointers = places.flatMap(placesOf);
    expect([owner, pointers.filter((pointer, index) => pointers.indexOf(pointer) !== index)]).toEqual([owner, []]);
  }
});
