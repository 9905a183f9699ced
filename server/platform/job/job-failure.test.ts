import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { loadMessages } from "@/i18n/messages";
import { locales } from "@/runtime/node/localized";

const server = path.resolve(import.meta.dirname, "../..");
const sources = readdirSync(server, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);

it("every code with which a job can fail is said in every language", async () => {
  const codes = new Set(["internal", "interrupted", "job-unknown"]);
  for (const file of sources)
    for (const [, code] of readFileSync(path.join(server, file), "utf8").matchAll(/new JobFailure\(\s*"([a-z-]+)"/g))
      codes.add(code ?? "");
  expect(codes.size).toBeGreaterThan(8);
  for (const locale of locales) {
    const { job } = (await loadMessages(locale, { cached: false })) as { job: { failure: Record<string, string> } };
    expect([locale, ...[...codes].filter((code) => !job.failure[code])]).toEqual([locale]);
  }
});
