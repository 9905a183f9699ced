import { expect, it } from "vitest";
import { newCases } from "./new-cases";

const of = (text: string, expected = "") => ({ values: { text }, expected });

it("adds no case twice, and tells one that is there what is expected of it", () => {
  const there = [
    { id: "a", ...of("late") },
    { id: "b", ...of("broken", "quality") },
  ];
  const found = [of("late", "delivery"), of("broken", "refund"), of("new", "billing"), of("new", "other")];
  expect(newCases(there, found)).toEqual({
    fresh: [of("new", "billing")],
    learnt: [{ id: "a", expected: "delivery" }],
  });
  expect(newCases(there, [of("late")])).toEqual({ fresh: [], learnt: [] });
});
