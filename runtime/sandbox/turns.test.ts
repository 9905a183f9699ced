import { describe, expect, it } from "vitest";
import { Turns } from "./turns";

const idle = () => 0;
const waiting = (...names: readonly string[]) => {
  const turns = new Turns<{ readonly holder: string; readonly name: string }>();
  const all = names.map((name) => ({ holder: name.slice(0, 1), name }));
  for (const each of all) turns.add(each);
  return { turns, all };
};

describe("turns", () => {
  it("go round the holders, and by the order of coming within one", () => {
    const { turns } = waiting("a1", "a2", "a3", "b1", "c1", "c2");
    const taken = Array.from({ length: 7 }, () => turns.next(idle, 1)?.name);
    expect(taken).toEqual(["a1", "b1", "c1", "a2", "c2", "a3", undefined]);
    expect(turns.size).toBe(0);
  });

  it("are first of who has the fewest under way, and never beyond a share", () => {
    const { turns } = waiting("a1", "b1", "c1");
    const underWay = (holder: string) => ({ a: 2, b: 1 })[holder] ?? 0;
    expect([1, 2, 3].map(() => turns.next(underWay, 2)?.name)).toEqual(["c1", "b1", undefined]);
    expect(turns.size).toBe(1);
  });

  it("are lost by who goes away", () => {
    const { turns, all } = waiting("a1", "a2", "b1");
    for (const each of [...all.slice(0, 1), ...all.slice(0, 1), ...all.slice(2)]) turns.remove(each);
    expect(turns.size).toBe(1);
    expect([1, 2].map(() => turns.next(idle, 1)?.name)).toEqual(["a2", undefined]);
  });
});
