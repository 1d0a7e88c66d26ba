import { expect, test } from "vitest";
import { addressOf, agentCommand } from "./addresses.ts";

test("an address is one a person can type: localhost here, the public one where there is one", () => {
  expect(addressOf({ address: "127.0.0.1", port: 8787 })).toBe("http://localhost:8787");
  expect(addressOf({ address: "0.0.0.0", port: 80 })).toBe("http://localhost:80");
  expect(addressOf({ address: "192.168.1.5", port: 80 })).toBe("http://192.168.1.5:80");
  expect(addressOf({ address: "fe80::1", port: 80 })).toBe("http://[fe80::1]:80");
  const publicUrl = new URL("https://waggle.example.com/");
  expect(addressOf({ address: "127.0.0.1", port: 8787 }, publicUrl)).toBe("https://waggle.example.com");
});

test("the command for an agent can be pasted as it is", () => {
  expect(agentCommand({ address: "http://localhost:8787", apiKey: "wgl_k", templateId: "tpl_t" })).toBe(
    [
      "claude mcp add --transport http waggle http://localhost:8787/v2/sdk/mcp \\",
      '  --header "Authorization: Bearer wgl_k" \\',
      '  --header "x-bee-template-id: tpl_t"',
    ].join("\n"),
  );
});
