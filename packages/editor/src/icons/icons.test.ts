import { moduleTypes } from "@waggle/template";
import { expect, test } from "vitest";
import sheet from "./icons.svg?raw";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const named = /(?:<Icon name=|icon=|icon: |sign: )"([a-z-]+)"/g;

test("every icon that is named is in the sheet, and nothing else is", () => {
  const inSheet = new Set([...sheet.matchAll(/<symbol id="i-([a-z-]+)"/g)].map(([, name]) => name));
  const inSources = Object.values(sources).flatMap((source) => [...source.matchAll(named)].map(([, name]) => name));
  const ofModules = Object.values(moduleTypes).map(({ icon }) => icon);
  const chosenInCode = [
    "chevron-down",
    "chevron-right",
    "check",
    "copy",
    "warn",
    "rows",
    "layers",
    "check-circle",
    "clock",
    "users",
    "file",
  ];
  const alignments = ["align-left", "align-center", "align-right"];

  const used = new Set([...inSources, ...ofModules, ...chosenInCode, ...alignments]);

  expect(inSources.length).toBeGreaterThan(10);
  expect([...used].filter((name) => !inSheet.has(name))).toEqual([]);
  expect([...inSheet].filter((name) => !used.has(name))).toEqual([]);
});
