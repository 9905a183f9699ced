import { expect, it } from "vitest";
import { attemptCounter } from "./attempt-counter";

const limits = { most: 2, windowMs: 1000 };

it("allows as many attempts as it says in a window, for each name apart", () => {
  let time = 0;
  const attempts = attemptCounter(() => time);
  const taken = ["a", "a", "a", "b"].map((name) => attempts.take(name, limits));
  expect(taken).toEqual([0, 0, 1000, 0]);
  time = 999;
  expect(attempts.take("a", limits)).toBe(1);
  time = 1000;
  expect(attempts.take("a", limits)).toBe(0);
});

it("does not grow without end", () => {
  const attempts = attemptCounter(() => 0);
  attempts.take("known", { most: 1, windowMs: 1000 });
  for (let index = 0; index < 10_000; index += 1) attempts.take(`invented-${index}`, limits);
  expect(attempts.take("known", { most: 1, windowMs: 1000 })).toBe(0);
});
