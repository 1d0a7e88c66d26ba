import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
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

test("a server whose editor is not built says so", () =>
  withServer(async (setting) => {
    const { status, text } = await raw(setting, "/plugin/v2/editor.js");
    expect([status, JSON.parse(text).message]).toStrictEqual([404, expect.stringContaining("npm run build")]);
  }));

test("the editor's build is found beside this package", () => {
  expect(findEditorBuild()).toMatch(/editor\/dist\/browser$/);
});
