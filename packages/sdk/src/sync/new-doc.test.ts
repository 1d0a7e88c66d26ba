import { expect, test } from "vitest";
import { newDoc } from "./new-doc.ts";

test("[SYN-7] a document's client id is above every server's, which are small", () => {
  const ids = Array.from({ length: 200 }, () => {
    const doc = newDoc();
    doc.destroy();
    return doc.clientID;
  });

  expect(Math.min(...ids)).toBeGreaterThanOrEqual(2 ** 20);
  expect(new Set(ids).size).toBe(ids.length);
});
