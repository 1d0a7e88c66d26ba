import { expect, test } from "vitest";
import { safeUrl } from "./url.ts";

test.each([
  "https://example.com/?a=1&b=2",
  "mailto:maya@example.com",
  "tel:+49123",
  "/host/page",
  "#top",
  "www.example.com",
  "{{ unsubscribe_url }}",
  "[unsubscribe]",
  "*|UNSUB|*",
  "http://[unsubscribe]/",
])("%s may be followed", (url) => {
  expect(safeUrl(url)).toBe(url);
});

test.each([
  "javascript:alert(1)",
  " JaVaScRiPt:alert(1)",
  "java\nscript:alert(1)",
  "java\u0000script:alert(1)",
  "\u0001javascript:alert(1)",
  "vbscript:x",
  "data:text/html,<script>alert(1)</script>",
  "file:///etc/passwd",
  "blob:https://example.com/1",
])("%j may not be followed", (url) => {
  expect(safeUrl(url)).toBeUndefined();
});

test("what is no text is no address", () => {
  expect([undefined, null, 7, {}, ["https://example.com"]].map((value) => safeUrl(value))).toEqual(
    Array(5).fill(undefined),
  );
});

test("pictures may be embedded, pages may not", () => {
  const picture = "data:image/png;base64,AAAA";
  expect([safeUrl(picture, { isPicture: true }), safeUrl(picture)]).toEqual([picture, undefined]);
  expect(safeUrl("data:text/html,x", { isPicture: true })).toBeUndefined();
});
