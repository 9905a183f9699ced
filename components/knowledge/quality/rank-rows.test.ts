import { expect, test } from "vitest";
import { rankRows } from "./rank-rows";

const question = (id: string) => ({ id, question: `${id}?`, answers: ["a"] });
const ranked = (id: string, fused: number | null) => ({ id, ranks: { fused, vector: 1, text: null } });

test("what is not found comes first, then what stands low, and what is not measured yet last", () => {
  const rows = rankRows(["first", "third", "lost", "new", "lost too"].map(question), {
    questions: [ranked("first", 1), ranked("third", 3), ranked("lost", null), ranked("lost too", null)],
  });
  expect(rows.map(({ id }) => id)).toEqual(["lost", "lost too", "third", "first", "new"]);
});

test("without a measurement the order is that of the set", () => {
  expect(rankRows(["b", "a"].map(question), undefined).map(({ id, ranks }) => [id, ranks])).toEqual([
    ["b", null],
    ["a", null],
  ]);
});
