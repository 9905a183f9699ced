import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    include: ["{runtime,nodes,templates,components,server,scripts,app,i18n,messages,docs}/**/*.test.{ts,tsx}"],
    testTimeout: 20_000,
  },
});
