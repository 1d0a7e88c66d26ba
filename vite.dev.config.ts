import { join } from "node:path";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";

const server = `http://127.0.0.1:${process.env.PORT ?? 8787}`;
const page = join(import.meta.dirname, "examples/host-app/page");

/** The page names its own files by the addresses its server gives them; here they are at the root. */
const pageAtRoot: Plugin = {
  name: "page-at-root",
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      request.url = request.url?.replace(/^\/host\/page\//, "/");
      next();
    });
  },
};

/** The development page: the host app with the editor from its sources; everything else is the real server's. */
export default defineConfig({
  root: page,
  plugins: [pageAtRoot],
  resolve: {
    conditions: ["@waggle/source", ...defaultClientConditions],
    alias: [
      { find: "/plugin/v2/editor.js", replacement: join(import.meta.dirname, "packages/editor/src/index.tsx") },
      { find: /^\/host\/page\/(.*)/, replacement: `${page}/$1` },
    ],
  },
  server: {
    port: 5173,
    fs: { allow: [import.meta.dirname] },
    proxy: { "^/(host/(?!page/)|v1/|v2/|loginV2|health)": { target: server, ws: true } },
  },
});
