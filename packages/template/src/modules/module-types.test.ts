import { expect, test } from "vitest";
import { applyChange, emptySnapshot } from "../document/snapshot.ts";
import { isRichText } from "../document/value.ts";
import { htmlCodec } from "../html/index.ts";
import { exportPage } from "../page-json/export-page.ts";
import { importPage } from "../page-json/import-page.ts";
import { isTextKey, type ModuleType, textKeyOf, textKeysOf } from "./module-types.ts";

test.each<[type: ModuleType, key: string, isText: boolean]>([
  ["list", "/descriptor/list/html", true],
  ["list", "/descriptor/list/translations/fr-FR/html", true],
  ["button", "/descriptor/button/translations/fr/label", true],
  ["heading", "/descriptor/heading/translations/fr/text", true],
  ["table", "/descriptor/table/content", true],
  ["table", "/descriptor/table/content/rows", false],
  ["image", "/descriptor/image/translations/fr/alt", false],
  ["paragraph", "/descriptor/paragraph/translations/fr/href", false],
  ["paragraph", "/descriptor/paragraph/translations/fr/deeper/html", false],
  ["paragraph", "/descriptor/list/html", false],
  ["html", "/descriptor/html/html", false],
])("in a %s, %s is a text: %j", (type, key, isText) => {
  expect(isTextKey(type, key)).toBe(isText);
});

test("all texts of an element are rich text after an import, the main one first, and are exported as they came", () => {
  const translations = { "fr-FR": { html: "<ul><li>Lit</li></ul>" }, "ar/SA": { html: "" }, de: { html: 5 } };
  const list = { translations, html: "<ul><li>Bed</li></ul>" };
  const module = { type: "mailup-bee-newsletter-modules-list", uuid: "l", descriptor: { list } };
  const page = { page: { rows: [{ uuid: "r", columns: [{ "grid-columns": 12, modules: [module], uuid: "c" }] }] } };
  const snapshot = applyChange(emptySnapshot, importPage(page, { newId: () => "new", codec: htmlCodec }));
  const node = snapshot.nodes.get("l") ?? {};
  expect(textKeyOf(node)).toBe("/descriptor/list/html");
  expect(textKeysOf(node)).toEqual([
    "/descriptor/list/html",
    "/descriptor/list/translations/fr-FR/html",
    "/descriptor/list/translations/ar~1SA/html",
    "/descriptor/list/translations/de/html",
  ]);
  expect(textKeysOf(node).map((key) => isRichText(node[key]))).toEqual([true, true, true, false]);
  expect(JSON.stringify(exportPage(snapshot, { codec: htmlCodec }))).toBe(JSON.stringify(page));
});
