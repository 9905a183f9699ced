import { expect, test } from "vitest";
import { confusionMap } from "./confusion-map";

test("shows the labels with the most mistakes, and no right answers", () => {
  const map = confusionMap(
    [
      [0, 0, 90],
      [1, 2, 5],
      [2, 1, 3],
      [3, 0, 1],
    ],
    2,
  );
  expect(map.labels).toEqual([1, 2]);
  expect([...map.counts]).toEqual([
    ["1,2", 5],
    ["2,1", 3],
  ]);
  expect(map.most).toBe(5);
  expect(map.pairs[0]).toEqual({ actual: 1, predicted: 2, count: 5 });
  expect(map.pairs).toHaveLength(3);
});

test("a label that training never saw has no place in it", () => {
  expect(confusionMap([[-1, 0, 4]])).toMatchObject({ labels: [], pairs: [] });
});
