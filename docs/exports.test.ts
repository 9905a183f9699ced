import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { describeColumn, reportColumns } from "@/runtime/eval/say/report-csv";
import { answerColumns, caseColumns } from "@/server/domain/experiment/answer-columns";

it.each([
  ["exports.md", "en"],
  ["exports.zh.md", "zh"],
] as const)("%s says what each column of the exports holds, and names no other", (file, locale) => {
  const text = readFileSync(path.join(import.meta.dirname, file), "utf8");
  const columns = [...reportColumns, ...caseColumns, ...answerColumns.before, ...answerColumns.behind];
  for (const column of columns) expect(text).toContain(`\n${describeColumn(column, locale)}\n`);
  const named = [...text.matchAll(/^\| `([^`…]+)` \|/gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(columns.map(({ name }) => name).toSorted());
});
