import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** What a browser under a strict content security policy would meet, and then some: any eval at all throws. */
const script = `
  import { catalog } from "./nodes/index.ts";
  import { compileSchema } from "./nodes/lib/json-schema.ts";
  for (const { config } of catalog.nodes) config.parse({});
  const validator = await compileSchema({ type: "object", properties: { a: { type: "string", pattern: "^a+$", format: "date" } } });
  console.log(catalog.nodes.length, validator.value({ a: "b" }).length);
`;

it("needs no code generated from strings: neither to load, nor for settings, nor to check a schema", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--disallow-code-generation-from-strings", "--import", "tsx", "--input-type=module", "--eval", script],
    { cwd: root },
  );
  expect(stdout.trim()).toMatch(/^\d+ 2$/);
});
