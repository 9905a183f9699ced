import { describe, expect, it } from "vitest";
import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import { type SimulatedWorld, simulatedWorlds } from "@/runtime/testing/simulated-worlds";
import { findingOf } from "./find";

/**
 * A short look at what bench/statistics.ts measures over 10,000 experiments: enough to notice a test that is used wrongly, such as one that is looked at fifty
 * times as if it were once (about 30 % false positives).
 */
const experiments = 500;
const alpha = 0.05;
const looks = 50;
/** Three and a half standard errors of a share of 0.05 over so many. */
const slack = 3.5 * Math.sqrt((alpha * (1 - alpha)) / experiments);

const shareOf = (holds: (each: number) => boolean) =>
  Array.from({ length: experiments }, (_, each) => holds(each)).filter(Boolean).length / experiments;

/** At which of fifty looks the sequence leaves zero, and to which side; null: never. */
const firstLook = (
  { metric }: SimulatedWorld,
  frame: ReturnType<SimulatedWorld["frame"]>,
  differences: Float64Array,
) => {
  const seen = new Float64Array(differences.length).fill(Number.NaN);
  for (let look = 1; look <= looks; look += 1) {
    const to = Math.round((look * differences.length) / looks);
    seen.set(differences.subarray(0, to));
    const bounds = findingOf(seen, frame, { kind: "mean", definition: metric })?.sequence?.(alpha);
    if (bounds && (bounds.low > 0 || bounds.high < 0)) return { look, better: bounds.low > 0 };
  }
  return null;
};

describe.each(simulatedWorlds(seededRandom(1)).map((world) => [world.name, world] as const))("%s:", (_, world) => {
  const frame = world.frame(world.rows);
  const find = (effect: number) =>
    findingOf(world.draw(world.rows, effect), frame, { kind: "mean", definition: world.metric });

  it("a planted null is rarely called a difference, at the end and over fifty looks", () => {
    expect(shareOf(() => (find(0)?.pValue ?? 1) <= alpha)).toBeLessThan(alpha + slack);
    expect(shareOf(() => firstLook(world, frame, world.draw(world.rows, 0)) !== null)).toBeLessThan(alpha + slack);
  });

  it("the interval holds the true difference", () => {
    const covered = shareOf(() => {
      const bounds = find(world.effect)?.interval(alpha);
      return (bounds?.low ?? Infinity) <= world.effect && world.effect <= (bounds?.high ?? -Infinity);
    });
    expect(covered).toBeGreaterThan(1 - alpha - slack);
    expect(covered).toBeLessThan(1);
  });

  it("a planted winner is found before the end, and the loser is not named", () => {
    const rows = 1_000;
    const found = Array.from({ length: 40 }, () => firstLook(world, world.frame(rows), world.draw(rows, world.effect)));
    expect(found.filter((each) => each !== null && each.look < looks).length).toBeGreaterThan(30);
    expect(found.filter((each) => each?.better === false)).toEqual([]);
  });
});
