import { WaggleError } from "@waggle/contract";
import { expect, test } from "vitest";
import { describeError } from "./log.ts";

test("an error is told with its causes, but not with the data it carries", () => {
  const cause = Object.assign(new Error("EIO"), { code: "EIO", path: "/template content" });
  const error = new WaggleError("NOT_SAVED", { message: "Not saved.", data: { html: "<p>Hello Ann</p>" }, cause });
  const told = describeError(error);
  expect(told).toMatchObject({ type: "WaggleError", code: "NOT_SAVED", cause: { code: "EIO", message: "EIO" } });
  expect(JSON.stringify(told)).not.toMatch(/Hello Ann|template content/);
});

test("whatever is thrown can be told, even a circle of causes", () => {
  const circle = new Error("round");
  circle.cause = circle;
  expect(JSON.stringify(describeError(circle))).toContain("round");
  expect(JSON.stringify(describeError("text of a prompt"))).not.toContain("prompt");
});
