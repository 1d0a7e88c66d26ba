import { expect, test } from "vitest";
import { closeError, isFinal } from "./close-error.ts";

test("[SYN-6] a code the SDK has no words for is told in the server's", () => {
  const reason = "INVALID_INPUT: The server is of another version: load the page again.";
  const { code, message } = closeError({ code: 4400, reason });

  expect([code, message]).toEqual(["INVALID_INPUT", "The server is of another version: load the page again."]);
});

test("[SYN-6] without a code it is told by the close code, without either as a refusal", () => {
  expect(closeError({ code: 1009, reason: "" }).code).toBe("BODY_TOO_LARGE");
  expect(closeError({ code: 4404, reason: "something else" }).code).toBe("TEMPLATE_NOT_FOUND");
  expect(closeError({ code: 4499, reason: "NOBODY_KNOWS: this" })).toMatchObject({
    code: "SESSION_REFUSED",
    message: expect.stringMatching(/Check the token/),
  });
});

test("[SES-22] what would happen again with the next connection is final, what a server does for a while is not", () => {
  expect([1008, 1009, 4400, 4499].filter((code) => !isFinal({ code }))).toEqual([]);
  expect([1000, 1001, 1002, 1006, 1011, 1012, 1013, 4500].filter((code) => isFinal({ code }))).toEqual([]);
});
