import { expect, it } from "vitest";
import { meanOf } from "./mean-of";

const cells = [
  { variant: 0, values: { "a.b": 1 } },
  { variant: 0, values: { "a.b": 0 } },
  { variant: 1, values: { "a.b": null } },
  { variant: 1, values: {} },
] as const;

it("is the mean over repeats of the variant, and nothing where there is no value", () => {
  expect(meanOf(cells, 0, "a.b")).toBe(0.5);
  expect(meanOf(cells, 1, "a.b")).toBeNull();
  expect(meanOf(cells, 2, "a.b")).toBeNull();
  expect(meanOf(cells, 0, null)).toBeNull();
});
