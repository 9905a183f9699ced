import { expect, it } from "vitest";
import { folderLines } from "./folder-tree";

it("folders stand before those below them, with all that they hold, also where they hold only folders", () => {
  const places = [
    { folder: "", prompts: 5 },
    { folder: "support/complaints", prompts: 2 },
    { folder: "ads", prompts: 1 },
    { folder: "support-old", prompts: 4 },
    { folder: "support/complaints/客服", prompts: 3 },
  ];
  expect(folderLines(places).map(({ folder, depth, prompts }) => [folder, depth, prompts])).toEqual([
    ["ads", 0, 1],
    ["support", 0, 5],
    ["support/complaints", 1, 5],
    ["support/complaints/客服", 2, 3],
    ["support-old", 0, 4],
  ]);
  expect(folderLines([])).toEqual([]);
});
