import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FRAME, speechWindows, voicedStretches } from "./voiced-stretches";

const frames = (...parts: [probability: number, count: number][]) =>
  parts.flatMap(([probability, count]) => Array<number>(count).fill(probability));
const stretches = (probabilities: number[]) => voicedStretches(probabilities, probabilities.length * FRAME);

describe("voicedStretches", () => {
  it("finds nothing in silence and in a click", () => {
    expect(stretches(frames([0.01, 200]))).toEqual([]);
    expect(stretches(frames([0.01, 50], [0.9, 3], [0.01, 50]))).toEqual([]);
  });

  it("keeps a sentence with short pauses whole, with a margin around it", () => {
    const [only, ...others] = stretches(frames([0, 100], [0.9, 30], [0.1, 8], [0.9, 30], [0, 100]));
    expect(others).toEqual([]);
    expect(only?.from).toBe(100 * FRAME - 4000);
    expect(only?.to).toBe(168 * FRAME + 4000);
  });

  it("parts sentences at long pauses and ends with the recording", () => {
    const found = stretches(frames([0.9, 40], [0, 60], [0.9, 40]));
    expect(found).toHaveLength(2);
    expect(found[0]?.from).toBe(0);
    expect(found[1]?.to).toBe(140 * FRAME);
  });
});

describe("speechWindows", () => {
  it("holds every stretch, in order, in windows that the model can hear", () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 300 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(gaps, (parts) => {
        let at = 0;
        const given = parts.map(([gap, length]) => {
          const from = at + gap;
          at = from + length;
          return { from, to: at };
        });
        const windows = speechWindows(given, 100);
        for (const window of windows) expect(window.to - window.from).toBeLessThanOrEqual(100);
        for (const { from, to } of given)
          for (let sample = from; sample < to; sample += 7)
            expect(windows.filter((window) => window.from <= sample && sample < window.to)).toHaveLength(1);
      }),
    );
  });
});
