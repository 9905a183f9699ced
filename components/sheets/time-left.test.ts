import { expect, it } from "vitest";
import { timeLeft } from "./time-left";

it("goes by the pace since it was first looked at, and says nothing too early", () => {
  expect(timeLeft({ at: 0, done: 100 }, { at: 10_000, done: 110 }, 200)).toBe(90_000);
  expect(timeLeft({ at: 0, done: 0 }, { at: 10_000, done: 2 }, 200)).toBeNull();
  expect(timeLeft(null, { at: 10_000, done: 20 }, 200)).toBeNull();
  expect(timeLeft({ at: 0, done: 0 }, { at: 10, done: 300 }, 200)).toBe(0);
});
