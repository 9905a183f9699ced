import { expect, it } from "vitest";
import { trainingLimits } from "./limits";
import { guessMapping, toLabelledRows } from "./map-columns";

const table = (columns: string[], ...rows: string[][]) => ({ columns, rows });

it.each([
  [table(["id", "Text", "Category"], ["1", "a", "b"]), { text: "Text", label: "Category", split: null }],
  [table(["标签", "内容", "split"], ["b", "a", "train"]), { text: "内容", label: "标签", split: "split" }],
  [
    table(["x", "y"], ["long long text", "p"], ["another long text", "q"], ["a third one", "p"]),
    { text: "x", label: "y", split: null },
  ],
])("proposes text, label and part", (given, mapping) => {
  expect(guessMapping(given)).toEqual(mapping);
});

it("counts what it cannot take, with the first places, and tidies the rest", () => {
  const { rows, leftOut } = toLabelledRows(
    table(
      ["t", "l", "s"],
      [" a ", "two  words", "TEST"],
      ["", "x", ""],
      ["b", "", ""],
      ["c".repeat(trainingLimits.textCharacters + 1), "x", ""],
      ["d", "x".repeat(trainingLimits.labelCharacters + 1), ""],
      ["e\u0000\ud800", "x", "dev"],
      ["f", "x", ""],
    ),
    { text: "t", label: "l", split: "s" },
  );
  expect(rows).toEqual([
    { text: "a", label: "two words", split: "test" },
    { text: "e\ufffd", label: "x", split: "train" },
    { text: "f", label: "x" },
  ]);
  expect(leftOut).toEqual([
    { reason: "no-text", count: 1, rows: [2] },
    { reason: "no-label", count: 1, rows: [3] },
    { reason: "text-too-long", count: 1, rows: [4] },
    { reason: "label-too-long", count: 1, rows: [5] },
  ]);
});
