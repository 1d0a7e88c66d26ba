import base from "./vite.config.ts";
import { defineConfig } from "vitest/config";
const resolved = base({ mode: "test", command: "serve" } as never) as never as { resolve: object; ssr: object };
export default defineConfig({ resolve: resolved.resolve, ssr: resolved.ssr, test: { include: ["faults/**/*.test.ts"] } });
