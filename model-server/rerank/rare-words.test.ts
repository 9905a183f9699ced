import { describe, expect, it } from "vitest";
import { rareWordOverlaps, words } from "./rare-words";

describe("words", () => {
  it("leaves out the common ones and joins forms of one word", () => {
    expect([...words("How do I track the parcels?")]).toEqual(["track", "parcel"]);
    expect(words("退款需要三十天吗").has("退款")).toBe(true);
    expect(words("型号 FL-7731").has("7731")).toBe(true);
  });
});

describe("rareWordOverlaps", () => {
  it("weighs a rare word more than one that all have", () => {
    const [both = 0, rare = 0, usual = 0, none = 0] = rareWordOverlaps("warranty kettle", [
      "kettle warranty",
      "warranty",
      "kettle",
      "lamp",
      "kettle again".replace("again", "kettle"),
    ]);
    expect(both).toBeCloseTo(1);
    expect(rare).toBeGreaterThan(usual);
    expect(none).toBe(0);
  });

  it("is 0 without a word to look for", () => {
    expect(rareWordOverlaps("how is it", ["how is it"])).toEqual([0]);
  });
});
