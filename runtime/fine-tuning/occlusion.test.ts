import { expect, it } from "vitest";
import { influences, occlusions, segmentsOf } from "./occlusion";

const words = (text: string, most?: number) => segmentsOf(text, most).map(({ start, end }) => text.slice(start, end));

it("cuts a text into words, Chinese too, and joins them where there are many", () => {
  expect(words("Where's my parcel?")).toEqual(["Where's", "my", "parcel"]);
  expect(words("我的包裹在哪里？").join("")).toBe("我的包裹在哪里");
  expect(words("我的包裹在哪里？").length).toBeGreaterThan(2);
  expect(words("a b c d e", 2)).toEqual(["a b c", "d e"]);
  expect(segmentsOf(`${"word ".repeat(5_000)}`).length).toBeLessThanOrEqual(32);
  expect(segmentsOf("?!")).toEqual([]);
});

it("takes each segment out in turn, and leaves no text empty", () => {
  expect(occlusions("late parcel", segmentsOf("late parcel"))).toEqual(["parcel", "late"]);
  expect(occlusions("late", segmentsOf("late"))).toEqual([" "]);
});

it("weighs a segment by what its label loses without it, also where the model is sure", () => {
  const text = "late parcel";
  const found = influences(text, segmentsOf(text), 0.999, [0.99, 0.9999]);
  expect(found.map(({ words: said }) => said)).toEqual(["late", "parcel"]);
  expect(found[0]?.weight).toBeCloseTo(2.31, 1);
  expect(found[1]?.weight).toBeLessThan(0);
});
