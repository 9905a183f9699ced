import { describe, expect, it } from "vitest";
import { errorsOf } from "@/bench/way-and-end";
import { stakeAt } from "./betting";
import { levelOnTheWay } from "./level-on-the-way";
import { normalCdf, normalQuantile } from "./normal";

const level = (deviation: number, alpha = 0.05) => levelOnTheWay(alpha, deviation, stakeAt(alpha));

describe("the level of what is said on the way", () => {
  it("is all of alpha where the end confirms what was said, and less the wider the rows spread", () => {
    expect(level(0)).toBe(0.05);
    expect(level(0.1)).toBe(0.05);
    expect(level(0.5)).toBeLessThan(0.04);
    expect(level(0.9)).toBeLessThan(level(0.5));
    expect(level(1)).toBeGreaterThan(0.003);
  });

  it("leaves what is claimed and not confirmed at a share of alpha", () => {
    for (const deviation of [0.5, 0.7, 1]) {
      const goal = Math.log(2 / level(deviation));
      const unconfirmed =
        2 * Math.exp(-goal) * normalCdf(normalQuantile(0.975) - (2 * goal) / (stakeAt(0.05) * deviation));
      expect(unconfirmed).toBeCloseTo(0.06 * 0.05, 9);
    }
  });

  it.each([0.3, 0.7])(
    "keeps the way and the end together within the limit for 60 rows of which a share of %f differ",
    (share) => {
      const { way, end, together } = errorsOf(60, share);
      expect(together).toBeLessThanOrEqual(0.055);
      expect(together).toBeGreaterThanOrEqual(Math.max(way, end));
    },
  );
});
