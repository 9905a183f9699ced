import path from "node:path";
import { defineConfig } from "vitest/config";

// Vitest prints failed tests with Map.groupBy, which Node 20 lacks.
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    include: ["{runtime,nodes,templates,components,server,scripts,app,i18n,messages,docs}/**/*.test.{ts,tsx}"],
    testTimeout: 20_000,
    // Opening a database of its own takes a test file seconds, and longer on a busy machine.
    hookTimeout: 60_000,
  },
});
