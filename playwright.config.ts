import { defineConfig } from "@playwright/test";
import { browserPath } from "./e2e/fixtures/browser-path";
import { appOrigin, storageState } from "./e2e/fixtures/shared-app";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/browser",
  globalSetup: "./e2e/fixtures/global-setup.ts",
  // One browser and one app with its models share two cores.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    baseURL: appOrigin,
    storageState,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    trace: "retain-on-failure",
    launchOptions: { executablePath: await browserPath(), args: ["--no-sandbox", "--disable-background-networking"] },
  },
});
