import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type Json, type NodeData, type Snapshot, snapshotOf, type Value } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { forEachSeed, type Random } from "@waggle/testing";
import { expect, test } from "vitest";
import everyModule from "./fixtures/every-module.test.json" with { type: "json" };
import { pageSnapshot } from "./fixtures/page-snapshot.test.support.ts";
import { everyLayout, everyRichModule, rightToLeft } from "./fixtures/rich-pages.test.support.ts";
import { renderHtml } from "./html/render-html.ts";
import { faultsOf } from "./html/well-formed.test.support.ts";
import { pageOf } from "./page.ts";
import { RowRenderer, rowIdsOf } from "./row.ts";
import { renderPlainText } from "./text/render-plain-text.ts";

const corpus = new URL("../../../../shared/corpus/pages/", import.meta.url);
const { sanitise } = htmlCodec;

test("real pages render, well-formed and complete", ({ skip }) => {
  skip(!existsSync(corpus), "no corpus beside this repository");
  const faults = corpusPages().map(([name, page]) => [name, faultsOf(withoutConditions(page))]);
  expect(faults.length).toBeGreaterThan(10);
  expect(faults).toEqual(faults.map(([name]) => [name, []]));
});

test("no value in a module, column, row or setting makes rendering throw", () => {
  const own = [everyModule, everyRichModule(), everyLayout(), rightToLeft()].map((page) => pageSnapshot(page));
  const pages = [...own, ...(existsSync(corpus) ? corpusPages().map(([, page]) => page) : [])];
  forEachSeed({ count: 300, atLeast: { damages: 10 } }, (random, tally) => {
    const { snapshot, changes } = damaged(random.pick(pages), random);
    tally.count("damages", changes);
    const kind = random.pick(["message", "page", "popup"] as const);
    const html = renderHtml(snapshot, { sanitise, kind, language: random.pick(["es-ES", "ar", "de"]) });
    expect(renderPlainText(snapshot, { sanitise })).not.toMatch(/\bNaN\b|\[object /);
    expect(html.match(/.{60}(\bundefined\b|\bNaN\b|\[object |(href|src)="javascript:).{20}/)?.[0]).toBe(undefined);
    expect(faultsOf(html)).toEqual([]);
    const page = pageOf(snapshot);
    for (const id of rowIdsOf(snapshot)) new RowRenderer().row(snapshot, id, { page, mode: "edit" });
  });
});

function corpusPages(): (readonly [name: string, page: Snapshot])[] {
  const files = readdirSync(corpus).filter((name) => name.endsWith(".json"));
  return files.map((name) => [name, pageSnapshot(JSON.parse(readFileSync(new URL(name, corpus), "utf8")))]);
}

/** Display conditions and head tags are the author's raw text: they may be anything, and are not what is tested. */
function isRaw(key: string): boolean {
  return /display-?condition|customTags/i.test(key);
}

function withoutConditions(page: Snapshot): string {
  const nodes = [...page.nodes.entries()].map(([id, node]): [string, NodeData] => [
    id,
    Object.fromEntries(Object.entries(node).filter(([key]) => !isRaw(key))),
  ]);
  return renderHtml(snapshotOf(nodes), { sanitise });
}

interface Damage {
  readonly snapshot: Snapshot;
  readonly changes: number;
}

/** The page with some values of each element replaced, removed, or put in places where an object was. */
function damaged(page: Snapshot, random: Random): Damage {
  let changes = 0;
  const damage = ([key, value]: [string, Value]): [string, Value][] => {
    if (isRaw(key)) return [];
    if (key === "type" || key === "pos" || key === "/uuid" || random.chance(0.8)) return [[key, value]];
    changes += 1;
    const kind = random.weighted({ replace: 6, remove: 2, shorten: 1, lengthen: 1 });
    const written = { replace: key, shorten: key.slice(0, key.lastIndexOf("/")) || key, lengthen: `${key}/x` };
    return kind === "remove" ? [] : [[written[kind], oddValue(random)]];
  };
  const nodes = [...page.nodes.entries()].map(([id, node]): [string, NodeData] => [
    id,
    Object.fromEntries(Object.entries(node).flatMap(damage)),
  ]);
  return { snapshot: snapshotOf(nodes), changes };
}

const oddities: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1e21,
  12.5,
  "",
  " ",
  "10",
  "10px",
  "-5px",
  "150%",
  "auto",
  "0 solid transparent",
  "0px none #fff",
  "-webkit-center",
  "#zzz",
  "red;}body{display:none",
  "</style><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "{{ a < b }}",
  "url(",
  "'",
  "__proto__",
  "ünïcödé 🐝",
  "<p>text",
  "</td></tr></table>",
  [],
  {},
  [null],
  [[]],
  [{}],
  [{ text: {}, link: [], image: 7, cells: {}, src: null, href: [] }],
  [{ cells: [{ html: 5 }, null, { html: "<b>x", style: { color: "red;x" } }] }],
];

const oddValue = (random: Random): Json => random.pick(oddities);
