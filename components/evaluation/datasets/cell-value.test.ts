import { describe, expect, it } from "vitest";
import { cellText, cellValue, pastedCells } from "./cell-value";

describe("a cell", () => {
  it("reads what it shows", () => {
    for (const [value, kind] of [
      ["a b", "text"],
      [1.5, "number"],
      [false, "boolean"],
      [{ a: [1] }, "json"],
    ] as const)
      expect(cellValue(cellText(value), kind)).toEqual({ value });
    expect(cellText(undefined)).toBe("");
    expect(cellValue(" ", "number")).toEqual({ value: undefined });
  });
  it("refuses what is not of its kind", () => {
    expect(cellValue("two", "number")).toBeNull();
    expect(cellValue("maybe", "boolean")).toBeNull();
    expect(cellValue("{", "json")).toBeNull();
  });
});

it("a pasted block keeps line breaks and quotation marks inside cells", () => {
  expect(pastedCells('a\tb\r\n"two\nlines"\t"say ""x"""\n')).toEqual([
    ["a", "b"],
    ["two\nlines", 'say "x"'],
  ]);
});
