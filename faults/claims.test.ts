import { expect, test } from "vitest";
import { Claim, Ledger, readValues } from "./claims.ts";

const thing = { kind: "title", templateId: "tpl_a", key: "title-1" } as const;

const page = (text: string | undefined) => ({
  page: {
    rows: [
      { columns: [{ modules: text === undefined ? [] : [{ uuid: "title-1", descriptor: { heading: { text } } }] }] },
    ],
  },
});

test("what was confirmed, or written after it, may stand there; nothing else may", () => {
  const claim = new Claim(thing);
  claim.confirm(claim.attempt("one"));
  claim.confirm(claim.attempt("two"));
  claim.attempt("three");
  expect(["one", "two", "three", "four", undefined].map((value) => claim.allows(value))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
});

test("what was never confirmed may be missing, and a confirmed deletion has to be one", () => {
  const claim = new Claim(thing);
  const added = claim.attempt("one");
  expect([claim.allows(undefined), claim.allows("one")]).toEqual([true, true]);
  claim.confirm(added);
  claim.confirm(claim.attempt(undefined));
  expect([claim.allows(undefined), claim.allows("one")]).toEqual([true, false]);
});

test("a refused write is as if it had not been tried", () => {
  const claim = new Claim(thing);
  claim.confirm(claim.attempt("one"));
  claim.attempt("two");
  claim.withdraw();
  expect([claim.allows("one"), claim.allows("two")]).toEqual([true, false]);
});

test("losses are said in words, for the template they are in", () => {
  const ledger = new Ledger();
  const claim = ledger.claim(thing);
  claim.confirm(claim.attempt("one"));
  expect(ledger.losses("tpl_a", page("one"))).toEqual([]);
  expect(ledger.losses("tpl_b", page(undefined))).toEqual([]);
  expect(ledger.losses("tpl_a", page(undefined))).toEqual(["title title-1 of tpl_a has to be one, and is not there"]);
});

test("values are read without the markup around them", () => {
  const button = { uuid: "button-1", descriptor: { button: { label: "<div><p>Buy</p></div>" } } };
  const image = { uuid: "image-1", descriptor: { image: { alt: "A train" } } };
  const json = { page: { head: { meta: { subject: "Hi" } }, rows: [{ columns: [{ modules: [button, image] }] }] } };
  expect([...readValues(json)]).toEqual([
    ["subject", "Hi"],
    ["button-1", "Buy"],
    ["image-1", "A train"],
  ]);
});
