import { playwright } from "@vitest/browser-playwright";
import { type BuildEnvironmentOptions, defaultClientConditions, defaultServerConditions } from "vite";
import { defineConfig, type ViteUserConfig } from "vitest/config";

const source = "@waggle/source";
const chromiumFlags = (process.env.WAGGLE_CHROMIUM_FLAGS ?? "").split(" ").filter(Boolean);

const browserDependencies = [
  "@preact/signals",
  "fast-diff",
  "fractional-indexing",
  "htmlparser2",
  "lib0/decoding",
  "lib0/encoding",
  "preact",
  "preact/hooks",
  "preact/jsx-dev-runtime",
  "preact/jsx-runtime",
  "prosemirror-commands",
  "prosemirror-keymap",
  "prosemirror-model",
  "prosemirror-state",
  "prosemirror-view",
  "y-prosemirror",
  "y-protocols/awareness",
  "y-protocols/sync",
  "y-websocket",
  "yjs",
  "zod/mini",
];

const browserEntries = {
  editor: "packages/editor/src/index.tsx",
  "hosted-bee": "packages/editor/src/plugin/hosted-bee.ts",
  // Imports and exports nothing, so it is a classic script too.
  BeePlugin: "packages/editor/src/bee-plugin.ts",
};

const serverEntries = {
  main: "packages/server/src/main.ts",
  index: "packages/server/src/index.ts",
  // Threads and processes of its own, found by name beside the file that starts them.
  "sqlite.worker": "packages/server/src/storage/sqlite/sqlite.worker.ts",
  "quick-check.child": "packages/server/src/storage/sqlite/quick-check.child.ts",
  "sandbox.worker": "packages/server/src/code-mode/sandbox.worker.ts",
  "strip.worker": "packages/server/src/code-mode/strip.worker.ts",
};

/**
 * What every editor needs at once is one file. Left alone, the bundler makes a dozen of it: one for each set of later parts
 * that happens to share a module.
 */
const firstLoad = {
  name: "waggle",
  tags: ["$initial" as const],
  test: (id: string) => !/\/editor\/src\/(bee-plugin\.ts|plugin\/)/.test(id),
};

/** `lib0/dom` makes four validators with `$.$custom(…)` as it loads, and with them all of `lib0/schema`; nobody here asks them. */
const treeshake = { manualPureFunctions: ["$"] };

/** The editor for bundlers: its dependencies are the host's to install. */
const moduleBuild: BuildEnvironmentOptions = {
  outDir: "packages/editor/dist",
  // It shares its folder with the compiler's declarations.
  emptyOutDir: false,
  sourcemap: true,
  minify: false,
  lib: { entry: "packages/editor/src/index.tsx", formats: ["es"], fileName: (_format, name) => `${name}.js` },
  rolldownOptions: {
    external: [/^(preact|@preact\/|yjs|y-prosemirror|y-protocols|prosemirror-|@waggle\/)/],
    output: { chunkFileNames: "[name]-[hash].js" },
  },
};

/** The editor with everything inside, for a script tag. */
const browserBuild: BuildEnvironmentOptions = {
  outDir: "packages/editor/dist/browser",
  emptyOutDir: true,
  sourcemap: true,
  minify: true,
  license: { fileName: "licences.md" },
  lib: { entry: browserEntries, formats: ["es"], fileName: (_format, name) => `${name}.js` },
  rolldownOptions: {
    treeshake,
    output: { chunkFileNames: "[name]-[hash].js", minify: true, codeSplitting: { groups: [firstLoad] } },
  },
};

/** The server in a few files instead of 1,500 modules: it starts, and is back after a crash, in half the time. */
const serverBuild: BuildEnvironmentOptions = {
  outDir: "packages/server/dist/bundle",
  emptyOutDir: true,
  sourcemap: true,
  minify: false,
  license: { fileName: "licences.md" },
  ssr: true,
  target: "node22",
  rolldownOptions: {
    input: serverEntries,
    // They find files of theirs beside themselves: a program for each system, and WebAssembly.
    external: [/^typescript\//, "@swc/wasm-typescript"],
    output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
  },
};

const builds = new Map([
  ["browser", browserBuild],
  ["server", serverBuild],
]);

/** `--mode browser` and `--mode server` choose what is built; without one it is the editor for bundlers. */
export default defineConfig(({ mode }): ViteUserConfig => {
  return {
    // Assets are found beside the module that names them, wherever a host serves it from.
    base: "./",
    resolve: { conditions: [source, ...defaultClientConditions] },
    ssr: { resolve: { conditions: [source, ...defaultServerConditions] }, noExternal: mode === "server" ? true : [] },
    build: builds.get(mode) ?? moduleBuild,
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: "node",
            environment: "node",
            include: [
              "packages/*/src/**/*.test.ts",
              "examples/**/*.test.ts",
              "scripts/**/*.test.ts",
              "faults/**/*.test.ts",
              "conformance/**/*.test.ts",
            ],
            testTimeout: 30_000,
          },
        },
        {
          extends: true,
          // Found in the middle of a run, a dependency would reload the page under the tests.
          optimizeDeps: { include: browserDependencies },
          test: {
            name: "browser",
            include: ["packages/*/src/**/*.test.tsx"],
            testTimeout: 30_000,
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: {
                  ...(process.env.CHROME_PATH ? { executablePath: process.env.CHROME_PATH } : {}),
                  args: chromiumFlags,
                },
              }),
              instances: [{ browser: "chromium" }],
            },
          },
        },
      ],
    },
  };
});
