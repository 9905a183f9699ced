import { expect, it } from "vitest";
import { attemptCounter } from "./attempt-counter";

it("allows as many attempts as it says in a window, for each name apart", () => {
  let time = 0;
  const attempts = attemptCounter({ most: 2, windowMs: 1000, now: () => time });
  expect([attempts.take("a"), attempts.take("a"), attempts.take("a"), attempts.take("b")]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  time = 999;
  expect(attempts.take("a")).toBe(false);
  time = 1000;
  expect(attempts.take("a")).toBe(true);
});
