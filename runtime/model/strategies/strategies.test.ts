import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strategies } from "./strategies";
import type { Candidate, ReplicaStats } from "./strategy";

const stats: fc.Arbitrary<ReplicaStats> = fc.record({
  inFlight: fc.nat(20),
  latencyMs: fc.option(fc.nat(5000)),
  priceMicroUsd: fc.option(fc.nat(5000)),
  weight: fc.integer({ min: 1, max: 10 }),
});
const candidates = fc
  .array(stats, { minLength: 1, maxLength: 8 })
  .map((list) => list.map((entry, index): Candidate => ({ id: `r${index}`, stats: entry })));
const effects = fc.record({
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map((value) => () => value),
  sequence: fc.nat(1000),
});
const idsOf = (list: readonly Candidate[]) => list.map(({ id }) => id);
const ascending = (values: readonly number[]) =>
  values.every((value, index) => index === 0 || (values[index - 1] ?? 0) <= value);
const replica = (id: string, more: Partial<ReplicaStats> = {}): Candidate => ({
  id,
  stats: { inFlight: 0, latencyMs: null, priceMicroUsd: null, weight: 1, ...more },
});

describe.each(Object.entries(strategies))("the strategy %s", (_, strategy) => {
  it("orders all candidates and leaves none out", () => {
    fc.assert(
      fc.property(candidates, effects, (list, effect) => {
        expect(idsOf(strategy(list, effect)).toSorted()).toEqual(idsOf(list).toSorted());
      }),
    );
  });

  it("changes nothing and says the same again for the same arguments", () => {
    fc.assert(
      fc.property(candidates, effects, (list, effect) => {
        const before = structuredClone(list);
        expect(strategy(list, effect)).toEqual(strategy(list, effect));
        expect(list).toEqual(before);
      }),
    );
  });
});

describe("what each strategy prefers", () => {
  const check = (name: keyof typeof strategies, cost: (of: ReplicaStats) => number) =>
    fc.assert(
      fc.property(candidates, effects, (list, effect) => {
        expect(ascending(strategies[name](list, effect).map((candidate) => cost(candidate.stats)))).toBe(true);
      }),
    );

  it("least-busy: the fewest calls for its weight", () => check("least-busy", (of) => of.inFlight / of.weight));
  it("lowest-latency: the quickest, unmeasured ones first", () => check("lowest-latency", (of) => of.latencyMs ?? -1));
  it("lowest-cost: the cheapest, unknown ones last", () =>
    check("lowest-cost", (of) => of.priceMicroUsd ?? Number.POSITIVE_INFINITY));

  it("round-robin: each in turn", () => {
    const list = ["a", "b", "c"].map((id) => replica(id));
    const firsts = [0, 1, 2, 3, 4].map(
      (sequence) => strategies["round-robin"](list, { random: () => 0, sequence })[0]?.id,
    );
    expect(firsts).toEqual(["a", "b", "c", "a", "b"]);
  });

  it("least-busy: equals take turns", () => {
    const list = [replica("a"), replica("b"), replica("busy", { inFlight: 3 })];
    const firsts = [0, 1, 2].map((sequence) => strategies["least-busy"](list, { random: () => 0, sequence })[0]?.id);
    expect(firsts).toEqual(["a", "b", "a"]);
  });

  it("weighted: in proportion to the weights", () => {
    const list = [replica("light", { weight: 1 }), replica("heavy", { weight: 9 })];
    const draws = Array.from({ length: 1000 }, (_, index) => (index + 0.5) / 1000);
    const heavy = draws.filter(
      (draw) => strategies.weighted(list, { random: () => draw, sequence: 0 })[0]?.id === "heavy",
    );
    expect(heavy).toHaveLength(900);
  });
});
