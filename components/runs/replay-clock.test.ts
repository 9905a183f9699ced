import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { clockText, replayClock, runTimeAt, shownAt } from "./replay-clock";

const event = (milliseconds: number, type: "node-start" | "node-delta" = "node-start") => ({
  at: new Date(1_000_000 + milliseconds).toISOString(),
  type,
});

describe("the clock of a replay", () => {
  it("goes as the run went, shows what happened at once one after the other, and shortens long waits", () => {
    const clock = replayClock([event(0), event(0), event(500), event(90_500), event(90_600)]);
    expect(clock).toEqual({
      at: [0, 30, 530, 3_530, 3_630],
      run: [0, 0, 500, 90_500, 90_600],
      length: 3_630,
      isShortened: true,
    });
    expect(runTimeAt(clock, 530)).toBe(500);
    expect(runTimeAt(clock, 2_030)).toBe(45_500);
    expect(runTimeAt(clock, 9_999)).toBe(90_600);
  });

  it("takes no longer for a reply in a thousand pieces than the reply took", () => {
    const pieces = Array.from({ length: 1_000 }, (_, index) => event(index, "node-delta"));
    expect(replayClock([event(0), ...pieces]).length).toBe(999);
  });

  it("shows each event in its turn and never goes back, whatever the clocks said", () => {
    const events = fc.array(fc.tuple(fc.nat(20_000), fc.boolean()), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(events, fc.nat(100_000), fc.nat(5_000), (given, place, later) => {
        const clock = replayClock(given.map(([at, isDelta]) => event(at, isDelta ? "node-delta" : "node-start")));
        expect(clock.at.map((at) => shownAt(clock, at) >= 1)).not.toContain(false);
        expect(shownAt(clock, clock.length)).toBe(given.length);
        expect(shownAt(clock, place + later)).toBeGreaterThanOrEqual(shownAt(clock, place));
        expect(runTimeAt(clock, place + later)).toBeGreaterThanOrEqual(runTimeAt(clock, place));
      }),
    );
  });
});

test.each([
  [0, "0:00.0"],
  [1_249, "0:01.2"],
  [725_000, "12:05.0"],
  [3_723_400, "1:02:03.4"],
])("%d ms is said as %s", (milliseconds, text) => {
  expect(clockText(milliseconds)).toBe(text);
});
