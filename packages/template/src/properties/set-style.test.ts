import { forEachSeed, type Random, randomPage } from "@waggle/testing";
import { describe, expect, test } from "vitest";
import { type NodeData, rootId, settingsId } from "../document/node.ts";
import { applyChange, childrenOf, emptySnapshot, type Snapshot, snapshotOf, walk } from "../document/snapshot.ts";
import type { Json, Value } from "../document/value.ts";
import { Draft } from "../draft/draft.ts";
import { htmlCodec } from "../html/codec.ts";
import { exportPage } from "../page-json/export-page.ts";
import { importPage } from "../page-json/import-page.ts";
import { findProperty, placesOf, propertiesOf } from "./properties-of.ts";
import type { Property, PropertyValue } from "./property.ts";
import { resetStyle, type StyleDevice, type StyleSetting, setStyle, setVisibility } from "./set-style.ts";

type Samples = {
  readonly [Kind in PropertyValue["kind"]]?: (
    random: Random,
    value: Extract<PropertyValue, { kind: Kind }>,
  ) => Json | undefined;
};

/** Values that fit, as people write them. */
const samples: Samples = {
  color: (random) => random.pick(["#12ab9f", "transparent", "rgb(1, 2, 3)", " #FFF "]),
  size: (random, { minimum, maximum, takesPercent, words = [] }) => {
    const amount = random.between(minimum, maximum);
    return random.pick<Json>([amount, `${amount}px`, String(amount), ...(takesPercent ? ["50%"] : []), ...words]);
  },
  "line-height": (random) => random.pick<Json>([1.5, "173%", "24px", "normal"]),
  weight: (random) => random.pick<Json>([600, "700", "bold"]),
  border: (random) => random.pick(["7px dashed #12ab9f", "0 solid transparent", "none", "1px solid red"]),
  font: (random) => random.pick(["Georgia, 'Times New Roman', serif", "inherit"]),
  "background-image": (random) => random.pick(["none", "https://example.com/a.png", 'url("/b.png")']),
  "background-place": (random) => random.pick(["top left", "50% 0", "cover", "0 2px 0 2px"]),
  number: (random, { minimum, maximum }) => random.between(minimum, maximum),
  flag: (random) => random.chance(0.5),
  choice: (random, { words }) => random.pick(words),
  "class-word": (random, { words }) => random.pick(words),
  "class-flag": (random) => random.chance(0.5),
};

function sampleFor(random: Random, { value }: Property): Json | undefined {
  // Each kind's function takes its own values, which a lookup by name can't say.
  const sample = samples[value.kind] as ((random: Random, value: PropertyValue) => Json | undefined) | undefined;
  return sample?.(random, value);
}

/** Every leaf of a JSON value by its pointer; what is empty is a leaf. */
function leaves(json: Json, at = ""): [string, Json][] {
  const isFilled = typeof json === "object" && json !== null && Object.keys(json).length > 0;
  if (!isFilled) return [[at, json]];
  return Object.entries(json).flatMap(([key, value]) => leaves(value, `${at}/${key}`));
}

const leavesOf = (snapshot: Snapshot) => new Map(leaves(exportPage(snapshot, { codec: htmlCodec })));

function imported(page: unknown): Snapshot {
  let last = 0;
  return applyChange(emptySnapshot, importPage(page, { codec: htmlCodec, newId: () => `new-${++last}` }));
}

function edited(base: Snapshot, edit: (draft: Draft) => void): Snapshot {
  const draft = new Draft(base);
  edit(draft);
  draft.validate();
  return applyChange(base, draft.changeSet());
}

/** Pointers of the elements in the page JSON. */
function pointersIn(snapshot: Snapshot): ReadonlyMap<string, string> {
  const found = new Map([[settingsId, ""]]);
  childrenOf(snapshot, rootId).forEach((row, index) => {
    found.set(row, `/page/rows/${index}`);
    childrenOf(snapshot, row).forEach((column, columnIndex) => {
      found.set(column, `/page/rows/${index}/columns/${columnIndex}`);
      childrenOf(snapshot, column).forEach((module, moduleIndex) => {
        found.set(module, `/page/rows/${index}/columns/${columnIndex}/modules/${moduleIndex}`);
      });
    });
  });
  return found;
}

/** Leaves of the JSON that differ and are not at one of these pointers, below one, or an empty value above one. */
function strayDifferences(before: Snapshot, after: Snapshot, pointers: readonly string[]): readonly string[] {
  const [old, next] = [leavesOf(before), leavesOf(after)];
  const differing = [...new Set([...old.keys(), ...next.keys()])].filter((key) => {
    return JSON.stringify(old.get(key)) !== JSON.stringify(next.get(key));
  });
  return differing.filter(
    (key) =>
      !pointers.some(
        (pointer) => key === pointer || `${key}/`.startsWith(`${pointer}/`) || pointer.startsWith(`${key}/`),
      ),
  );
}

function settingIn(random: Random, node: NodeData): { setting: StyleSetting; places: readonly string[] } | undefined {
  const styles = propertiesOf(node).filter(({ role, value }) => role === "style" && samples[value.kind]);
  if (styles.length === 0) return undefined;
  const property = random.pick(styles);
  const device: StyleDevice = property.mobile.length > 0 && random.chance(0.5) ? "mobile" : "all";
  const parts = property.parts.flatMap((part) => findProperty(node, part) ?? []);
  const places = [property, ...parts].flatMap((each) =>
    device === "mobile" ? each.mobile : [each.pointer, ...each.alsoAt],
  );
  const form = parts[0] ?? property;
  const isWord = form.value.kind === "class-word" && device === "mobile";
  const value = isWord ? "left" : sampleFor(random, form);
  return value === undefined ? undefined : { setting: { property: property.name, value, device }, places };
}

describe("on every element of generated pages", () => {
  test("setting a style changes nothing else in the JSON, and taking it back leaves all as it was but for its key", () => {
    forEachSeed({ count: 30, atLeast: { set: 5, "on mobile": 0.5, "in a class": 0.02 } }, (random, tally) => {
      const base = imported(randomPage(random, { rows: 3 }));
      const pointers = pointersIn(base);
      for (const id of [settingsId, ...[...walk(base)].map((step) => step.id)]) {
        const node = new Draft(base).require(id);
        const chosen = settingIn(random, node);
        if (!chosen) continue;
        const { setting, places } = chosen;
        const allowed = places.map((place) => `${pointers.get(id)}${place}`);
        const set = edited(base, (draft) => setStyle(draft, id, setting));
        expect([setting, strayDifferences(base, set, allowed)]).toEqual([setting, []]);
        const reset = edited(set, (draft) => resetStyle(draft, id, setting));
        expect([setting, strayDifferences(base, reset, allowed)]).toEqual([setting, []]);
        const isWord = places.some((place) => place.endsWith("/class"));
        if (!isWord) expect(keysAt(reset, id, places)).toEqual([]);
        tally.count("set");
        if (setting.device === "mobile") tally.count("on mobile");
        if (isWord) tally.count("in a class");
      }
    });
  });

  test("where a style was not said, setting it and taking it back gives the same JSON", () => {
    forEachSeed({ count: 30, atLeast: { "not said": 3 } }, (random, tally) => {
      const base = imported(randomPage(random, { rows: 3 }));
      const json = JSON.stringify(exportPage(base, { codec: htmlCodec }));
      for (const { id, node } of walk(base)) {
        const chosen = settingIn(random, node);
        if (!chosen || keysAt(base, id, chosen.places).length > 0) continue;
        const draft = new Draft(base);
        setStyle(draft, id, chosen.setting);
        resetStyle(draft, id, chosen.setting);
        const after = applyChange(base, draft.changeSet());
        expect([chosen.setting, JSON.stringify(exportPage(after, { codec: htmlCodec }))]).toEqual([
          chosen.setting,
          json,
        ]);
        tally.count("not said");
      }
    });
  });

  test("what is hidden is hidden, what is shown is shown, and one flag says it", () => {
    forEachSeed({ count: 30, atLeast: { hidden: 3 } }, (random, tally) => {
      const base = imported(randomPage(random, { rows: 3 }));
      for (const { id, node } of walk(base)) {
        const on = random.pick(["mobile", "desktop"] as const);
        const property = findProperty(node, on === "mobile" ? "hideOnMobile" : "hideOnDesktop");
        const hidden = edited(base, (draft) => setVisibility(draft, id, { on, isHidden: true }));
        expect(property && keysAt(hidden, id, placesOf(property))).toEqual([property?.pointer]);
        expect(hidden.nodes.get(id)?.[property?.pointer ?? ""]).toBe(true);
        const shown = edited(hidden, (draft) => setVisibility(draft, id, { on, isHidden: false }));
        expect(shown.nodes.get(id)?.[property?.pointer ?? ""]).toBe(false);
        tally.count("hidden");
      }
    });
  });
});

function keysAt(snapshot: Snapshot, id: string, places: readonly string[]): readonly string[] {
  const keys = Object.keys(snapshot.nodes.get(id) ?? {});
  return keys.filter((key) => places.some((place) => key === place || key.startsWith(`${place}/`)));
}

const button = (properties: NodeData): Snapshot =>
  snapshotOf([
    ["row", { type: "row", pos: [rootId, "a0"] }],
    ["column", { type: "column", pos: ["row", "a0"], "/grid-columns": 12 }],
    [
      "button",
      { type: "module", pos: ["column", "a0"], "/type": "mailup-bee-newsletter-modules-button", ...properties },
    ],
  ]);

function propertiesAfter(properties: NodeData, edit: (draft: Draft) => void): NodeData {
  const { type: _, pos: __, "/type": ___, ...rest } = edited(button(properties), edit).nodes.get("button") ?? {};
  return rest;
}

const style = "/descriptor/button/style";

test("numbers become pixels, and another spelling of what is there changes nothing", () => {
  const set = (draft: Draft, value: Json) => setStyle(draft, "button", { property: "borderRadius", value });
  expect(propertiesAfter({}, (draft) => set(draft, 12))).toEqual({ [`${style}/border-radius`]: "12px" });
  const said: readonly [Value, Json][] = [
    [4, "4px"],
    ["4px", 4],
    ["4", "4px"],
  ];
  for (const [there, value] of said)
    expect(propertiesAfter({ [`${style}/border-radius`]: there }, (draft) => set(draft, value))).toEqual({
      [`${style}/border-radius`]: there,
    });
});

test("all sides of a box are set at once, and the short form that some files have gives way", () => {
  const set = (draft: Draft) => setStyle(draft, "button", { property: "border", value: "1px solid red" });
  const sides = ["top", "right", "bottom", "left"].map((side) => [`${style}/border-${side}`, "1px solid red"]);
  expect(propertiesAfter({ [`${style}/border`]: "3px solid blue" }, set)).toEqual(Object.fromEntries(sides));
  const reset = (draft: Draft) => {
    set(draft);
    resetStyle(draft, "button", { property: "border" });
  };
  expect(propertiesAfter({ [`${style}/border`]: "3px solid blue" }, reset)).toEqual({});
});

test.each<[string, Value]>([
  ["an empty list", []],
  ["an empty object", {}],
  ["an empty text", ""],
  ["null", null],
])("%s in place of the mobile styles gives way, and comes back", (_name, empty) => {
  const base = button({ "/descriptor/mobileStyle": empty });
  const setting = { property: "fontSize", device: "mobile" } as const;
  const set = edited(base, (draft) => setStyle(draft, "button", { ...setting, value: 20 }));
  expect(leavesOf(set).get("/page/rows/0/columns/0/modules/0/descriptor/mobileStyle/font-size")).toBe("20px");
  const reset = edited(set, (draft) => resetStyle(draft, "button", setting));
  expect(exportPage(reset, { codec: htmlCodec })).toEqual(exportPage(base, { codec: htmlCodec }));
});

test("a value in place of an object is not lost: the style is refused", () => {
  const draft = new Draft(button({ "/descriptor/mobileStyle": ["own"] }));
  expect(() => setStyle(draft, "button", { property: "fontSize", value: 20, device: "mobile" })).toThrow(
    expect.objectContaining({
      code: "INVALID_CHANGE",
      data: { elementId: "button", pointer: "/descriptor/mobileStyle" },
    }),
  );
});

test("a mobile style that is taken back leaves the one for all screens, and the other way round", () => {
  const both = { [`${style}/font-size`]: "16px", "/descriptor/mobileStyle/font-size": "20px" };
  const reset = (device: StyleDevice) => (draft: Draft) =>
    resetStyle(draft, "button", { property: "fontSize", device });
  expect(propertiesAfter(both, reset("mobile"))).toEqual({ [`${style}/font-size`]: "16px" });
  expect(propertiesAfter(both, reset("all"))).toEqual({ "/descriptor/mobileStyle/font-size": "20px" });
});

test("flags at other places give way to the one that counts", () => {
  const strays = {
    "/descriptor/style/hideContentOnMobile": true,
    "/descriptor/button/computedStyle/hideContentOnMobile": true,
  };
  const show = (draft: Draft) => setVisibility(draft, "button", { on: "mobile", isHidden: false });
  expect(propertiesAfter(strays, show)).toEqual({ "/descriptor/computedStyle/hideContentOnMobile": false });
  expect(propertiesAfter({}, show)).toEqual({});
});

test("taking a style back empties every place that says it, and no other that is called alike", () => {
  const there = {
    "/descriptor/hoverStyle/color": "#fff",
    "/descriptor/button/hoverStyle/color": "#000",
    "/descriptor/hoverStyle/colorful": "own",
  };
  const reset = (draft: Draft) => resetStyle(draft, "button", { property: "hoverColor" });
  expect(propertiesAfter(there, reset)).toEqual({ "/descriptor/hoverStyle/colorful": "own" });
});

test("an object in place of a value gives way to the value", () => {
  const set = (draft: Draft) => setStyle(draft, "button", { property: "width", value: "50%" });
  expect(propertiesAfter({ [`${style}/width/desktop`]: "40%", [`${style}/width/mobile`]: "9px" }, set)).toEqual({
    [`${style}/width`]: "50%",
  });
});

test("a picture's class keeps its other words", () => {
  const key = "/descriptor/computedStyle/class";
  const image = { "/type": "mailup-bee-newsletter-modules-image", [key]: "center autowidth big" };
  const classAfter = (edit: (draft: Draft) => void) => edited(button(image), edit).nodes.get("button")?.[key];
  expect(classAfter((draft) => setStyle(draft, "button", { property: "align", value: "left" }))).toBe(
    "left autowidth big",
  );
  expect(classAfter((draft) => resetStyle(draft, "button", { property: "align" }))).toBe("autowidth big");
  const fill = (value: boolean) => (draft: Draft) =>
    setStyle(draft, "button", { property: "fullWidthOnMobile", value });
  expect(classAfter(fill(true))).toBe("center autowidth big fullwidthOnMobile");
  expect(classAfter(fill(false))).toBe("center autowidth big");
});

test.each<[string, (draft: Draft) => void, string]>([
  [
    "a value that does not fit",
    (draft) => setStyle(draft, "button", { property: "color", value: "red; x" }),
    "It has to be a colour, like #1a2b3c or transparent.",
  ],
  [
    "a size out of bounds",
    (draft) => setStyle(draft, "button", { property: "paddingTop", value: 301 }),
    "It has to be pixels from 0 to 300.",
  ],
  [
    "a side of many that does not fit",
    (draft) => setStyle(draft, "button", { property: "border", value: "thick" }),
    "It has to be a line",
  ],
  [
    "a style it has not",
    (draft) => setStyle(draft, "button", { property: "height", value: 1 }),
    "Button button has no height. It has: color, fontFamily",
  ],
  [
    "content",
    (draft) => setStyle(draft, "button", { property: "href", value: "/" }),
    "href of Button button is no style. It has: color",
  ],
  [
    "a style that is the same on all screens",
    (draft) => setStyle(draft, "button", { property: "color", value: "red", device: "mobile" }),
    "color is the same on all screens.",
  ],
  [
    "resetting content",
    (draft) => resetStyle(draft, "button", { property: "text" }),
    "text of Button button is no style.",
  ],
  [
    "hiding the settings",
    (draft) => setVisibility(draft, settingsId, { on: "mobile", isHidden: true }),
    "Email settings has no hideOnMobile.",
  ],
])("%s is refused with what to do", (_name, edit, message) => {
  const draft = new Draft(button({}));
  expect(() => edit(draft)).toThrow(
    expect.objectContaining({ code: "INVALID_CHANGE", message: expect.stringContaining(message) }),
  );
  expect(draft.changeSet()).toEqual({});
});

test("an element that is gone is not found", () => {
  expect(() => setStyle(new Draft(emptySnapshot), "gone", { property: "color", value: "red" })).toThrow(
    expect.objectContaining({ code: "ELEMENT_NOT_FOUND" }),
  );
});
