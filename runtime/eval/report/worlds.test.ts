import { describe, expect, it } from "vitest";
import { worlds } from "@/bench/worlds/all";
import { tallyOf } from "@/bench/worlds/tally";

/** Experiments of each world; `bench/worlds.ts` plays a thousand and more. */
const played = 5;

const choose = (of: number, count: number): number => (count === 0 ? 1 : (choose(of - 1, count - 1) * of) / count);
/** The most false sentences among so many experiments that 5.5 % of them allow, but for one time in a thousand. */
const allowed = (of: number): number => {
  let [left, most] = [1, -1];
  while (left > 0.001) {
    most += 1;
    left -= choose(of, most) * 0.055 ** most * 0.945 ** (of - most);
  }
  return most;
};

describe("what an experiment says holds in every world", () => {
  let [all, wrong] = [0, 0];

  it.each(worlds.map((world) => [world.name, world] as const))("%s", (_, world) => {
    const tally = tallyOf(world, { world: world.name, from: 0, to: played, seed: 11, power: false, sparse: true });
    const worst = Math.max(tally.wrong, tally.unsafe, tally.missed, tally.passed);
    expect(worst).toBeLessThanOrEqual(allowed(played));
    all += played;
    wrong += tally.wrong + tally.passed;
  });

  it("and in all of them together", () => {
    expect(all).toBe(worlds.length * played);
    expect(wrong).toBeLessThanOrEqual(allowed(all));
  });
});
