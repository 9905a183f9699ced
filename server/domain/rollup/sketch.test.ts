import fc from "fast-check";
import { expect, it } from "vitest";
import {
  addTo,
  countAbove,
  countOf,
  longestMs,
  mergeInto,
  quantilesOf,
  readSketch,
  type Sketch,
  sketchError,
  writeSketch,
} from "./sketch";

const sketchOf = (values: readonly number[]): Sketch => {
  const sketch: Sketch = new Map();
  for (const value of values) addTo(sketch, value);
  return sketch;
};
const exact = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(1, Math.ceil(share * sorted.length - 1e-9)) - 1] as number;
};
const shares = [0, 0.5, 0.9, 0.95, 0.99, 1];
/** From a millisecond to a month, as many short ones as long ones. */
const duration = fc.oneof(
  fc.integer({ min: 0, max: 3_000 }),
  fc.double({ min: 0, max: Math.log(longestMs), noNaN: true }).map((log) => Math.floor(Math.exp(log))),
);

it("gives each quantile to the stated error, whatever the durations", () => {
  fc.assert(
    fc.property(fc.array(duration, { minLength: 1, maxLength: 400 }), (values) => {
      const seen = quantilesOf(sketchOf(values), shares);
      shares.forEach((share, place) => {
        const truth = exact(values, share);
        // A tenth of a millionth more for the last digits of a logarithm.
        expect(Math.abs((seen[place] as number) - truth)).toBeLessThanOrEqual(truth * (sketchError + 1e-7));
      });
    }),
  );
});

it("of many parts is the sketch of all of them, in whatever order they come, also when written and read", () => {
  fc.assert(
    fc.property(fc.array(fc.array(duration, { maxLength: 50 }), { minLength: 1, maxLength: 20 }), (parts) => {
      const together: Sketch = new Map();
      for (const part of [...parts].reverse()) mergeInto(together, readSketch(writeSketch(sketchOf(part))));
      const whole = sketchOf(parts.flat());
      expect([...together].sort()).toEqual([...whole].sort());
      expect(countOf(together)).toBe(parts.flat().length);
    }),
  );
});

it("is not the mean of the percentiles of its parts", () => {
  // 990 quick calls in one hour and ten slow ones in the next: the mean of two p95 says 5 s, and one call in a hundred was slow.
  const quick = sketchOf(Array.from({ length: 990 }, () => 100));
  const slow = sketchOf(Array.from({ length: 10 }, () => 10_000));
  mergeInto(quick, slow);
  const [p95, p995] = quantilesOf(quick, [0.95, 0.995]);
  expect(p95).toBeCloseTo(100, -1);
  expect(p995).toBeGreaterThan(9_900);
});

it("has no quantile of nothing, counts what is over a limit, and stays small", () => {
  expect(quantilesOf(new Map(), [0.5])).toEqual([null]);
  expect(countAbove(sketchOf([10, 100, 1_500, 1_600, 60_000]), 1_550)).toBe(2);
  const every = sketchOf(Array.from({ length: 200_000 }, (_, place) => Math.floor(1.0002 ** place)));
  addTo(every, Number.MAX_SAFE_INTEGER);
  expect(every.size).toBeLessThanOrEqual(1_084);
});
