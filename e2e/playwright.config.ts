import { defineConfig } from "@playwright/test";
import { foreignHost } from "./host-page.ts";
import { apiKey, origin, port } from "./server-under-test.ts";

const executablePath = process.env.CHROME_PATH;

export default defineConfig({
  reporter: process.env.CI ? [["list"], ["./passed-failed-reporter.ts"]] : "list",
  outputDir: "../test-results",
  timeout: 90_000,
  // Slow machines paint late; what never comes fails all the same.
  expect: { timeout: 15_000 },
  // The stories share one server, each with templates of its own; two at a time is what two cores carry.
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(process.env.WAGGLE_CHROMIUM_FLAGS ?? "").split(" ").filter(Boolean),
        `--host-resolver-rules=MAP ${foreignHost} 127.0.0.1`,
      ],
    },
    screenshot: "only-on-failure",
  },
  webServer: {
    command: "rm -rf test-results/data && node examples/host-app/server/main.ts",
    cwd: "..",
    url: `${origin}/health`,
    env: { PORT: String(port), WAGGLE_DATA: "test-results/data", WAGGLE_API_KEY: apiKey },
  },
});
