import { describe, expect, test } from "vitest";
import { flattenMessages, messageArguments } from "./message-shape";

describe("messageArguments", () => {
  test.each([
    ["Nothing to fill in", []],
    ["{name} has {count, number} runs", ["name:", "count:number"]],
    ["<mark>now</mark>", ["<mark>"]],
    ["{of, plural, =1 {one} other {{down, number} of #}}", ["of:plural", "down:number"]],
  ])("of %j are %j", (text, found) => {
    expect([...messageArguments(text)]).toEqual(found);
  });

  test.each(["{name", "name}", "{n, plural, other {#}", "{n, plural, other {#}}}"])("refuses %j", (text) => {
    expect(() => messageArguments(text)).toThrow("braces");
  });
});

test("flattenMessages gives every text by its path and refuses what is no text", () => {
  expect(flattenMessages({ a: "1", b: { c: "2", d: { e: "3" } } })).toEqual([
    ["a", "1"],
    ["b.c", "2"],
    ["b.d.e", "3"],
  ]);
  expect(() => flattenMessages({ a: { b: 3 } })).toThrow("a.b");
});
