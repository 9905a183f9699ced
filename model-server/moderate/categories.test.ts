import { describe, expect, it } from "vitest";
import { categoryNames, chineseScores, englishScores, FLAGGED, joinScores, withoutTradePhrases } from "./categories";

describe("scores", () => {
  it("flag from a point of their own on", () => {
    const harassment = (probability: number) => chineseScores([0, 0, 0, probability, 0, 0, 0]).harassment;
    expect(harassment(0.7)).toBeCloseTo(FLAGGED);
    expect(harassment(0.69)).toBeLessThan(FLAGGED);
    expect(harassment(1)).toBeCloseTo(1);
  });

  it("never flag everyday trade", () => {
    const scores = chineseScores([0, 0.999, 0, 0, 0, 0, 0.999]);
    for (const score of [scores.advertising, scores.fraud]) expect(score).toBeLessThan(FLAGGED);
  });

  it("are stricter with English that is said to somebody", () => {
    const toxicity = (text: string) => englishScores([0.025, 0.975], text).toxicity ?? 0;
    expect(toxicity("I will find you")).toBeGreaterThan(FLAGGED);
    expect(toxicity("The patient bled")).toBeLessThan(FLAGGED);
  });

  it("are the worst of all windows, and 0 where nobody looked", () => {
    const joined = joinScores([{ toxicity: 0.2 }, { toxicity: 0.7, sexual: 0.1 }]);
    expect(joined).toMatchObject({ toxicity: 0.7, sexual: 0.1, gambling: 0 });
    expect(Object.keys(joined)).toEqual(categoryNames);
  });
});

describe("withoutTradePhrases", () => {
  it("takes the sting out of technical language and leaves threats", () => {
    expect(withoutTradePhrases("How do I kill a zombie process?")).toBe("How do I stop a zombie process?");
    expect(withoutTradePhrases("a deadlock")).not.toContain("dead");
    expect(withoutTradePhrases("I will kill you.")).toBe("I will kill you.");
  });
});
