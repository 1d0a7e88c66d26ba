import { existsSync, readdirSync, readFileSync } from "node:fs";
import { WaggleError } from "@waggle/contract";
import { Translator } from "@waggle/render";
import { type Json, type NodeData, type Snapshot, snapshotOf as snapshotOfNodes, type Value } from "@waggle/template";
import { forEachSeed, mutateJson, type Random, randomPage } from "@waggle/testing";
import { expect, test } from "vitest";
import { checkAnswer } from "./answer.ts";
import { button, image, module, paragraph, snapshotOf, template, title } from "./fixtures/template.test.support.ts";
import { addressesToFetch, checksFor, runChecks } from "./run-checks.ts";

const corpus = new URL("../../../../shared/corpus/pages/", import.meta.url);

const pages: readonly Snapshot[] = existsSync(corpus)
  ? readdirSync(corpus).map((name) => snapshotOf(JSON.parse(readFileSync(new URL(name, corpus), "utf8"))))
  : [];

const own = template({
  modules: [
    title("Hello"),
    paragraph('<p>Text <a href="https://e.com" style="color:#ff0000">link</a></p>'),
    image({ alt: "", translations: { it: { alt: "x" } } }),
    button({}, { "background-color": "rgba(0,0,0,.5)" }),
    module("icons", { iconsList: { icons: [{ image: "https://e.com/a.png", text: "x" }] } }),
    module("social", { iconsList: { icons: [{ name: "x", image: { src: "https://e.com/a.png", href: "" } }] } }),
    module("menu", { menuItemsList: { items: [{ text: "x", link: { href: "" } }] } }),
    module("table", {
      table: { content: { headers: [{ cells: [{ html: "x" }] }], rows: [{ cells: [{ html: "<b>x" }] }] } },
    }),
    module("list", { list: { html: "<ul><li>x</ul>" } }),
    module("html", { html: { html: '<h1 style="font-size:9px">x' } }),
  ],
});

test("real pages are checked, and each finding says what is wrong and what to do", ({ skip }) => {
  skip(pages.length === 0, "no corpus beside this repository");
  const findings = pages.flatMap((page) => runChecks(page, { medium: "message" }).flatMap((report) => report.findings));
  expect(findings.length).toBeGreaterThan(50);
  for (const { message, fix, element } of findings) {
    expect(`${message} ${fix}`).not.toMatch(/undefined|NaN|\[object/);
    expect(message.length).toBeGreaterThan(20);
    expect(element === undefined || element.label !== "").toBe(true);
  }
});

test("no value in a template makes a check throw, and answers stay JSON", () => {
  forEachSeed({ count: 100, atLeast: { damages: 8, findings: 3 } }, (random, tally) => {
    const { snapshot, changes } = damaged(random.pick([own, own, ...pages]), random);
    tally.count("damages", changes);
    for (const medium of ["message", "page", "row"] as const) {
      const ports = random.chance(0.5) ? { html: () => "x" } : {};
      const reports = runChecks(snapshot, {
        medium,
        categories: checksFor(medium),
        ports,
        ...(medium === "page" && isTranslated(snapshot) && { language: "it" }),
      });
      const answer = checkAnswer(reports, { language: "default", now: 0 });
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
      tally.count("findings", answer.checksFailedCount);
    }
    addressesToFetch(snapshot);
  });
});

test("page JSON with faults of any kind is checked, or refused by the import", () => {
  forEachSeed({ count: 100, atLeast: { checked: 0.3, findings: 2 } }, (random, tally) => {
    const page = imported(mutateJson(random, randomPage(random, { rows: 4 })));
    if (!page) return;
    tally.count("checked");
    const reports = runChecks(page, { medium: "message" });
    tally.count("findings", reports.flatMap(({ findings }) => findings).length);
  });
});

function imported(json: unknown): Snapshot | undefined {
  try {
    return snapshotOf(json);
  } catch (error) {
    if (error instanceof WaggleError && error.code === "INVALID_TEMPLATE") return undefined;
    throw error;
  }
}

test("elements in circles or below nothing do not hang a check", () => {
  const nodes: [string, NodeData][] = [
    ["r", { type: "row", pos: ["m", "a"] }],
    ["m", { type: "module", pos: ["r", "a"], "/type": "mailup-bee-newsletter-modules-image" }],
    ["row", { type: "row", pos: ["root", "a"] }],
    ["column", { type: "column", pos: ["row", "a"] }],
    ["inner", { type: "column", pos: ["inner", "a"] }],
    [
      "image",
      {
        type: "module",
        pos: ["column", "a"],
        "/type": "mailup-bee-newsletter-modules-image",
        "/descriptor/image/src": "x",
      },
    ],
  ];
  const [alt] = runChecks(snapshotOfNodes(nodes), { medium: "message" });
  expect(alt?.findings.map(({ element }) => element?.id)).toEqual(["image"]);
});

function isTranslated(snapshot: Snapshot): boolean {
  return new Translator("it").snapshot(snapshot) !== snapshot;
}

interface Damage {
  readonly snapshot: Snapshot;
  readonly changes: number;
}

/** The page with some values of each element replaced, removed, or put where an object was. */
function damaged(page: Snapshot, random: Random): Damage {
  let changes = 0;
  const damage = ([key, value]: [string, Value]): [string, Value][] => {
    if (key === "type" || key === "pos" || random.chance(0.8)) return [[key, value]];
    changes += 1;
    const kind = random.weighted({ replace: 6, remove: 1, shorten: 1, lengthen: 1 });
    const written = { replace: key, shorten: key.slice(0, key.lastIndexOf("/")) || key, lengthen: `${key}/x` };
    return kind === "remove" ? [] : [[written[kind], random.pick(oddities)]];
  };
  const nodes = [...page.nodes.entries()].map(([id, node]): [string, NodeData] => [
    id,
    Object.fromEntries(Object.entries(node).flatMap(damage)),
  ]);
  return { snapshot: snapshotOfNodes(nodes), changes };
}

const oddities: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e21,
  "",
  "10",
  "150%",
  "1e9em",
  "#zzz",
  "rgb(300 -5 none / 9)",
  "color(display-p3 1 2 3)",
  "url(",
  "linear-gradient(red, blue)",
  "red;}body{display:none",
  "javascript:alert(1)",
  "data:image/png;base64,%%%",
  "data:,",
  "http://[::1",
  "http://",
  "{{ a < b }}",
  "{{",
  "__proto__",
  "ünïcödé 🐝 \ud800",
  "<p>text",
  '<a href="http://e.com"><h1><img src="data:,x" alt>',
  "</td></tr></table>",
  '<font size=99 color=>x</font><p style="font-size:;color:;background:url()">x',
  [],
  {},
  [null],
  [[]],
  [{}],
  [{ text: {}, link: [], image: 7, cells: {}, src: null, href: [], translations: 5 }],
  [{ cells: [{ html: 5 }, null], translations: { it: null, x: [] } }],
];
