import { describe, expect, it } from "vitest";
import { readWorkbook } from "@/runtime/table/workbook/read-workbook";
import type { AnswerCell } from "../answer-table";
import { workbookOf } from "./answer-workbook";

const given = async function* (lines: readonly (readonly AnswerCell[])[]) {
  yield* lines;
};
const written = async (...lines: readonly (readonly AnswerCell[])[]) => {
  const [grid] = await readWorkbook(
    await workbookOf(given(lines)),
    { rows: 1_000, columns: 100, cellLength: 100_000 },
    () => {},
  );
  return grid?.rows.map(({ cells }) => cells);
};

describe("a workbook of answers", () => {
  it("holds numbers as numbers and texts as they are, long digits and what looks like a formula too", async () => {
    const texts = ["0123", "12345678901234567890", "=1+1", "+49 30 1", "<b>&", "两行\n文字", "a\u0001b"];
    expect(await written(["row", "answer"], ...texts.map((text, row) => [row, text] as const), [9, null])).toEqual([
      ["row", "answer"],
      ...texts.map((text, row) => [String(row), text.replace("\u0001", "")]),
      ["9"],
    ]);
  });

  it("says where an answer is longer than a cell can be", async () => {
    const rows = await written(["answer"], ["a".repeat(40_000)]);
    expect(rows?.[1]?.[0]).toHaveLength(32_767);
    expect(rows?.[1]?.[0]).toMatch(/… \[cut\]$/);
  });

  it("is written by a thread where it is large, the lines in their order", async () => {
    const many = Array.from({ length: 300 }, (_, row) => Array.from({ length: 20 }, (_, place) => `${row}/${place}`));
    expect(await written(...many)).toEqual(many);
  });

  it("is refused where it would be too large for the memory", async () => {
    const many = async function* () {
      for (let row = 0; row < 5_001; row += 1) yield Array.from({ length: 100 }, () => row);
    };
    await expect(workbookOf(many())).rejects.toMatchObject({ status: 413 });
  });
});
