import { expect, test } from "vitest";
import { type GivenInput, readGiven } from "./read-given";

const input = (port: string, more: Partial<GivenInput> = {}): GivenInput => ({
  port,
  title: port,
  isText: false,
  optional: true,
  value: { a: 1 },
  ...more,
});

test("an optional input that was emptied is told to be nothing, and is not what was recorded", () => {
  expect(readGiven([input("data")], { data: " " })).toEqual({ given: {}, cleared: ["data"], faults: {} });
});

test("an input that is needed cannot be emptied, and an emptied text is an empty text", () => {
  expect(readGiven([input("data", { optional: false })], { data: "" }).faults).toEqual({ data: "missing" });
  expect(readGiven([input("text", { isText: true, optional: false })], { text: "" }).given).toEqual({ text: "" });
});

test("what was not touched stays as it was recorded, and what is not known is asked for", () => {
  const inputs = [input("data"), input("unknown", { optional: false, value: undefined })];
  expect(readGiven(inputs, {})).toEqual({ given: {}, cleared: [], faults: { unknown: "missing" } });
});

test("reads JSON, and says what is none", () => {
  expect(readGiven([input("a"), input("b")], { a: "[1]", b: "{" })).toEqual({
    given: { a: [1] },
    cleared: [],
    faults: { b: "notJson" },
  });
});
