import { expect, test } from "vitest";
import { type AgentAccess, headersOf, type SetUpName, setUps } from "./set-ups.ts";

const access: AgentAccess = {
  mcpUrl: "https://waggle.example.com/v2/sdk/mcp",
  templateId: "tpl_7Qm2vX9c",
  userHandle: "maya",
};
const names: readonly SetUpName[] = ["command", "json", "typescript", "python"];

test.each(names)("the %s set-up names the address, the template, the handle and where the key comes from", (name) => {
  const text = setUps[name](access);
  for (const part of [access.mcpUrl, "tpl_7Qm2vX9c", "maya", "WAGGLE_API_KEY", "Authorization"]) {
    expect(text).toContain(part);
  }
});

test("the JSON set-up is JSON", () => {
  expect(JSON.parse(setUps.json(access))).toEqual({
    mcpServers: {
      waggle: {
        type: "http",
        url: access.mcpUrl,
        headers: {
          Authorization: "Bearer $" + "{WAGGLE_API_KEY}",
          "x-bee-template-id": "tpl_7Qm2vX9c",
          "x-bee-user-handle": "maya",
        },
      },
    },
  });
});

test("what a host chose as a handle cannot leave its quotes in a shell", () => {
  const text = setUps.command({ ...access, userHandle: 'a"$(rm)`x`\\' });
  expect(text).toContain('--header "x-bee-user-handle: a\\"\\$(rm)\\`x\\`\\\\"');
});

test("without a handle there is no header for it", () => {
  expect(headersOf({ ...access, userHandle: undefined }).map(([name]) => name)).toEqual([
    "Authorization",
    "x-bee-template-id",
  ]);
});
