import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { raw, type Setting, withServer } from "./http-server.test.support.ts";
import { findEditorBuild } from "./plugin-files.ts";

async function buildPlugin({ folder }: Setting): Promise<void> {
  await mkdir(join(folder, "plugin", "deep"), { recursive: true });
  await writeFile(join(folder, "plugin", "editor.js"), "export {};");
  await writeFile(join(folder, "plugin", "text-B1u3_x-9.js"), "export const text = 1;");
  await writeFile(join(folder, "plugin", "deep", "inter.woff2"), "font");
  await writeFile(join(folder, "plugin", ".hidden"), "hidden");
}

test("the editor's files have their types, and only those named by content are kept for good", () =>
  withServer(async (setting) => {
    await buildPlugin(setting);
    const entry = await raw(setting, "/plugin/v2/editor.js");
    expect([entry.status, entry.text]).toStrictEqual([200, "export {};"]);
    expect(entry.headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-cache",
      "content-length": "10",
      "cross-origin-resource-policy": "cross-origin",
    });
    const unchanged = await raw(setting, "/plugin/v2/editor.js", {
      headers: { "if-none-match": String(entry.headers.etag) },
    });
    expect([unchanged.status, unchanged.text]).toStrictEqual([304, ""]);
    const chunk = await raw(setting, "/plugin/v2/text-B1u3_x-9.js");
    expect(chunk.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect((await raw(setting, "/plugin/v2/deep/inter.woff2")).headers["content-type"]).toBe("font/woff2");
    expect((await raw(setting, "/plugin/v2/editor.js", { method: "HEAD" })).text).toBe("");
  }));

test.each([
  ["br, gzip", "br", brotliDecompressSync],
  ["gzip, deflate", "gzip", gunzipSync],
  ["br;q=0, gzip;q=0.5", "gzip", gunzipSync],
] as const)("a script is sent as small as the browser takes it: %s", (accept, encoding, unpack) =>
  withServer(async (setting) => {
    await buildPlugin(setting);
    const source = "export const answer = 42;\n".repeat(200);
    await writeFile(join(setting.folder, "plugin", "large.js"), source);
    const { headers, bytes } = await raw(setting, "/plugin/v2/large.js", { headers: { "accept-encoding": accept } });
    expect(headers).toMatchObject({ "content-encoding": encoding, vary: expect.stringContaining("accept-encoding") });
    expect(unpack(bytes).toString()).toBe(source);
    const plain = await raw(setting, "/plugin/v2/large.js");
    expect([plain.headers["content-encoding"], plain.text]).toStrictEqual([undefined, source]);
  }),
);

const traversals = [
  "../waggle.db",
  "%2e%2e/waggle.db",
  "..%2fwaggle.db",
  "deep/../../api-key",
  ".hidden",
  "deep",
  "",
  "a//b",
];

test.each(traversals)("no file outside the editor's build is served: /plugin/v2/%s", (path) =>
  withServer(async (setting) => {
    await buildPlugin(setting);
    const { status, text } = await raw(setting, `/plugin/v2/${path}`);
    expect([status, JSON.parse(text).code]).toStrictEqual([404, 4042]);
  }),
);

const json = { "content-type": "application/json" };

test.each([
  ["a file that is not there", "/plugin/v2/none.js", {}, 404, /Its script for pages is \/plugin\/v2\/BeePlugin\.js/],
  ["a zero byte", "/plugin/v2/editor.js%00.css", {}, 404, /Its script for pages/],
  ["capitals", "/plugin/v2/EDITOR.JS", {}, 404, /Its script for pages/],
  ["a long name", `/plugin/v2/${"a".repeat(3000)}`, {}, 404, /Its script for pages/],
  ["half an escape", "/plugin/v2/%", {}, 404, /openapi\.json/],
  ["another version", "/plugin/v3/BeePlugin.js", {}, 404, /openapi\.json/],
  ["writing a file", "/plugin/v2/editor.js", { method: "PUT", headers: json, body: "{" }, 405, /Use GET or HEAD/],
  [
    "another page's origin",
    "/plugin/v2/editor.js",
    { headers: { origin: "https://evil.example" } },
    403,
    /WAGGLE_ORIGINS/,
  ],
] as const)("%s is refused with what to do, and the editor is still served", (...[, path, call, status, says]) =>
  withServer(async (setting) => {
    await buildPlugin(setting);
    const answer = await raw(setting, path, call);
    const told = JSON.parse(answer.text);
    expect([answer.status, Object.keys(told), told.message]).toStrictEqual([
      status,
      ["code", "message", "details"],
      expect.stringMatching(says),
    ]);
    expect((await raw(setting, "/plugin/v2/editor.js")).status).toBe(200);
  }),
);

test("a server whose editor is not built says so", () =>
  withServer(async (setting) => {
    const { status, text } = await raw(setting, "/plugin/v2/editor.js");
    expect([status, JSON.parse(text).message]).toStrictEqual([404, expect.stringContaining("npm run build")]);
  }));

test("the editor's build is found beside this package", () => {
  expect(findEditorBuild()).toMatch(/editor\/dist\/browser$/);
});
