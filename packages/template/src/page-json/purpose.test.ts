import { forEachSeed, randomPage } from "@waggle/testing";
import { expect, test } from "vitest";
import type { Json } from "../document/value.ts";
import type { JsonObject } from "./pointer.ts";
import { emailToPage, pageToEmail } from "./purpose.ts";

const pageOf = (modules: Json, more: JsonObject = {}): JsonObject => ({
  page: { rows: [{ columns: [{ modules }] }], ...more },
});
const form = { uuid: "f", type: "mailup-bee-newsletter-modules-form" };
const text = { uuid: "t", type: "mailup-bee-newsletter-modules-paragraph" };

test("a form is no part of an e-mail; what is left out is listed", () => {
  const { template, leftOut } = pageToEmail(pageOf([text, form]));
  expect(template).toEqual(pageOf([text]));
  expect(leftOut).toEqual([
    {
      pointer: "/page/rows/0/columns/0/modules/1",
      elementId: "f",
      what: "Form",
      reason: "Mail clients don't send forms.",
    },
  ]);
});

test("title and description become subject and preheader where these are missing, and the other way round", () => {
  const page = pageOf([], {
    title: "Old title",
    head: { meta: { title: "Title", description: "Long", preheader: "Short" } },
  });
  expect(pageToEmail(page).template.page).toMatchObject({
    head: { meta: { title: "Title", subject: "Title", preheader: "Short" } },
  });
  expect(pageToEmail(pageOf([], { title: "Old title" })).template.page).toMatchObject({
    head: { meta: { subject: "Old title" } },
  });
  const email = pageOf([], { head: { meta: { subject: "Subject", title: " " } } });
  expect(emailToPage(email).template.page).toMatchObject({ head: { meta: { subject: "Subject", title: "Subject" } } });
});

test("everything else stays as it is, in any page", () => {
  forEachSeed({ count: 150, atLeast: { forms: 0.2 } }, (random, tally) => {
    const page = randomPage(random, { rows: 3 });
    const { template, leftOut } = pageToEmail(page);
    const withoutForms = JSON.stringify(page, (_key, value) => {
      return Array.isArray(value) ? value.filter((each) => each?.type !== form.type) : value;
    });
    const withoutHead = (json: JsonObject): string =>
      JSON.stringify({ ...json, page: { ...(json.page as object), head: 0 } });
    expect(withoutHead(template)).toBe(withoutHead(JSON.parse(withoutForms)));
    expect(JSON.stringify((emailToPage(page).template.page as JsonObject).rows)).toBe(
      JSON.stringify((page.page as JsonObject).rows),
    );
    tally.count("forms", leftOut.length);
  });
});

test.each<[unknown, string]>([
  [null, "/page"],
  [{ page: { rows: {} } }, "/page/rows"],
  [{ page: { rows: [1] } }, "/page/rows/0"],
  [{ page: { rows: [{ columns: [{ modules: [null] }] }] } }, "/page/rows/0/columns/0/modules/0"],
])("what is no page is refused with the place: %j", (json, pointer) => {
  expect(() => pageToEmail(json)).toThrow(expect.objectContaining({ code: "INVALID_TEMPLATE", data: { pointer } }));
});
