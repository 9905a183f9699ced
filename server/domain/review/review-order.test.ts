import { describe, expect, it } from "vitest";
import { baselineLeft, reviewOrder } from "./review-order";

describe("reviewOrder", () => {
  it("holds every place once, in an order of its own that stays", () => {
    const order = reviewOrder("e", "s", 40, [1, 2]);
    expect(new Set(order.map(({ row, variant }) => `${row}/${variant}`)).size).toBe(80);
    expect(order).toEqual(reviewOrder("e", "s", 40, [1, 2]));
    expect(order).not.toEqual(reviewOrder("other", "s", 40, [1, 2]));
    expect(order.map(({ row }) => row)).not.toEqual(order.map(({ row }) => row).toSorted((a, b) => a - b));
  });
});

describe("baselineLeft", () => {
  it("is about as often true as not, and says nothing of the next place", () => {
    const sides = Array.from({ length: 2_000 }, (_, at) => baselineLeft("e", "s", "user:a", at));
    const left = sides.filter(Boolean).length;
    const repeats = sides.filter((side, at) => at > 0 && side === sides[at - 1]).length;
    expect(left).toBeGreaterThan(900);
    expect(left).toBeLessThan(1_100);
    expect(repeats).toBeGreaterThan(900);
    expect(repeats).toBeLessThan(1_100);
  });

  it("is drawn for each reviewer", () => {
    const of = (reviewer: string) => Array.from({ length: 64 }, (_, at) => baselineLeft("e", "s", reviewer, at));
    expect(of("user:a")).not.toEqual(of("user:b"));
    expect(of("user:a")).toEqual(of("user:a"));
  });
});
