import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FairPlaces, type Holder } from "./fair-places";

const takeAll = (places: FairPlaces, holder: Holder): number => {
  let count = 0;
  while (places.take(holder) !== null) count += 1;
  return count;
};
const key = (workspaceId: string, name: string): Holder => ({ workspaceId, key: name });

describe("fair places", () => {
  it("give one alone a third, its workspace half, and leave something to everybody who comes later", () => {
    const places = new FairPlaces(512);
    expect(takeAll(places, key("a", "flood"))).toBe(171);
    expect(takeAll(places, key("a", "other"))).toBeGreaterThan(40);
    for (let more = 0; more < 50; more++) takeAll(places, key("a", `flood-${more}`));
    expect(places.taken).toBeLessThanOrEqual(256);
    expect(takeAll(places, key("b", "one"))).toBeGreaterThan(80);
    expect(takeAll(places, key("c", "one"))).toBeGreaterThan(40);
  });

  it("take back what is given back, once", () => {
    const places = new FairPlaces(3);
    const give = places.take(key("a", "x"));
    expect(places.take(key("a", "x"))).toBeNull();
    give?.();
    give?.();
    expect(places.taken).toBe(0);
    expect(places.take(key("a", "x"))).not.toBeNull();
  });

  it("are never more than there are, never fewer than none, and never all with one workspace", () => {
    const step = fc.record({
      workspace: fc.integer({ min: 0, max: 2 }),
      key: fc.integer({ min: 0, max: 3 }),
      give: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 40 }), fc.array(step, { maxLength: 200 }), (most, steps) => {
        const places = new FairPlaces(most);
        const held: { readonly workspace: number; readonly give: () => void }[] = [];
        for (const { workspace, key: name, give } of steps) {
          if (give) held.shift()?.give();
          else {
            const taken = places.take(key(`${workspace}`, `${name}`));
            if (taken !== null) held.push({ workspace, give: taken });
          }
          expect(places.taken).toBe(held.length);
          for (const one of [0, 1, 2]) {
            expect(held.filter((place) => place.workspace === one).length).toBeLessThanOrEqual(Math.ceil(most / 2));
          }
        }
        for (const { give } of held) give();
        expect(places.taken).toBe(0);
      }),
    );
  });
});
