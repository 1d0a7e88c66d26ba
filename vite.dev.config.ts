import { defaultClientConditions, defineConfig } from "vite";

const server = `http://127.0.0.1:${process.env.PORT ?? 8787}`;

/** The development page: the host app with the editor from its sources; everything else is the real server's. */
export default defineConfig({
  root: "examples/host-app/page",
  resolve: {
    conditions: ["@waggle/source", ...defaultClientConditions],
    alias: { "/plugin/v2/editor.js": new URL("packages/editor/src/index.tsx", import.meta.url).pathname },
  },
  server: {
    port: 5173,
    fs: { allow: [new URL(".", import.meta.url).pathname] },
    proxy: {
      "/host/page": { target: "http://127.0.0.1:5173", rewrite: (path) => path.replace("/host/page", "") },
      "^/(host|v1|v2|loginV2|health)(/|$)": { target: server, ws: true },
    },
  },
});
