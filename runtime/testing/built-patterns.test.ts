import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { slownessOf } from "@/scripts/lib/linear-pattern.mjs";

// What is put together of pieces when a module is loaded cannot be read off the sources, so the modules are loaded and asked what they made.
const root = path.resolve(import.meta.dirname, "../..");
const folders = ["nodes", "runtime", "server"];
const files = folders
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.(test|test-d)\.ts$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  )
  .filter((file) => !file.includes(`${path.sep}testing${path.sep}`))
  .filter((file) => /^(?:export )?const [^\n]*\n?[^;]*new RegExp\(/m.test(readFileSync(file, "utf8")));

const Original = globalThis.RegExp;
const made: { readonly source: string; readonly flags: string }[] = [];

beforeAll(async () => {
  vi.resetModules();
  globalThis.RegExp = new Proxy(Original, {
    construct: (target, parameters) => {
      const pattern = Reflect.construct(target, parameters) as RegExp;
      made.push({ source: pattern.source, flags: pattern.flags });
      return pattern;
    },
  });
  for (const file of files) await import(file);
  globalThis.RegExp = Original;
});
afterAll(() => {
  globalThis.RegExp = Original;
});

it("every regular expression that a module puts together takes linear time, whatever the text", () => {
  expect(made.length).toBeGreaterThan(20);
  const slow = made.flatMap(({ source, flags }) => {
    const why = slownessOf(source, flags);
    return why.length === 0 ? [] : [`/${source}/${flags} is ${why.join(", ")}`];
  });
  expect(slow).toEqual([]);
});

it("patterns that are slow are known for it", () => {
  expect(slownessOf("(a+)+$", "")).not.toEqual([]);
  expect(slownessOf("\\s+$", "")).not.toEqual([]);
  expect(slownessOf("(?<!\\s)\\s+$", "")).toEqual([]);
});
