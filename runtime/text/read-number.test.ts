import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findNumber, readNumber } from "./read-number";

describe("the first number of a text", () => {
  it.each([
    ["It is −5 degrees", -5],
    ["It is –5.5 degrees", -5.5],
    ["-5", -5],
    [".5 litres", 0.5],
    ["about 1,234.5 in all", 1234.5],
    ["about 1.234,5 in all", 1234.5],
    ["1 234 567,89 €", 1234567.89],
    ["1\u202f234", 1234],
    ["1'234.50 CHF", 1234.5],
    ["１２３．５", 123.5],
    ["1.234.567", 1234567],
    ["12,5", 12.5],
    ["0,123", 0.123],
    ["Answer: 42.", 42],
    ["3, 4 and 5", 3],
    ["10-5", 10],
    ["SKU-5", 5],
    ["2020–2021", 2020],
    ["1.5e3 units", 1500],
    ["+7", 7],
    ["costs $12", 12],
    ["192.168.1.1", 192.168],
  ])("of %j is %d", (text, value) => {
    expect(findNumber(text)?.value).toBe(value);
  });

  it("is none where there is none, and knows a percent sign, a second meaning and long digits", () => {
    expect(findNumber("none at all")).toBeNull();
    expect(findNumber("20 %")).toMatchObject({ value: 20, isPercent: true });
    expect(findNumber("1,234")).toMatchObject({ value: 1234, otherwise: 1.234 });
    expect(findNumber("1.234")).toMatchObject({ value: 1.234, otherwise: 1234 });
    expect(findNumber("card 6222020200112345678")).toMatchObject({ exact: 6222020200112345678n });
  });

  it("of any number that a program writes is that number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-6);
        const read = findNumber(String(value));
        expect([read?.value, read?.otherwise]).toContain(value === 0 ? (Object.is(value, -0) ? 0 : 0) : value);
      }),
    );
  });

  it("is found in time in whatever text", () => {
    const started = performance.now();
    for (const text of [
      "1 ".repeat(10_000),
      "1,".repeat(10_000),
      "-".repeat(20_000),
      "1'".repeat(10_000),
      "a1".repeat(10_000),
    ]) {
      findNumber(text);
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("a cell that is a number", () => {
  it.each([
    ["€ 1,200.50", 1200.5],
    ["1.200,50 €", 1200.5],
    ["(5.50)", -5.5],
    ["−3", -3],
    ["1 234", 1234],
    ["12", 12],
  ])("%j", (cell, value) => {
    expect(readNumber(cell)?.value).toBe(value);
  });
  it.each(["", "12 kg", "1.2.3.4", "2024-05-01", "abc", "1,2,3", "12:30", "5 6"])("not %j", (cell) => {
    expect(readNumber(cell)).toBeNull();
  });
});
