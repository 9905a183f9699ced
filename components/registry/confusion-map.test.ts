import { expect, test } from "vitest";
import { confusionMap } from "./confusion-map";

test("shows the labels with the most mistakes, and all others as one", () => {
  const map = confusionMap(
    [
      [0, 0, 90],
      [1, 1, 7],
      [1, 2, 5],
      [2, 1, 3],
      [3, 0, 1],
      [3, 2, 1],
    ],
    2,
  );
  expect(map.labels).toEqual([2, 1]);
  expect(map.folded).toBe(true);
  expect(map.counts).toEqual([
    [0, 3, 0],
    [5, 7, 0],
    // A mistake among the others is no right answer of theirs, but stands where they meet.
    [1, 0, 91],
  ]);
  expect(map.pairs[0]).toEqual({ actual: 1, predicted: 2, count: 5 });
  expect(map.pairs).toHaveLength(4);
});

test("folds nothing where every label has a place", () => {
  expect(
    confusionMap([
      [0, 1, 2],
      [1, 1, 4],
    ]),
  ).toMatchObject({
    folded: false,
    labels: [0, 1],
    counts: [
      [0, 2],
      [0, 4],
    ],
  });
});

test("a label that training never saw has no place in it", () => {
  expect(confusionMap([[-1, 0, 4]])).toMatchObject({ labels: [], pairs: [], folded: false });
});
