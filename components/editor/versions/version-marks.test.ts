import { expect, test } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { compareVersions } from "./version-marks";

const x = { type: "text/x" };
const before = {
  ...buildDocument({ a: x, b: x, c: x, gone: x }, ["a.o > b.i", "b.o > c.i"]),
  layout: { a: { x: 0, y: 0 }, b: { x: 300, y: 0 }, c: { x: 600, y: 0 }, gone: { x: 900, y: 0 } },
};

test("tells added, removed, changed and rewired steps apart, whatever was moved", () => {
  const after = {
    ...buildDocument({ a: { ...x, config: { n: 1 } }, b: x, c: x, fresh: x }, ["a.o > b.i", "a.o > c.i"]),
    layout: { a: { x: 5, y: 900 }, b: { x: 5, y: 5 }, fresh: { x: 2, y: 0 } },
  };
  const { marks, order, wired, unwired, before: left, after: right } = compareVersions(before, after);
  expect([...marks].sort()).toEqual([
    ["a", "changed"],
    ["c", "rewired"],
    ["fresh", "added"],
    ["gone", "removed"],
  ]);
  expect(order).toEqual(["fresh", "a", "c", "gone"]);
  expect([[...wired], [...unwired]]).toEqual([["a.o > c.i"], ["b.o > c.i"]]);
  // A step stands at the same place in both.
  expect([left.layout.a, right.layout.a, right.layout.c]).toEqual([
    { x: 5, y: 900 },
    { x: 5, y: 900 },
    { x: 600, y: 0 },
  ]);
});

test("a version that was only moved is the same", () => {
  expect(compareVersions(before, { ...before, layout: {} }).marks.size).toBe(0);
});
