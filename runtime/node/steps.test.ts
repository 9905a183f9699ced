import { describe, expect, it } from "vitest";
import { atOnce, inTurns, type Steps } from "./steps";

function* counting(to: number, seen: number[] = []): Steps<string> {
  for (let at = 1; at <= to; at += 1) {
    seen.push(at);
    yield;
  }
  return `${to} steps`;
}

/** A clock on which each look takes so many milliseconds, and others who note how far the work was at their turn. */
const turnsOf = (msPerLook: number, seen: readonly number[]) => {
  const at: number[] = [];
  let now = 0;
  return { at, turns: { now: () => (now += msPerLook), others: async () => void at.push(seen.length) } };
};

describe("work that can be left", () => {
  it("comes to the same at once and in turns", async () => {
    expect(atOnce(counting(3))).toBe("3 steps");
    expect(await inTurns(counting(3))).toBe("3 steps");
  });

  it("gives others their turn whenever its own is over", async () => {
    const seen: number[] = [];
    const { at, turns } = turnsOf(4, seen);
    await inTurns(counting(12, seen), { turns });
    expect(at).toEqual([3, 6, 9, 12]);
  });

  it("is not left where it is short", async () => {
    const seen: number[] = [];
    const { at, turns } = turnsOf(0.001, seen);
    await inTurns(counting(1_000, seen), { turns });
    expect(at).toEqual([]);
  });

  it("ends at its next turn when nobody wants it any more", async () => {
    const seen: number[] = [];
    const over = new AbortController();
    const turns = { now: () => seen.length * 10, others: async () => over.abort(new Error("gone")) };
    await expect(inTurns(counting(100, seen), { signal: over.signal, turns })).rejects.toThrow("gone");
    expect(seen).toEqual([1]);
  });

  it("lets what waits outside in between two turns", async () => {
    let answered = 0;
    setImmediate(() => (answered += 1));
    let now = 0;
    const others = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
    await inTurns(counting(3), { turns: { now: () => (now += 20), others } });
    expect(answered).toBe(1);
  });
});
