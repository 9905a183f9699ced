import { defineConfig } from "@playwright/test";
import { browserPath } from "./e2e/fixtures/browser-path";
import { appOrigin, storageState } from "./e2e/fixtures/shared-app";

const apart =
  /(accessibility|agent|comparison|conversation|crash|debugging|editor|evaluation|experiments|files|frames|inbox|knowledge|planning|proposals|registry|sheets|traps|variants)[.]spec[.]ts$/;

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
    // Recording takes a quarter of all the computing, so it is asked for: PIPEWRIGHT_TRACE=1. A failed test leaves its page as text and as a picture anyway.
    trace: process.env.PIPEWRIGHT_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    // Frames of animations are computed on the processor here, beside the models that a test waits for. The editor's tests move.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: await browserPath(),
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-gpu",
        // A microphone that beeps, which no dialog asks for.
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
      ],
    },
  },
});
