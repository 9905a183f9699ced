import { describe, expect, it } from "vitest";
import { numberTolerance } from "./tolerance";

const score = async (output: unknown, expected: unknown, config: object = {}) => {
  const settings = numberTolerance.config.parse(config);
  return numberTolerance.score({ config: settings, output, expected } as never, {} as never);
};

describe("numbers as people write them", () => {
  it.each([
    ["−5", "-5"],
    ["The result is –5.", -5],
    [".5", 0.5],
    ["1,234.5", 1234.5],
    ["1.234,5", 1234.5],
    ["1 234,5 €", "1,234.5"],
    ["１２３", 123],
    ["20%", "20 %"],
    ["20%", 0.2],
    ["20%", 20],
    ["1,234", 1234],
    ["1,234", 1.234],
  ])("%j is %j", async (output, expected) => {
    expect((await score(output, expected)).values).toMatchObject({ within: 1 });
  });

  it.each([
    ["5", "-5"],
    ["1,234.5", 12345],
    ["6222020200112345678", "6222020200112345679"],
    ["5%", 0.5],
    ["1.5", 15],
  ])("%j is not %j", async (output, expected) => {
    expect((await score(output, expected)).values).toMatchObject({ within: 0 });
  });

  it("tells how it took signs that could mean something else", async () => {
    expect((await score("1.234,5", 1234.5)).reason).toBe('"1.234,5" was read as 1234.5.');
    expect((await score("12", 12)).reason).toBeUndefined();
  });

  it.each([
    ["3 boxes of 4 make 12.", 12],
    ["The total is 72, in total, so the farmer earns that much.", 72],
    ["From 2 to -3: #### -3", -3],
    ["so \\boxed{1,234.5}.", 1234.5],
    ["$80,000 + $50,000 = $130,000", 130_000],
    ["pages 10–20", 20],
    ["model A-5", 5],
    ["It fell by −.5", -0.5],
    ["三加四等于７。", 7],
    ["29.00", 29],
  ])("takes the last number of %j", async (output, expected) => {
    expect((await score(output, expected, { take: "last" })).values).toMatchObject({ within: 1 });
  });

  it("takes no longer for many numbers", async () => {
    expect((await score("A1".repeat(9_000), 1, { take: "last" })).values).toMatchObject({ within: 1 });
    expect((await score("-1 ".repeat(6_000), -1, { take: "last" })).values).toMatchObject({ within: 1 });
  });

  it("keeps its bounds", async () => {
    expect((await score("10.4", 10, { absolute: 0.5 })).values).toEqual({ within: 1, error: expect.closeTo(0.4) });
    expect((await score("none", 10)).values).toEqual({ within: 0, error: null });
    expect((await score("10", "none")).values).toEqual({ within: null, error: null });
  });
});
