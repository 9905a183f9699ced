import { defineConfig } from "@playwright/test";
import { browserPath } from "./e2e/fixtures/browser-path";
import { appOrigin, storageState } from "./e2e/fixtures/shared-app";

const apart = /(accessibility|crash|evaluation|knowledge|registry)[.]spec[.]ts$/;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/browser",
  globalSetup: "./e2e/fixtures/global-setup.ts",
  workers: 2,
  projects: [
    // These change what all share, such as the default models, so they take turns.
    { name: "in-turn", testIgnore: apart, workers: 1 },
    // These keep to a base, a model or an app of their own, and run beside the others: two cores, two browsers.
    { name: "apart", testMatch: apart, workers: 1 },
  ],
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
    // Without its film, which costs a quarter of all the computing; what the page was is in the snapshots, and how it looked at the end in a screenshot.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: await browserPath(),
      args: ["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
    },
  },
});
