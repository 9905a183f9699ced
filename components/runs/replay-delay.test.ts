import { expect, test } from "vitest";
import { replayDelay } from "./replay-delay";

const at = (milliseconds: number) => ({ at: new Date(milliseconds).toISOString() });

test.each([
  [0, 0, 30],
  [0, 5, 30],
  [0, 250, 250],
  [0, 90_000, 700],
  [100, 50, 30],
])("from %d ms to %d ms waits %d ms", (now, next, expected) => {
  expect(replayDelay(at(now), at(next))).toBe(expected);
});
