import { expect, test } from "vitest";
import { defaultConfig, readConfig } from "./config.ts";

test("without variables the server is for this machine only, on port 8787", () => {
  expect(readConfig({})).toStrictEqual(defaultConfig);
  expect(defaultConfig).toMatchObject({ host: "127.0.0.1", port: 8787, dataFolder: ".waggle", origins: [] });
});

test("every variable is read, and an empty one counts as unset", () => {
  const config = readConfig({
    PORT: "0",
    WAGGLE_HOST: "0.0.0.0",
    WAGGLE_DATA: "/var/lib/waggle",
    WAGGLE_API_KEY: "wgl_key",
    WAGGLE_CLIENT_ID: "acme",
    WAGGLE_CLIENT_SECRET: "secret",
    WAGGLE_PUBLIC_URL: "https://waggle.example.com",
    WAGGLE_ORIGINS: "https://app.example.com, http://localhost:3000/",
    WAGGLE_TOKEN_SECONDS: "900",
    WAGGLE_SEATS: "5",
    WAGGLE_MCP_SESSIONS: "50",
    WAGGLE_LINK_CHECKS: "on",
    WAGGLE_TOOL_PREFIX: "mail_",
    WAGGLE_EXTRA_TOOLS: "on",
    WAGGLE_PEXELS_KEY: "pexels-key",
    WAGGLE_PEXELS_URL: "https://pexels.example.com",
    CHROME_PATH: "/opt/chrome",
    WAGGLE_POLICIES:
      '{"default": {"access": "no-structure"}, "desk": {"apiKey": "wgl_0123456789ab", "tools": ["add_title"]}}',
    WAGGLE_LOG: "",
    DATABASE_URL: "",
  });
  expect(config).toStrictEqual({
    port: 0,
    host: "0.0.0.0",
    dataFolder: "/var/lib/waggle",
    apiKey: "wgl_key",
    clientId: "acme",
    clientSecret: "secret",
    publicUrl: new URL("https://waggle.example.com"),
    origins: ["https://app.example.com", "http://localhost:3000"],
    logLevel: "warn",
    mayFollowLinks: true,
    tokenSeconds: 900,
    seats: 5,
    mcpSessions: 50,
    toolPrefix: "mail_",
    extraTools: true,
    pexelsKey: "pexels-key",
    pexelsUrl: new URL("https://pexels.example.com"),
    chromePath: "/opt/chrome",
    policies: {
      default: { policy: { access: "no-structure" } },
      desk: { apiKey: "wgl_0123456789ab", policy: { tools: ["add_title"] } },
    },
  });
});

test("[POL-3] none is no prefix", () => {
  expect(readConfig({ WAGGLE_TOOL_PREFIX: "none" }).toolPrefix).toBe("");
});

test.each([
  ["{", /it is none/],
  ["[]", /it is none/],
  ['{"default": {"access": "all"}}', /default\.access: /],
  ['{"default": {"acess": "full"}}', /default: .*acess/],
  ['{"default": {"apiKey": "wgl_secret_0123456789"}}', /default has no apiKey of its own/],
  ['{"desk": {"access": "text-only"}}', /desk needs an apiKey/],
  ['{"desk": {"apiKey": "wgl_secret"}}', /desk\.apiKey: has to have 16 characters/],
  ['{"a": {"apiKey": "wgl_secret_0123456789"}, "b": {"apiKey": "wgl_secret_0123456789"}}', /two entries have the same/],
  ['{"a b": {"apiKey": "wgl_secret_0123456789"}}', /names of keys have letters/],
])("[POL-6] %s is refused without a word of its keys", (json, says) => {
  const read = () => readConfig({ WAGGLE_POLICIES: json });
  expect(read).toThrow(says);
  expect(read).toThrow(/^WAGGLE_POLICIES has to be JSON such as /);
  expect(read).not.toThrow(/secret/);
});

test("a star among the origins means any", () => {
  expect(readConfig({ WAGGLE_ORIGINS: "*" }).origins).toBe("any");
});

test("HOST is not read: shells set it to the machine's name", () => {
  expect(readConfig({ HOST: "0.0.0.0" }).host).toBe("127.0.0.1");
});

const wrong: readonly [variables: Record<string, string>, says: RegExp][] = [
  [{ PORT: "http" }, /^PORT has to be a whole number from 0 to 65535\.$/],
  [{ PORT: "70000" }, /^PORT has to be 65535 or less\.$/],
  [{ PORT: "1.5" }, /^PORT has to be a whole number/],
  [{ WAGGLE_HOST: "not a host" }, /^WAGGLE_HOST has to be an IP address/],
  [{ WAGGLE_API_KEY: "wgl key" }, /^WAGGLE_API_KEY has to be a key without spaces\.$/],
  [{ WAGGLE_CLIENT_ID: "ac/me" }, /^WAGGLE_CLIENT_ID has to be 1 to 64 letters/],
  [{ WAGGLE_PUBLIC_URL: "waggle.example.com" }, /^WAGGLE_PUBLIC_URL has to be an http or https address/],
  [{ WAGGLE_PUBLIC_URL: "https://example.com/waggle" }, /^WAGGLE_PUBLIC_URL has to be an address without a path\.$/],
  [{ WAGGLE_ORIGINS: "https://a.example,b.example" }, /^WAGGLE_ORIGINS has to be \* or a comma list .* b\.example/],
  [{ WAGGLE_ORIGINS: "https://a.example/path" }, /^WAGGLE_ORIGINS/],
  [{ WAGGLE_TOKEN_SECONDS: "1" }, /^WAGGLE_TOKEN_SECONDS has to be a whole number of seconds from 5 to 86400\.$/],
  [{ WAGGLE_TOKEN_SECONDS: "an hour" }, /^WAGGLE_TOKEN_SECONDS has to be a whole number of seconds/],
  [{ WAGGLE_MCP_SESSIONS: "0" }, /^WAGGLE_MCP_SESSIONS has to be a whole number from 1 to 1000000\.$/],
  [{ WAGGLE_LINK_CHECKS: "yes" }, /^WAGGLE_LINK_CHECKS has to be on or off\.$/],
  [{ WAGGLE_SEATS: "0" }, /^WAGGLE_SEATS has to be a whole number of people from 1 to 1000\.$/],
  [{ WAGGLE_LOG: "loud" }, /^WAGGLE_LOG has to be one of silent, .*warn/],
  [{ DATABASE_URL: "postgres://db" }, /^DATABASE_URL is set, but PostgreSQL is not supported yet\. Unset it/],
];

test.each(wrong)("%o is refused by name, with what is allowed", (variables, says) => {
  expect(() => readConfig(variables)).toThrow(says);
});

test("all that is wrong is told at once, and no secret is repeated", () => {
  const read = () => readConfig({ PORT: "x", WAGGLE_CLIENT_SECRET: "my secret", WAGGLE_LOG: "x" });
  expect(read).toThrow(/PORT.*\nWAGGLE_CLIENT_SECRET.*\nWAGGLE_LOG/);
  expect(read).not.toThrow(/my secret/);
});
