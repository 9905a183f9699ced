import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

/** Megabytes of the heap, beyond which the process would be ended. */
const heapMegabytes = 400;

it("ten pipelines that multiply a text, at once, end with an error at the step and a record each, in bounded memory", async () => {
  const fixture = path.join(import.meta.dirname, "large-values-fixture.ts");
  const parameters = [`--max-old-space-size=${heapMegabytes}`, "--import", "tsx", fixture];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, {
    cwd: path.resolve(import.meta.dirname, "../../.."),
  });
  const { codes, steps, recordedCharacters, peakMegabytes } = JSON.parse(stdout);
  expect(codes).toEqual(Array(10).fill("value-too-large"));
  for (const step of steps) expect(step).toMatch(/^step-[345]$/);
  // Of each run, what its steps gave before it ended.
  expect(recordedCharacters).toBeLessThan(10 * 16_000_000);
  expect(peakMegabytes).toBeLessThan(900);
}, 60_000);
