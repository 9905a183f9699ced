import { expect, test } from "vitest";
import { drawSparkline } from "./draw-sparkline";

const check = (latencyMs: number | null, ok = true) => ({ at: new Date(latencyMs ?? 0), ok, latencyMs });

test("the newest check stands at the right end", () => {
  expect(drawSparkline([check(4), check(9)], 5).map((bar) => bar.x)).toEqual([3, 4]);
});

test("no more bars than places, the oldest fall out", () => {
  const bars = drawSparkline(
    Array.from({ length: 50 }, (_, index) => check(index + 1)),
    30,
  );
  expect(bars).toHaveLength(30);
  expect(bars[0]?.key).toBe("21-0");
});

test("slower is higher, a failure is full height, and every bar can be seen", () => {
  const heights = drawSparkline([check(1), check(100), check(400), check(null, false)], 4).map((bar) => bar.height);
  expect(heights).toEqual([0.18, 0.4, 0.8, 1]);
});

test("nothing checked draws nothing", () => {
  expect(drawSparkline([], 30)).toEqual([]);
});
