import { playwright } from "@vitest/browser-playwright";
import { defaultClientConditions, defaultServerConditions } from "vite";
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

/** Builds of the editor: `module` for bundlers, `browser` with everything inside for a script tag. */
export default defineConfig(({ mode }): ViteUserConfig => {
  const browserBuild = mode === "browser";
  return {
    // Assets are found beside the module that names them, wherever a host serves it from.
    base: "./",
    resolve: { conditions: [source, ...defaultClientConditions] },
    ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
    build: {
      outDir: browserBuild ? "packages/editor/dist/browser" : "packages/editor/dist",
      // The module build shares its folder with the compiler's declarations.
      emptyOutDir: browserBuild,
      sourcemap: true,
      minify: browserBuild,
      lib: {
        entry: browserBuild ? browserEntries : "packages/editor/src/index.tsx",
        formats: ["es"],
        fileName: (_format, name) => `${name}.js`,
      },
      rolldownOptions: {
        external: browserBuild ? [] : [/^(preact|@preact\/|yjs|y-prosemirror|y-protocols|prosemirror-|@waggle\/)/],
        ...(browserBuild ? { treeshake } : {}),
        output: {
          chunkFileNames: "[name]-[hash].js",
          ...(browserBuild ? { minify: true, codeSplitting: { groups: [firstLoad] } } : {}),
        },
      },
    },
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
