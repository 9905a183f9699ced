import { expect, it } from "vitest";
import { type Choice, frontierOf } from "./frontier";

it("keeps what no other one beats in price, time and score", () => {
  const cheap = { price: 1, time: 100, score: 0.7 };
  const good = { price: 9, time: 300, score: 0.9 };
  const fast = { price: 5, time: 50, score: 0.7 };
  const beaten = { price: 9, time: 300, score: 0.8 };
  expect([...frontierOf([cheap, good, fast, beaten])]).toEqual([0, 1, 2]);
  expect([...frontierOf([cheap, good, { ...fast, time: null }, beaten])]).toEqual([0, 1]);
  expect([...frontierOf([good, good])]).toEqual([0, 1]);
  expect([...frontierOf([])]).toEqual([]);
});

it("is never empty, and no point of it beats another", () => {
  let seed = 11;
  const random = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  for (let round = 0; round < 1_000; round++) {
    const choices = Array.from(
      { length: 1 + random(8) },
      (): Choice => ({ price: random(5), time: random(5), score: random(5) }),
    );
    const kept = [...frontierOf(choices)].map((place) => choices[place] as Choice);
    expect(kept.length).toBeGreaterThan(0);
    for (const one of kept)
      for (const other of kept)
        expect(one.price < other.price && (one.time ?? 0) < (other.time ?? 0) && one.score > other.score).toBe(false);
  }
});
