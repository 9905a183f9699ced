import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { inWords, valueLimits } from "@/runtime/node/value-limits";
import { outages } from "@/server/platform/readiness/outage";

it.each(["limits.md", "limits.zh.md"])("%s says the bounds that hold", (file) => {
  const text = readFileSync(path.join(import.meta.dirname, file), "utf8");
  for (const bound of Object.values(valueLimits)) expect(text).toContain(inWords(bound));
  for (const [outage, { retryAfterSeconds }] of Object.entries(outages)) {
    expect(text).toMatch(new RegExp(`\`${outage}\`[，,] ?\`Retry-After: ${retryAfterSeconds}\``));
  }
});
