import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

// The infinite query that the client makes by itself sends a `direction`, which the strict inputs of all procedures refuse.
it("lists are read page by page with a query of their own, which sends only what the input takes", () => {
  const files = readdirSync("components", { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => /\binfiniteQueryOptions\b/.test(readFileSync(`components/${file}`, "utf8")))).toEqual(
    [],
  );
});
