import fc from "fast-check";
import { expect, it } from "vitest";
import { splitPlaces } from "./split-places";

const limit = fc.integer({ min: 1, max: 512 });
const wanted = fc.record({ callers: fc.nat(2_000), own: fc.nat(2_000) });

it("never gives more places than there are, and none away that nobody else wants", () => {
  fc.assert(
    fc.property(limit, wanted, fc.boolean(), (places, wants, turn) => {
      const { callers, own } = splitPlaces(places, wants, turn);
      expect(callers + own).toBe(places);
      expect(own).toBeLessThanOrEqual(wants.own);
      if (wants.own === 0) expect(callers).toBe(places);
      if (wants.callers === 0 && places > 1) expect(own).toBe(Math.min(wants.own, places - 1));
    }),
  );
});

it("gives each half where both want more, and callers room to become more", () => {
  fc.assert(
    fc.property(limit, wanted, (places, wants) => {
      const { callers, own } = splitPlaces(places, wants, false);
      if (wants.own >= places && wants.callers >= places)
        expect([callers, own]).toEqual([Math.ceil(places / 2), Math.floor(places / 2)]);
      if (wants.callers < places / 4) expect(callers).toBeGreaterThan(wants.callers - (places === 1 ? 1 : 0));
    }),
  );
});

it("lets both use a single place in turns", () => {
  const both = { callers: 3, own: 3 };
  expect([true, false].map((turn) => splitPlaces(1, both, turn))).toEqual([
    { callers: 0, own: 1 },
    { callers: 1, own: 0 },
  ]);
  expect(splitPlaces(1, { callers: 0, own: 3 }, false)).toEqual({ callers: 0, own: 1 });
});
