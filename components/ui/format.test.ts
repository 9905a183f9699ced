import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCost, formatCount, formatDuration } from "./format";

describe("formatDuration", () => {
  test.each([
    [0, "< 1 ms"],
    [0.4, "< 1 ms"],
    [340.4, "340 ms"],
    [999.4, "999 ms"],
    [999.6, "1.0 s"],
    [1240, "1.2 s"],
    [9_960, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min 0 s"],
    [65_000, "1 min 5 s"],
    [3_600_000, "1 h 0 min"],
    [7_380_000, "2 h 3 min"],
  ])("%d ms is %s", (milliseconds, expected) => {
    expect(formatDuration(milliseconds, "en")).toBe(expected);
  });

  test("speaks Chinese", () => {
    expect(formatDuration(340, "zh")).toBe("340 毫秒");
    expect(formatDuration(1240, "zh")).toBe("1.2 秒");
    expect(formatDuration(65_000, "zh")).toBe("1 分 5 秒");
    expect(formatDuration(7_380_000, "zh")).toBe("2 小时 3 分");
  });

  test("never shows 60 seconds or 60 minutes", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (milliseconds) => {
        expect(formatDuration(milliseconds, "en")).not.toMatch(/\b60 (s|min)$|\b1000 ms/);
      }),
    );
  });
});

describe("formatCost", () => {
  test.each([
    [0, "$0"],
    [1, "$0.000001"],
    [1.34, "$0.0000013"],
    [4_230, "$0.0042"],
    [180_000, "$0.18"],
    [994_000, "$0.99"],
    [1_240_000, "$1.24"],
    [1_240_000_000, "$1,240"],
    [-4_230, "-$0.0042"],
  ])("%d micro-dollars is %s", (microUsd, expected) => {
    expect(formatCost(microUsd)).toBe(expected);
  });

  test("keeps two significant digits: within 5 % of the amount", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000_000 }), (microUsd) => {
        const shown = Number(formatCost(microUsd).replace(/[$,]/g, "")) * 1e6;
        expect(Math.abs(shown - microUsd) / microUsd).toBeLessThanOrEqual(0.05);
      }),
    );
  });
});

test.each([
  [0, "0"],
  [84, "84"],
  [1240, "1,240"],
  [12_400, "12.4k"],
  [999_960, "1M"],
  [3_100_000, "3.1M"],
])("formatCount %d is %s", (count, expected) => {
  expect(formatCount(count)).toBe(expected);
});
